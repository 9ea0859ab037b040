/** The card of a client or of a contact person: fields · timeline · what belongs to it. */
import { UserRoundX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link, Redirect, useSearch } from 'wouter-preact'
import { type ClientRow, clientKinds, relations } from '../../../shared/records/client.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import { registerStates } from '../../../shared/records/register.ts'
import { Badge, Button, classNames, Tabs } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, resolveRow, type StoredRow, useLive } from '../../replica/index.ts'
import { FillButton } from '../companies/fill-button.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Planned } from '../tasks/planned.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import styles from './card.module.css'
import { CardHead, type HeadProps, saveInto } from './card-head.tsx'
import { ContactFields } from './fields.tsx'
import { Gone } from './gone.tsx'
import { ClientsScreen } from './list.tsx'
import { Note } from './note.tsx'
import relatedStyles from './related.module.css'
import { Related } from './related.tsx'
import { t } from './texts.ts'
import { restore } from './trash.ts'

/** `/clients/new` is the list with the form open. */
export const ClientScreen = ({ params: { id } }: { params: { id: string } }) =>
  id === 'new' ? <ClientsScreen creating="client" /> : <ClientCard id={id} />

const ClientCard = ({ id }: { id: string }) => {
  const replica = useReplica()
  const loaded = useLive(
    async () => {
      const row = (await replica.base.client.get(id)) ?? null
      return { id, row, main: await mainOf(replica, 'client', row) }
    },
    [id, replica],
    null,
  ).value
  const employees = useEmployees(replica)
  if (loaded?.id !== id) return <div class={styles.screen} />
  const client = loaded.row
  if (!client) return <GoneContact isGone={async () => !(await replica.base.client.get(id))} />
  if (loaded.main) return <Redirect to={`/clients/${loaded.main.id}`} replace />
  const readOnly = mayWriteContact(replica.subject.value, client, client) !== null
  return (
    <Card
      key={id}
      table="client"
      contact={client}
      replica={replica}
      readOnly={readOnly}
      subtitle={[
        labelOf(clientKinds[client.kind]),
        client.relation && labelOf(relations[client.relation]),
        client.register && client.register.state !== 'active' && (
          <Badge kind="red">{labelOf(registerStates[client.register.state])}</Badge>
        ),
      ]}
      fields={
        <>
          <ContactFields
            table="client"
            contact={client}
            replica={replica}
            save={saveInto(replica, 'client', id)}
            readOnly={readOnly}
            employees={employees}
            fillByInn={!readOnly && <FillButton client={client} replica={replica} />}
          />
          <Note
            table="client"
            id={id}
            replica={replica}
            readOnly={readOnly}
            text={client.note ?? ''}
          />
        </>
      }
      timeline={
        <Timeline
          table="client"
          contact={client}
          replica={replica}
          employees={employees}
          readOnly={readOnly}
        />
      }
      related={<Related client={client} replica={replica} readOnly={readOnly} />}
    />
  )
}

export const PersonScreen = ({ params: { id } }: { params: { id: string } }) =>
  id === 'new' ? <ClientsScreen creating="person" /> : <PersonCard id={id} />

const PersonCard = ({ id }: { id: string }) => {
  const replica = useReplica()
  const loaded = useLive(
    async () => {
      const row = (await replica.base.person.get(id)) ?? null
      const client = await resolveRow(replica.base, 'client', row?.client)
      return { id, row, client, main: await mainOf(replica, 'person', row) }
    },
    [id, replica],
    null,
  ).value
  const employees = useEmployees(replica)
  if (loaded?.id !== id) return <div class={styles.screen} />
  const { row: person, client } = loaded
  if (!person) return <GoneContact isGone={async () => !(await replica.base.person.get(id))} />
  if (loaded.main) return <Redirect to={`/persons/${loaded.main.id}`} replace />
  const readOnly = mayWriteContact(replica.subject.value, person, person) !== null
  return (
    <Card
      key={id}
      table="person"
      contact={person}
      replica={replica}
      readOnly={readOnly}
      subtitle={[
        person.position,
        client && (
          <Link class="link" href={`/clients/${client.id}`}>
            {client.name}
          </Link>
        ),
      ]}
      fields={
        <>
          <ContactFields
            table="person"
            contact={person}
            replica={replica}
            save={saveInto(replica, 'person', id)}
            readOnly={readOnly}
            employees={employees}
          />
          <Note
            table="person"
            id={id}
            replica={replica}
            readOnly={readOnly}
            text={person.note ?? ''}
          />
        </>
      }
      timeline={
        <Timeline
          table="person"
          contact={person}
          replica={replica}
          employees={employees}
          readOnly={readOnly}
        />
      }
      related={
        <div class={relatedStyles.related}>
          <Planned
            table="person"
            id={id}
            about={{
              person: { id, name: person.name },
              client: client ? { id: client.id, name: client.name } : null,
            }}
            replica={replica}
          />
        </div>
      }
    />
  )
}

/** The record that this one is merged into, where the user may read it. */
const mainOf = async <T extends 'client' | 'person'>(
  replica: Replica,
  table: T,
  row: Pick<ClientRow, 'id' | 'mergedInto'> | null,
): Promise<StoredRow<T> | undefined> => {
  if (row?.mergedInto === undefined) return undefined
  const main = await resolveRow(replica.base, table, row.id)
  return main?.id === row.id ? undefined : main
}

const GoneContact = ({ isGone }: { isGone: () => Promise<boolean> }) => (
  <Gone
    isGone={isGone}
    icon={UserRoundX}
    title={t('client.gone.title')}
    text={t('client.gone.text')}
    list={{ path: '/clients', words: t('client.gone.list') }}
  />
)

type Part = 'fields' | 'timeline' | 'related'

interface CardProps extends HeadProps {
  fields: ComponentChildren
  timeline: ComponentChildren
  related?: ComponentChildren
}

const Card = (props: CardProps) => {
  const { table, contact, replica, fields, timeline, related } = props
  /** Which part a phone shows. */
  const [part, setPart] = useState<Part>('fields')
  /** «Редактировать» of a list leads here with `?edit`: the first field is ready to be typed in (F60). */
  const isEdited = new URLSearchParams(useSearch()).has('edit') && !props.readOnly
  const left = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isEdited) left.current?.querySelector<HTMLElement>('input, select')?.focus()
  }, [isEdited])
  return (
    <div class={styles.screen}>
      <CardHead {...props} />
      {contact.deletedAt !== undefined && (
        <div class={styles.trash} role="status">
          {t('client.inTrash.title')}
          {!props.readOnly && (
            <Button onClick={() => restore(replica, table, contact.id)}>
              {t('client.inTrash.restore')}
            </Button>
          )}
        </div>
      )}
      {contact.mergedInto !== undefined && (
        <div class={styles.trash} role="status">
          {t('client.merged')}
        </div>
      )}
      <div class={styles.tabs}>
        <Tabs
          label={contact.name}
          value={part}
          onValue={setPart}
          tabs={[
            { value: 'fields', label: t('client.tab.fields') },
            { value: 'timeline', label: t('client.tab.timeline') },
            ...(related ? [{ value: 'related' as const, label: t('client.tab.related') }] : []),
          ]}
        />
      </div>
      <div class={classNames(styles.parts, related === undefined && styles.two)} data-part={part}>
        <section class={styles.left} ref={left} aria-label={t('client.tab.fields')}>
          {fields}
        </section>
        <div class={styles.centre}>{timeline}</div>
        {related && (
          <section class={styles.right} aria-label={t('client.tab.related')}>
            {related}
          </section>
        )}
      </div>
    </div>
  )
}
