/** What belongs to an Interest: the contact person, what is planned, dialogs of the client. */
import { X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Avatar, Button, Dialog, IconButton } from '../../design/index.ts'
import { type Replica, resolveRow, useLive } from '../../replica/index.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import block from '../clients/related.module.css'
import { DialogLinks } from '../dialogs/context.tsx'
import { dialogsOfClient } from '../dialogs/dialog-queries.ts'
import { Planned } from '../tasks/planned.tsx'
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
      <Person {...props} />
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
          {dialogs && dialogs.length > 0 ? (
            <DialogLinks entries={dialogs} />
          ) : (
            <p class="meta">{t('dialogs.none')}</p>
          )}
        </section>
      )}
    </div>
  )
}

const Person = ({ row, save, replica, readOnly }: RelatedProps) => {
  const [choosing, setChoosing] = useState(false)
  const person = useLive(
    () => resolveRow(replica.base, 'person', row.person),
    [row.person, replica],
    undefined,
  ).value
  return (
    <section class={block.block}>
      <h2 class={block.title}>{t('person')}</h2>
      {person ? (
        <div class={block.person}>
          <Link href={`/persons/${person.id}`} class={block.personLink}>
            <Avatar name={person.name} size={32} />
            <span class={block.words}>
              <span class={block.name}>{person.name}</span>
              <span class="meta">{person.position}</span>
            </span>
          </Link>
          {!readOnly && (
            <IconButton icon={X} label={t('removePerson')} onClick={() => save({ person: null })} />
          )}
        </div>
      ) : (
        !readOnly && <Button onClick={() => setChoosing(true)}>{t('choosePerson')}</Button>
      )}
      {choosing && (
        <Dialog title={t('choosePerson')} onClose={() => setChoosing(false)}>
          <ContactPicker
            table="person"
            replica={replica}
            onPick={({ id }) => {
              setChoosing(false)
              void save({ person: id })
            }}
          />
        </Dialog>
      )}
    </section>
  )
}
