/** One contact in the list: its chosen fields, the menu, the tick. */
import { Copy, Eye, Pencil, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { relations } from '../../../shared/records/client.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import type { MenuItem } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { ContactTable } from '../../lists/find.ts'
import styles from '../../lists/list.module.css'
import type { RowState } from '../../lists/list-frame.tsx'
import { ListRow, type RowLook } from '../../lists/list-row.tsx'
import { ValueCell } from '../../lists/value-cell.tsx'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

export type Contact = StoredRow<'client'> | StoredRow<'person'>

interface ContactRowProps extends RowLook, RowState {
  row: Contact
  table: ContactTable
  replica: Replica
  names: Names
}

export const pathOf = (table: ContactTable, id: string): string =>
  `/${table === 'client' ? 'clients' : 'persons'}/${id}`

export const ContactRow = ({ row, table, replica, names, ...state }: ContactRowProps) => (
  <ListRow
    {...state}
    href={pathOf(table, row.id)}
    name={row.name}
    before={<ContactAvatar contact={row} size={24} />}
    second={<NarrowCells row={row} />}
    cell={(info) => cell(info, row, names)}
    menu={t('client.menu')}
    items={[
      { label: t('client.open'), icon: Eye, href: pathOf(table, row.id) },
      ...(mayWrite(replica, row, {})
        ? [{ label: t('client.edit'), icon: Pencil, href: `${pathOf(table, row.id)}?edit` }]
        : []),
      copyItem(table, row),
      ...(mayWrite(replica, row, { deletedAt: Date.now() })
        ? [
            {
              label: t('client.delete'),
              icon: Trash2,
              danger: true,
              separated: true,
              onSelect: () => moveToTrash(replica, table, row),
            },
          ]
        : []),
    ]}
  />
)

const mayWrite = (replica: Replica, row: Contact, change: { deletedAt?: number }): boolean =>
  mayWriteContact(replica.subject.value, row, { ...row, ...change }) === null

const isHuman = (row: { id: string }): boolean => !('kind' in row) || row.kind === 'person'

/** A phone's second line: the telephone, or else the address; and the relation. */
const NarrowCells = ({ row }: { row: Contact }) => {
  const phone = row.phones[0]?.value
  const email = row.emails[0]?.value
  return (
    <>
      <span class={styles.relation}>
        {'relation' in row && row.relation ? labelOf(relations[row.relation]) : ''}
      </span>
      <span class={styles.phone}>{phone && <PhoneLink number={phone} />}</span>
      <span class={styles.email}>{email && <EmailLink address={email} />}</span>
    </>
  )
}

const PhoneLink = ({ number }: { number: string }) => (
  <a href={`tel:${number}`}>{formatPhone(number)}</a>
)

const EmailLink = ({ address }: { address: string }) => (
  <Link href={`/mail/new?to=${encodeURIComponent(address)}`}>{address}</Link>
)

/** What one does something with is a link; everything else is words. */
const cell = (info: FieldInfo, row: Contact, names: Names): ComponentChildren => {
  if (info.kind === 'phones' && row.phones[0])
    return (
      <>
        <PhoneLink number={row.phones[0].value} />
        {row.phones.length > 1 && <span class={styles.more}> +{row.phones.length - 1}</span>}
      </>
    )
  if (info.kind === 'emails' && row.emails[0])
    return (
      <>
        <EmailLink address={row.emails[0].value} />
        {row.emails.length > 1 && <span class={styles.more}> +{row.emails.length - 1}</span>}
      </>
    )
  return <ValueCell info={info} row={row} names={names} />
}

/** `Копировать компанию`, `Копировать персону` (F64). */
export const copyItem = (table: ContactTable, row: { id: string }): MenuItem => ({
  label: t(isHuman(row) ? 'client.copy.person' : 'client.copy.company'),
  icon: Copy,
  href: `/${table}s/new?copy=${row.id}`,
})
