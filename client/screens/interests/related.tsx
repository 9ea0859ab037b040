/** What belongs to an Interest: the contact person, what is planned, dialogs of the client. */
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { type Replica, useLive } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import { DialogLinks } from '../dialogs/context.tsx'
import { dialogsOfClient } from '../dialogs/dialog-queries.ts'
import { Planned } from '../tasks/planned.tsx'
import { PersonBlock } from './person-block.tsx'
import type { Interest } from './queries.ts'
import { t } from './texts.ts'

interface RelatedProps {
  row: Interest
  client: { id: string; name: string } | undefined
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const InterestRelated = (props: RelatedProps) => {
  const { row, client, replica } = props
  const dialogs = useLive(
    async () => (client ? dialogsOfClient(replica.base, client.id) : []),
    [client?.id, replica],
    null,
  ).value
  return (
    <div class={block.related}>
      <PersonBlock
        words={{ title: t('person'), choose: t('choosePerson'), remove: t('removePerson') }}
        person={row.person}
        save={props.save}
        replica={replica}
        readOnly={props.readOnly}
      />
      <Planned
        table="interest"
        id={row.id}
        about={{
          interest: row.id,
          ...(client && { client: { id: client.id, name: client.name } }),
        }}
        replica={replica}
      />
      {client && (
        <section class={block.block}>
          <h2 class={block.title}>{t('dialogs')}</h2>
          {!dialogs || dialogs.length > 0 ? (
            <DialogLinks entries={dialogs ?? []} />
          ) : (
            <WhenComplete
              small
              isMissing={async () => (await dialogsOfClient(replica.base, client.id)).length === 0}
            >
              <p class="meta">{t('dialogs.none')}</p>
            </WhenComplete>
          )}
        </section>
      )}
    </div>
  )
}
