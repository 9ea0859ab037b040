import * as v from 'valibot'
import { vatRates } from '../interests/lines.ts'
import { actionsOf, mayAct } from '../rights-acts.ts'
import { factoryReach } from '../rights-scopes.ts'
import { wordsOf } from './contact.ts'
import { money } from './custom-value.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  flag,
  json,
  prose,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'
import { importedFields, importsColumn } from './imported.ts'

export const productKinds = {
  goods: { ru: 'Товар', en: 'Goods' },
  service: { ru: 'Услуга', en: 'Service' },
} as const

/** Offered where a unit is typed. */
export const usualUnits = {
  ru: ['шт', 'ч', 'мес', 'кг', 'м', 'м²', 'м³', 'л', 'т', 'упак', 'компл', 'усл'],
  en: ['pcs', 'h', 'month', 'kg', 'm', 'm²', 'm³', 'l', 't', 'pack', 'set', 'service'],
} as const

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 500, { required: true }),
  article: text('Артикул', 'SKU', 100),
  kind: choice('Вид', 'Kind', productKinds),
  unit: text('Единица', 'Unit', 30),
  price: json(
    'Цена',
    'Price',
    v.pipe(
      money,
      v.check(({ amount }) => amount >= 0 && amount <= 1e11),
    ),
  ),
  /** Inside the price. */
  vat: choice('НДС', 'VAT', vatRates),
  /** Entry of the directory `productCategory`. */
  category: ref('Категория', 'Category'),
  description: prose('Описание', 'Description', 20_000),
  /** Offered for new lines; true where nobody said otherwise. */
  active: flag('Активен', 'Active'),
  custom: customValues,
  ...importedFields,
} as const

export type ProductRow = RowOf<typeof fields>

/** Goods and services that the company sells (F129, F258). All read it; who may change it the roles say. */
export const product: Declaration<ProductRow> & { fields: typeof fields } = {
  type: 'product',
  label: { ru: 'Товар или услуга', en: 'Product or service' },
  fields,
  derived: { fields: {}, of: ({ active = true }) => ({ active }) },
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service' || subject.administrator) return null
    const reach = subject.reach ?? factoryReach(subject.id)
    return actionsOf(before, after).every((action) => mayAct(reach, 'product', action, {}))
      ? null
      : 'forbidden'
  },
  namedParts: {
    key: 'product',
    of: ({ id }) => [id],
    taken: (before, after) =>
      before.deletedAt === undefined && after.deletedAt !== undefined ? [after.id] : [],
  },
  trash: true,
  deviceColumns: (row) => ({
    ...importsColumn(row.imports),
    ...(row.deletedAt === undefined && {
      words: wordsOfProduct(row),
      facets: [
        `active:${row.active ?? true}`,
        ...(row.kind ? [`kind:${row.kind}`] : []),
        ...(row.category ? [`category:${row.category}`] : []),
      ],
      sortName: row.name.toLowerCase().replaceAll('ё', 'е'),
    }),
  }),
  deviceIndexes: ['*words', '*facets', 'sortName', 'deletedAt', '*importIds'],
}

/** By which it is found on the device. */
export const wordsOfProduct = (row: ProductRow): string[] => [
  ...new Set([row.name, row.article ?? '', ...texts(row)].flatMap(wordsOf)),
]

const texts = ({ custom = {} }: ProductRow): string[] =>
  Object.values(custom).flatMap((value) => (typeof value === 'string' ? [value] : []))
