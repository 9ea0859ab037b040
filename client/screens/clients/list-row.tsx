/** One contact in the list: its chosen fields, the menu, the tick. */
import { Copy, MoreHorizontal } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link, useLocation } from 'wouter-preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { relations } from '../../../shared/records/client.ts'
import { classNames, IconButton, Menu, type MenuItem } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { ContactTable } from '../../lists/find.ts'
import styles from '../../lists/list.module.css'
import type { RowState } from '../../lists/list-frame.tsx'
import type { Column } from '../../lists/list-state.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { ValueCell } from '../../lists/value-cell.tsx'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

export type Contact = StoredRow<'client'> | StoredRow<'person'>

interface ContactRowProps extends RowState {
  row: Contact
  table: ContactTable
  replica: Replica
  columns: readonly (Column & { info: FieldInfo })[]
  names: Names
  narrow: boolean
  template: string
}

export const pathOf = (table: ContactTable, id: string): string =>
  `/${table === 'client' ? 'clients' : 'persons'}/${id}`

export const ContactRow = (props: ContactRowProps) => {
  const { row, table, columns, active, ticked, narrow, template } = props
  const [, navigate] = useLocation()
  return (
    // A double click on any free area of the row opens it (F63); the name is the keyboard's way.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class={classNames(styles.row, active && styles.active, ticked && styles.ticked)}
      style={narrow ? undefined : { gridTemplateColumns: template }}
      onDblClick={() => navigate(pathOf(table, row.id))}
    >
      <Tick {...props} />
      <span class={styles.name}>
        <ContactAvatar contact={row} size={24} />
        <Link href={pathOf(table, row.id)} class={styles.nameLink} title={row.name}>
          {row.name}
        </Link>
      </span>
      {narrow ? (
        <NarrowCells row={row} />
      ) : (
        columns
          .filter(({ field }) => field !== 'name')
          .map(({ field, info }) => (
            <span key={field} class={styles.cell}>
              {cell(info, row, props.names)}
            </span>
          ))
      )}
      <RowMenu {...props} />
    </div>
  )
}

const isHuman = (row: { id: string }): boolean => !('kind' in row) || row.kind === 'person'

const Tick = ({ row, ticked, onTick }: ContactRowProps) => (
  <label class={styles.tick}>
    <input
      type="checkbox"
      checked={ticked}
      aria-label={listTexts('group.tick', { name: row.name })}
      onClick={(event) => onTick(event.currentTarget.checked, event.shiftKey)}
    />
  </label>
)

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

const RowMenu = ({ row, table, replica }: ContactRowProps) => {
  const items: MenuItem[] = [
    { label: t('client.open'), href: pathOf(table, row.id) },
    copyItem(table, row),
    {
      label: t('client.delete'),
      danger: true,
      separated: true,
      onSelect: () => moveToTrash(replica, table, row),
    },
  ]
  return (
    <span class={styles.menu}>
      <Menu
        label={t('client.menu')}
        trigger={(trigger) => (
          <IconButton {...trigger} icon={MoreHorizontal} label={t('client.menu')} />
        )}
        items={items}
      />
    </span>
  )
}
