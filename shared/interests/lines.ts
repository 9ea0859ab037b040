/**
 * Lines of goods: what each costs and all together, exactly. Sums are counted in whole hundredths of the
 * currency, never in floating point:
 *
 *     line   quantity × price, less its discount, rounded to hundredths (half away from zero)
 *     VAT    is inside the price: of the line's sum, rounded the same way
 *     total  of the rounded lines, so that what is printed adds up
 *
 * Prices have up to four places (0,1234 ₽ for a sheet), quantities three, discounts two. No I/O.
 */
import type { Money } from '../records/custom-value.ts'
import type { Label } from '../records/declaration.ts'

/** Percent, as the laws on VAT name them. */
export const vatRates = {
  none: { ru: 'Без НДС', en: 'No VAT' },
  '0': { ru: '0 %', en: '0%' },
  '5': { ru: '5 %', en: '5%' },
  '7': { ru: '7 %', en: '7%' },
  '10': { ru: '10 %', en: '10%' },
  '20': { ru: '20 %', en: '20%' },
  '22': { ru: '22 %', en: '22%' },
} as const satisfies Record<string, Label>
export type VatRate = keyof typeof vatRates

export const pricePlaces = 4
export const quantityPlaces = 3
export const discountPlaces = 2

export interface PricedLine {
  quantity: number
  price: number
  /** ISO 4217. */
  currency: string
  /** Percent. */
  discount?: number | undefined
  vat?: VatRate | undefined
}

export interface Sums {
  /** Before discounts. */
  subtotal: number
  discount: number
  /** Part of the total. */
  vat: number
  total: number
}

/** Whether a number has no more decimal places than this. */
export const hasPlaces = (value: number, places: number): boolean =>
  Number(value.toFixed(places)) === value

const scaled = (value: number, places: number): bigint =>
  BigInt(Math.round(Number(value.toFixed(places)) * 10 ** places))

/** Half away from zero; both are non-negative here. */
const divided = (value: bigint, by: bigint): bigint => (2n * value + by) / (2n * by)

interface Hundredths {
  subtotal: bigint
  vat: bigint
  total: bigint
}

const hundredthsOf = ({ quantity, price, discount = 0, vat = 'none' }: PricedLine): Hundredths => {
  const full = scaled(quantity, quantityPlaces) * scaled(price, pricePlaces)
  const kept = scaled(100, discountPlaces) - scaled(discount, discountPlaces)
  const places = quantityPlaces + pricePlaces
  const total = divided(full * kept, 10n ** BigInt(places - 2 + discountPlaces + 2))
  const rate = vat === 'none' ? 0n : BigInt(vat)
  return {
    subtotal: divided(full, 10n ** BigInt(places - 2)),
    vat: divided(total * rate, 100n + rate),
    total,
  }
}

const sumsFrom = ({ subtotal, vat, total }: Hundredths): Sums => ({
  subtotal: Number(subtotal) / 100,
  discount: Number(subtotal - total) / 100,
  vat: Number(vat) / 100,
  total: Number(total) / 100,
})

export const lineSums = (line: PricedLine): Sums => sumsFrom(hundredthsOf(line))

/**
 * The currency of the lines: that of the first. Another one can come in only where two people began
 * to fill an empty list apart; such lines are not counted, and the editor says so.
 */
export const linesCurrency = (lines: readonly PricedLine[]): string | undefined =>
  lines[0]?.currency

export const isForeign = (line: PricedLine, lines: readonly PricedLine[]): boolean =>
  line.currency !== linesCurrency(lines)

export const sumsOfLines = (lines: readonly PricedLine[]): Sums => {
  const all: Hundredths = { subtotal: 0n, vat: 0n, total: 0n }
  for (const line of lines) {
    if (isForeign(line, lines)) continue
    const one = hundredthsOf(line)
    all.subtotal += one.subtotal
    all.vat += one.vat
    all.total += one.total
  }
  return sumsFrom(all)
}

/** What the lines are worth; undefined where there is none. */
export const amountOfLines = (lines: readonly PricedLine[]): Money | undefined => {
  const currency = linesCurrency(lines)
  return currency === undefined ? undefined : { amount: sumsOfLines(lines).total, currency }
}

/**
 * A change of the amount by hand where it would go by the lines: from then on it goes by hand. Whoever
 * writes an Interest's amount asks this.
 */
export const withAmountByHand = (
  row: Readonly<Record<string, unknown>>,
  patch: Record<string, unknown>,
): Record<string, unknown> =>
  'amount' in patch &&
  !('amountBy' in patch) &&
  Array.isArray(row.lines) &&
  row.lines.length > 0 &&
  row.amountBy !== 'manual'
    ? { ...patch, amountBy: 'manual' }
    : patch

/** How many units of the default currency one of each costs (F319); the default one itself costs 1. */
export type Rates = ReadonlyMap<string, number>

export const ratesOf = (
  entries: Iterable<{ directory: string; code?: string; rate?: number; deletedAt?: number }>,
  byDefault: string,
): Rates => {
  const rates = new Map<string, number>()
  for (const { directory, code, rate, deletedAt } of entries)
    if (directory === 'currency' && code && rate !== undefined && deletedAt === undefined)
      rates.set(code, rate)
  return rates.set(byDefault, 1)
}

/** The price in another currency, to hundredths (F128); null where a rate is not known. */
export const converted = (price: number, from: string, to: string, rates: Rates): number | null => {
  if (from === to) return price
  const [of, into] = [rates.get(from), rates.get(to)]
  return of === undefined || into === undefined ? null : Math.round((price * of * 100) / into) / 100
}
