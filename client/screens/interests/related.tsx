/** What belongs to an Interest: the contact person, what is planned, dialogs of the client. */
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { type Replica, useLive } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import { PersonLine } from '../clients/person-line.tsx'
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
      {client && <KeyPersons client={client.id} except={row.person} replica={replica} />}
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

/** Who else at the client has a say (F75). */
const KeyPersons = ({
  client,
  except,
  replica,
}: {
  client: string
  except: string | undefined
  replica: Replica
}) => {
  const entries = useDirectory(replica)
  const persons = useLive(() => personsOf(replica.base, client), [client, replica], []).value
  const keys = persons.filter(({ id, keyPerson }) => keyPerson && id !== except)
  if (keys.length === 0) return null
  return (
    <section class={block.block}>
      <h2 class={block.title}>{t('keyPersons')}</h2>
      <ul class={block.persons}>
        {keys.map((person) => (
          <PersonLine key={person.id} person={person} entries={entries} />
        ))}
      </ul>
    </section>
  )
}
