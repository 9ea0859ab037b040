/** The card of a client or of a contact person: fields · timeline · what belongs to it. */
import {
  ArrowLeft,
  Eraser,
  Mail,
  MapPin,
  MoreHorizontal,
  Network,
  Phone,
  Trash2,
  UserRoundX,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Link, Redirect, useLocation } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { type ClientRow, clientKinds, relations } from '../../../shared/records/client.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import { tagNames } from '../../../shared/records/directory.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { registerStates } from '../../../shared/records/register.ts'
import {
  Badge,
  Button,
  classNames,
  EmptyState,
  Icon,
  IconButton,
  LinkButton,
  Menu,
  showToast,
  Tabs,
} from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { lazy } from '../../frame/lazy.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, resolveRow, type StoredRow, useLive } from '../../replica/index.ts'
import { FillButton } from '../companies/fill-button.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Planned } from '../tasks/planned.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { EraseDialog } from '../trash/erase-dialog.tsx'
import { t as trashTexts } from '../trash/texts.ts'
import styles from './card.module.css'
import { ContactFields } from './fields.tsx'
import { HoldingDialog } from './holding/holding-dialog.tsx'
import { t as holdingTexts } from './holding/texts.ts'
import { ClientsScreen } from './list.tsx'
import { copyItem } from './list-row.tsx'
import { Note } from './note.tsx'
import { mapUrl } from './parts-field.tsx'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import relatedStyles from './related.module.css'
import { Related } from './related.tsx'
import { t } from './texts.ts'
import { moveToTrash, restore } from './trash.ts'

const PhotoDialog = lazy(async () => (await import('./photo/photo-dialog.tsx')).PhotoDialog)

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
  if (!client) return <Gone isGone={async () => !(await replica.base.client.get(id))} />
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
  if (!person) return <Gone isGone={async () => !(await replica.base.person.get(id))} />
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

const saveInto =
  (replica: Replica, table: 'client' | 'person', id: string) =>
  async (patch: Patch): Promise<Result<unknown>> => {
    const result = await replica.write(table, id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result
  }

const Gone = ({ isGone }: { isGone: () => Promise<boolean> }) => (
  <div class={styles.gone}>
    <WhenComplete isMissing={isGone}>
      <EmptyState
        icon={UserRoundX}
        title={t('client.gone.title')}
        text={t('client.gone.text')}
        action={<LinkButton href="/clients">{t('client.gone.list')}</LinkButton>}
      />
    </WhenComplete>
  </div>
)

type Part = 'fields' | 'timeline' | 'related'

interface CardProps {
  table: 'client' | 'person'
  contact: ClientRow | PersonRow
  replica: Replica
  readOnly: boolean
  subtitle: ComponentChildren[]
  fields: ComponentChildren
  timeline: ComponentChildren
  related?: ComponentChildren
}

const Card = (props: CardProps) => {
  const { table, contact, replica, fields, timeline, related } = props
  /** Which part a phone shows. */
  const [part, setPart] = useState<Part>('fields')
  return (
    <div class={styles.screen}>
      <Head {...props} />
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
        <section class={styles.left} aria-label={t('client.tab.fields')}>
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

type PhotoProps = Pick<CardProps, 'table' | 'contact' | 'replica' | 'readOnly'>

/** The face of the contact; pressed, it is changed (F55). */
const Photo = ({ table, contact, replica, readOnly }: PhotoProps) => {
  const [changing, setChanging] = useState(false)
  if (readOnly) return <ContactAvatar contact={contact} size={40} />
  return (
    <>
      <button
        type="button"
        class={styles.photo}
        aria-label={t('photo.change')}
        title={t('photo.change')}
        onClick={() => setChanging(true)}
      >
        <ContactAvatar contact={contact} size={40} />
      </button>
      {changing && (
        <PhotoDialog
          contact={contact}
          save={saveInto(replica, table, contact.id)}
          onClose={() => setChanging(false)}
        />
      )}
    </>
  )
}

const Head = ({ table, contact, replica, readOnly, subtitle }: CardProps) => {
  const [, navigate] = useLocation()
  const [erasing, setErasing] = useState(false)
  const [joining, setJoining] = useState<ClientRow | null>(null)
  const entries = useDirectory(replica)
  const phone = contact.phones[0]?.value
  const email = contact.emails[0]?.value
  const address = contact.addresses[0]?.value
  const client = table === 'client' ? contact.id : (contact as PersonRow).client
  const gone = { ...contact, deletedAt: Date.now() }
  const mayDelete = mayWriteContact(replica.subject.value, contact, gone) === null
  const remove = async () => {
    if (await moveToTrash(replica, table, contact)) navigate('/clients')
  }
  return (
    <header class={styles.head}>
      <Link href="/clients" class={styles.back} aria-label={t('client.back')}>
        <Icon of={ArrowLeft} size={20} />
      </Link>
      <Photo table={table} contact={contact} replica={replica} readOnly={readOnly} />
      <div class={styles.names}>
        <h1 class={styles.name}>{contact.name}</h1>
        <p class={styles.subtitle}>
          {subtitle.filter(Boolean).map((piece, index) => (
            <span key={index}>
              {index > 0 && '· '}
              {piece}
            </span>
          ))}
          {readOnly && <Badge>{t('client.readOnly')}</Badge>}
          {tagNames(entries, contact.tags ?? []).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </p>
      </div>
      <div class={styles.actions}>
        {phone && (
          <LinkButton external icon={Phone} href={`tel:${phone}`}>
            {t('client.call')}
          </LinkButton>
        )}
        {email && (
          <LinkButton
            icon={Mail}
            href={`/mail/new?to=${encodeURIComponent(email)}${client ? `&client=${client}` : ''}`}
          >
            {t('client.letter')}
          </LinkButton>
        )}
        {address && (
          <LinkButton external icon={MapPin} href={mapUrl(address)}>
            {t('client.map')}
          </LinkButton>
        )}
        {contact.deletedAt === undefined && (
          <Menu
            label={t('client.menu')}
            trigger={(trigger) => (
              <IconButton {...trigger} icon={MoreHorizontal} size={20} label={t('client.menu')} />
            )}
            items={[
              copyItem(table, contact),
              // A company in a holding has a panel of it; others see no more of holdings than this line.
              ...('kind' in contact && contact.kind !== 'person' && !readOnly
                ? [
                    {
                      label: holdingTexts('menu'),
                      icon: Network,
                      onSelect: () => setJoining(contact),
                    },
                  ]
                : []),
              ...(mayDelete
                ? [
                    {
                      label: t('client.delete'),
                      icon: Trash2,
                      danger: true,
                      separated: true,
                      onSelect: remove,
                    },
                  ]
                : []),
              ...(mayDelete && replica.subject.value.administrator
                ? [
                    {
                      label: trashTexts('erase.menu'),
                      icon: Eraser,
                      danger: true,
                      onSelect: () => setErasing(true),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
      {joining && (
        <HoldingDialog client={joining} replica={replica} onClose={() => setJoining(null)} />
      )}
      {erasing && (
        <EraseDialog
          table={table}
          record={contact}
          replica={replica}
          onClose={() => setErasing(false)}
          onErased={() => navigate('/clients')}
        />
      )}
    </header>
  )
}
