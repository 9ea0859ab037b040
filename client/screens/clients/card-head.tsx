/** The head of a card: face, name, tags, what is done with the contact. */
import {
  ArrowLeft,
  Eraser,
  FileText,
  Mail,
  MapPin,
  MoreHorizontal,
  Network,
  Phone,
  Trash2,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import { tagNames } from '../../../shared/records/directory.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { Badge, Icon, IconButton, LinkButton, Menu, showToast } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { lazy } from '../../frame/lazy.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { FormDocument, t as formTexts, useHasDocuments } from '../templates/form-entry.ts'
import { EraseDialog } from '../trash/erase-dialog.tsx'
import { t as trashTexts } from '../trash/texts.ts'
import styles from './card.module.css'
import { HoldingDialog } from './holding/holding-dialog.tsx'
import { t as holdingTexts } from './holding/texts.ts'
import { copyItem } from './list-row.tsx'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'
import { mapUrl } from './web-addresses.ts'

const PhotoDialog = lazy(async () => (await import('./photo/photo-dialog.tsx')).PhotoDialog)

export interface HeadProps {
  table: 'client' | 'person'
  contact: ClientRow | PersonRow
  replica: Replica
  readOnly: boolean
  subtitle: ComponentChildren[]
}

export const saveInto =
  (replica: Replica, table: 'client' | 'person', id: string) =>
  async (patch: Patch): Promise<Result<unknown>> => {
    const result = await replica.write(table, id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result
  }

type PhotoProps = Omit<HeadProps, 'subtitle'>

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
          table={table}
          contact={contact}
          save={saveInto(replica, table, contact.id)}
          onClose={() => setChanging(false)}
        />
      )}
    </>
  )
}

export const CardHead = ({ table, contact, replica, readOnly, subtitle }: HeadProps) => {
  const [, navigate] = useLocation()
  const [erasing, setErasing] = useState(false)
  const [forming, setForming] = useState(false)
  const hasDocuments = useHasDocuments(replica, 'client') && table === 'client'
  const [joining, setJoining] = useState<ClientRow | null>(null)
  const entries = useDirectory(replica)
  const phone = contact.phones[0]?.value
  const email = contact.emails[0]?.value
  const address = contact.addresses[0]?.value
  const client = table === 'client' ? contact.id : (contact as PersonRow).client
  const gone = { ...contact, deletedAt: Date.now() }
  const mayDelete = mayWriteContact(replica.subject.value, contact, gone) === null
  const list = table === 'client' ? '/clients' : '/persons'
  const remove = async () => {
    if (await moveToTrash(replica, table, contact)) navigate(list)
  }
  return (
    <header class={styles.head}>
      <Link href={list} class={styles.back} data-back aria-label={t('client.back')}>
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
              ...(hasDocuments
                ? [{ label: formTexts('form'), icon: FileText, onSelect: () => setForming(true) }]
                : []),
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
      {forming && (
        <FormDocument
          replica={replica}
          about="client"
          id={contact.id}
          onClose={() => setForming(false)}
        />
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
