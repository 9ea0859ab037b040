import * as v from 'valibot'
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

/** Lists that can be looked at in several ways. */
export const viewedTypes = {
  client: { ru: 'Клиенты', en: 'Clients' },
  person: { ru: 'Контактные лица', en: 'Contact persons' },
  dialog: { ru: 'Диалоги', en: 'Dialogs' },
  appeal: { ru: 'Обращения', en: 'Appeals' },
  interest: { ru: 'Интересы', en: 'Interests' },
  task: { ru: 'Дела', en: 'Tasks' },
  product: { ru: 'Товары и услуги', en: 'Products and services' },
  contract: { ru: 'Договоры', en: 'Contracts' },
} as const

/** Checked by the screen that reads it: a device must survive a view made by a newer program. */
const plain = v.unknown()

const fields = {
  ...commonFields,
  recordType: choice('Список', 'List', viewedTypes, {
    required: true,
    indexed: true,
    changedBy: 'nobody',
  }),
  name: title('Название', 'Name', 200, { required: true }),
  filter: json('Отбор', 'Filter', plain),
  /** What is chosen above the list beside its filter: whose tasks, which. */
  quick: json('Быстрый отбор', 'Quick filter', plain),
  columns: json('Колонки', 'Columns', plain),
  sort: json('Порядок', 'Sort order', plain),
  owner: ref('Чей', 'Owner', { required: true, changedBy: 'nobody' }),
  /** Everyone may use it; its owner and administrators change it. */
  shared: flag('Общий', 'Shared'),
  order: text('Место', 'Place', 500),
} as const

export type ViewRow = RowOf<typeof fields>

/** A saved way of looking at a list. */
export const view: Declaration<ViewRow> & { fields: typeof fields } = {
  type: 'view',
  label: { ru: 'Вид списка', en: 'View of a list' },
  fields,
  maxStateBytes: 100_000,
  audience: (row) => (row.shared ? ['all'] : [`user:${row.owner}`]),
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (!before) return after.owner === subject.id ? null : 'forbidden'
    return before.owner === subject.id || subject.administrator ? null : 'forbidden'
  },
}
