import * as v from 'valibot'
import {
  contactAudience,
  contactColumns,
  contactFields,
  contactFiles,
  contactIndexes,
  mayWriteContact,
} from './contact.ts'
import {
  choice,
  commonFields,
  type Declaration,
  flag,
  json,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'
import { entryId } from './directory.ts'
import { namePartFields, nameParts, wholeName } from './name-parts.ts'

/** Roles were a closed list at first; its words mean the directory's default entries. */
const earlierRoles = ['director', 'accountant', 'buyer', 'engineer', 'other'] as const
const role = v.union([
  v.pipe(v.string(), v.uuid()),
  v.pipe(
    v.picklist(earlierRoles),
    v.transform((key) => entryId('contactRole', key)),
  ),
])

/** What the person has to say in what the client decides (F75). */
export const influences = {
  decides: { ru: 'Принимает решение', en: 'Makes the decision' },
  sways: { ru: 'Влияет на решение', en: 'Influences the decision' },
  carriesOut: { ru: 'Исполняет решение', en: 'Carries the decision out' },
  opposes: { ru: 'Против нас', en: 'Is against us' },
} as const

const fields = {
  ...commonFields,
  name: title('ФИО', 'Full name', 300, { required: true, personal: true }),
  ...namePartFields,
  client: ref('Компания', 'Company', { indexed: true }),
  position: text('Должность', 'Position', 200),
  /** Entry of the directory `contactRole`. */
  role: json('Роль', 'Role', role),
  keyPerson: flag('Ключевое лицо', 'Key person'),
  influence: choice('Влияние', 'Influence', influences),
  matters: text('Что важно', 'What matters', 1000, { personal: true }),
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
  composed: { field: 'name', of: nameParts, join: wholeName },
  trash: true,
  files: contactFiles,
  deviceColumns: (row) =>
    contactColumns(row, [row.name, row.position], row.role ? [`role:${row.role}`] : []),
  deviceIndexes: contactIndexes,
}
