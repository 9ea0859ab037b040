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
  json,
  type RowOf,
  ref,
  set,
  text,
  title,
} from './declaration.ts'
import { clientName, namePartFields, nameParts } from './name-parts.ts'
import { registerEntry } from './register.ts'

export const clientKinds = {
  organisation: { ru: 'Организация', en: 'Organisation' },
  entrepreneur: { ru: 'Индивидуальный предприниматель', en: 'Sole proprietor' },
  person: { ru: 'Физическое лицо', en: 'Individual' },
} as const

/** F37 */
export const relations = {
  supplier: { ru: 'Поставщик', en: 'Supplier' },
  buyer: { ru: 'Покупатель', en: 'Buyer' },
  competitor: { ru: 'Конкурент', en: 'Competitor' },
  authority: { ru: 'Госорганы', en: 'Public authority' },
  founder: { ru: 'Учредитель', en: 'Founder' },
  other: { ru: 'Прочие отношения', en: 'Other relations' },
} as const

const fields = {
  ...commonFields,
  kind: choice('Вид', 'Kind', clientKinds, { required: true }),
  name: title('Наименование', 'Name', 500, { required: true, personal: true }),
  ...namePartFields,
  fullName: text('Полное наименование', 'Full name', 1000, { personal: true }),
  inn: text('ИНН', 'INN', 12),
  kpp: text('КПП', 'KPP', 9),
  ogrn: text('ОГРН', 'OGRN', 15),
  register: json('Состояние по реестру', 'State in the register', registerEntry),
  relation: choice('Тип отношений', 'Relation', relations),
  /** The holding that this legal entity belongs to (F67). */
  parent: ref('Входит в', 'Part of', { indexed: true }),
  folder: ref('Папка', 'Folder'),
  /** Entry of the directory `currency` (F53). */
  currency: ref('Валюта', 'Currency'),
  /** Segments that it was put into by hand, see `clientSegment`. */
  segments: set('Сегменты', 'Segments', 100, 36),
  ...contactFields,
} as const

export type ClientRow = RowOf<typeof fields>

/** Organisation, sole proprietor or individual that the company deals with (F49-F57). */
export const client: Declaration<ClientRow> & { fields: typeof fields } = {
  type: 'client',
  label: { ru: 'Клиент', en: 'Client' },
  fields,
  maxStateBytes: 1_000_000,
  audience: contactAudience,
  mayWrite: mayWriteContact,
  composed: { field: 'name', of: nameParts, join: (row) => clientName(row.kind, row) },
  trash: true,
  liesIn: 'parent',
  files: contactFiles,
  deviceColumns: (row) =>
    contactColumns(
      row,
      [row.name, row.fullName, row.inn],
      [
        `kind:${row.kind}`,
        `relation:${row.relation ?? ''}`,
        ...(row.folder ? [`folder:${row.folder}`] : []),
        ...(row.segments ?? []).map((id) => `segment:${id}`),
        ...(row.currency ? [`currency:${row.currency}`] : []),
      ],
    ),
  deviceIndexes: contactIndexes,
}
