import {
  contactAudience,
  contactColumns,
  contactFields,
  contactFiles,
  contactIndexes,
  contactLookups,
  mayWriteContact,
} from './contact.ts'
import {
  commonFields,
  type Declaration,
  flag,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'

const fields = {
  ...commonFields,
  name: title('ФИО', 'Full name', 300, { required: true, indexed: true, personal: true }),
  client: ref('Клиент', 'Client', { indexed: true }),
  position: text('Должность', 'Position', 200),
  /** Entry of the directory `contactRole`. */
  role: ref('Роль', 'Role'),
  keyPerson: flag('Ключевое лицо', 'Key person'),
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
  files: contactFiles,
  deviceColumns: (row) =>
    contactColumns(row, [row.name, row.position], row.role ? [`role:${row.role}`] : []),
  deviceIndexes: contactIndexes,
}
