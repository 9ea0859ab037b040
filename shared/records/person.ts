import {
  contactAudience,
  contactColumns,
  contactFields,
  contactIndexes,
  contactLookups,
  mayWriteContact,
} from './contact.ts'
import {
  choice,
  commonFields,
  type Declaration,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'

export const personRoles = {
  director: { ru: 'Руководитель', en: 'Head' },
  accountant: { ru: 'Бухгалтер', en: 'Accountant' },
  buyer: { ru: 'Закупки', en: 'Purchasing' },
  engineer: { ru: 'Технический специалист', en: 'Engineer' },
  other: { ru: 'Другое', en: 'Other' },
} as const

const fields = {
  ...commonFields,
  name: title('ФИО', 'Full name', 300, { required: true, indexed: true, personal: true }),
  client: ref('Клиент', 'Client', { indexed: true }),
  position: text('Должность', 'Position', 200),
  role: choice('Роль', 'Role', personRoles),
  ...contactFields,
} as const

export type PersonRow = RowOf<typeof fields>

/** A human being at a client. Has access rules of its own, taken from the client when created (F57). */
export const person: Declaration<PersonRow> & { fields: typeof fields } = {
  type: 'person',
  label: { ru: 'Контактное лицо', en: 'Contact person' },
  fields,
  maxStateBytes: 1_000_000,
  audience: contactAudience,
  mayWrite: mayWriteContact,
  trash: true,
  lookups: contactLookups,
  deviceColumns: (row) => contactColumns(row, [row.name, row.position], []),
  deviceIndexes: contactIndexes,
}
