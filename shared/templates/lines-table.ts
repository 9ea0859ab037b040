/** Lines of goods as a document has them: a table, what they come to, and that in words. No I/O. */
import type { Names } from '../fields/words.ts'
import { formatMoney } from '../fields/words.ts'
import {
  isForeign,
  lineSums,
  linesCurrency,
  type PricedLine,
  pricePlaces,
  quantityPlaces,
  sumsOfLines,
  type VatRate,
  vatRates,
} from '../interests/lines.ts'
import { amountWords } from './amount-words.ts'
import type { Block, Run } from './render.ts'

export interface NamedLine extends PricedLine {
  name: string
  unit?: string | undefined
}

type Language = Names['language']

const locales = { ru: 'ru-RU', en: 'en-GB' } as const

const texts = {
  ru: {
    name: 'Наименование',
    quantity: 'Кол-во',
    unit: 'Ед.',
    price: 'Цена',
    discount: 'Скидка, %',
    sum: 'Сумма',
    subtotal: 'Всего без скидки',
    discounted: 'Скидка',
    total: 'Итого',
    vat: 'В том числе НДС',
    noVat: 'Без НДС',
    count: 'Всего наименований',
    worth: 'на сумму',
  },
  en: {
    name: 'Name',
    quantity: 'Qty',
    unit: 'Unit',
    price: 'Price',
    discount: 'Discount, %',
    sum: 'Sum',
    subtotal: 'Total before discounts',
    discounted: 'Discount',
    total: 'Total',
    vat: 'Including VAT',
    noVat: 'No VAT',
    count: 'Items',
    worth: 'total',
  },
} as const

const decimal = (value: number, language: Language, fewest: number, most: number): string =>
  new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: fewest,
    maximumFractionDigits: most,
  }).format(value)

const quantityOf = ({ quantity }: NamedLine, language: Language): string =>
  decimal(quantity, language, 0, quantityPlaces)

/** «₽»: what stands for the currency in the head of a column. */
const signOf = (currency: string, language: Language): string =>
  new Intl.NumberFormat(locales[language], { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency

/** Those that the total counts: of one currency. */
const countedOf = (lines: readonly NamedLine[]): NamedLine[] =>
  lines.filter((line) => !isForeign(line, lines))

/** What stands under the table, each on a line of its own; the last but the VAT is what is to be paid. */
const totalsOf = (lines: readonly NamedLine[], language: Language) => {
  const words = texts[language]
  const counted = countedOf(lines)
  const currency = linesCurrency(lines) ?? ''
  const money = (amount: number) => formatMoney({ amount, currency }, language)
  const { subtotal, discount, total } = sumsOfLines(counted)
  const rates = (Object.keys(vatRates) as VatRate[]) // Object.keys forgets the key type
    .filter((rate) => rate !== 'none' && counted.some(({ vat }) => vat === rate))
  const vat = rates.map((rate) => {
    const own = sumsOfLines(counted.filter((line) => line.vat === rate)).vat
    return `${words.vat} ${vatRates[rate][language]}: ${money(own)}`
  })
  // Only where everybody said so: a line of which nobody said anything is not free of it.
  const isFree = counted.every((line) => line.vat === 'none')
  return {
    before:
      discount > 0
        ? [`${words.subtotal}: ${money(subtotal)}`, `${words.discounted}: ${money(discount)}`]
        : [],
    total: `${words.total}: ${money(total)}`,
    vat: isFree ? [words.noVat] : vat,
    count: `${words.count} ${counted.length}, ${words.worth} ${money(total)}`,
    inWords: language === 'ru' ? amountWords({ amount: total, currency }) : null,
  }
}

/** In a letter, and where other words stand around it. */
export const linesText = (lines: readonly NamedLine[], language: Language): string => {
  const { before, total, vat } = totalsOf(lines, language)
  const said = lines.map((line, index) => {
    const { name, unit, price, currency, discount } = line
    const count = [quantityOf(line, language), unit].filter(Boolean).join('\u00a0')
    const each = `${decimal(price, language, 2, pricePlaces)}`
    const less = discount ? ` − ${decimal(discount, language, 0, 2)}\u00a0%` : ''
    const sum = formatMoney({ amount: lineSums(line).total, currency }, language)
    return `${index + 1}. ${name} — ${count} × ${each}${less} = ${sum}`
  })
  return [...said, ...before, total, ...vat].join('\n')
}

/** Of the width; what is not needed leaves its share to the others. */
const shares = { at: 5, name: 34, quantity: 11, unit: 7, price: 15, discount: 13, sum: 17 } as const
type ColumnName = keyof typeof shares

const leftColumns: ReadonlySet<ColumnName> = new Set(['name', 'unit'])

export const linesTable = (lines: readonly NamedLine[], language: Language): Block[] => {
  const words = texts[language]
  const currency = linesCurrency(lines) ?? ''
  const sign = signOf(currency, language)
  const shown = (Object.keys(shares) as ColumnName[]).filter(
    (name) =>
      (name !== 'discount' || lines.some(({ discount }) => discount)) &&
      (name !== 'unit' || lines.some(({ unit }) => unit)),
  )
  const headOf = (name: ColumnName): string => {
    if (name === 'at') return '№'
    return name === 'price' || name === 'sum' ? `${words[name]}, ${sign}` : words[name]
  }
  const cellOf = (name: ColumnName, line: NamedLine, index: number): Run => {
    const foreign = isForeign(line, lines)
    const money = (amount: number, most: number): Run =>
      foreign
        ? { text: formatMoney({ amount, currency: line.currency }, language), fault: 'foreign' }
        : { text: decimal(amount, language, 2, most) }
    switch (name) {
      case 'at':
        return { text: String(index + 1) }
      case 'name':
        return { text: line.name }
      case 'quantity':
        return { text: quantityOf(line, language) }
      case 'unit':
        return { text: line.unit ?? '' }
      case 'price':
        return money(line.price, pricePlaces)
      case 'discount':
        return { text: line.discount ? decimal(line.discount, language, 0, 2) : '' }
      case 'sum':
        return money(lineSums(line).total, 2)
    }
  }
  const { before, total, vat, count, inWords } = totalsOf(lines, language)
  const right = (text: string, bold?: true): Block => ({
    kind: 'split',
    left: [],
    right: [{ text, ...(bold && { bold }) }],
  })
  return [
    {
      kind: 'table',
      ruled: true,
      columns: shown.map((name) => ({
        share: shares[name],
        ...(!leftColumns.has(name) && { end: true as const }),
      })),
      rows: [
        shown.map((name) => [{ text: headOf(name), bold: true }]),
        ...lines.map((line, index) => shown.map((name) => [cellOf(name, line, index)])),
      ],
    },
    ...before.map((text) => right(text)),
    right(total, true),
    ...vat.map((text) => right(text)),
    {
      kind: 'paragraph',
      lines: [[{ text: count }], ...(inWords ? [[{ text: inWords, bold: true as const }]] : [])],
    },
  ]
}
