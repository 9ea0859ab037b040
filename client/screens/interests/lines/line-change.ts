/** What the editor of lines writes: parts of an Interest, each a key of its own. No I/O. */
import { parseNumber } from '../../../../shared/fields/words.ts'
import {
  converted,
  discountPlaces,
  hasPlaces,
  pricePlaces,
  quantityPlaces,
  type Rates,
} from '../../../../shared/interests/lines.ts'
import type { Part } from '../../../../shared/records/declaration.ts'
import type { InterestLine } from '../../../../shared/records/interest.ts'
import type { ProductRow } from '../../../../shared/records/product.ts'
import { OfKept, partChanged } from '../../../replica/index.ts'
import type { Parsed } from '../../clients/contact-input.ts'

export type Line = Part<InterestLine>

/** The part as it is kept: its id is its key. */
export const keptLine = ({ id: _, ...value }: Line): Omit<Line, 'id'> => value

/** Some values of a line; null clears. */
export type LineChange = { [K in keyof InterestLine]?: InterestLine[K] | null }

export const changedLine = (
  line: Line,
  change: LineChange,
): { lines: Record<string, unknown> } => ({
  lines: { [line.id]: partChanged(line, change) },
})

export interface Added {
  line: InterestLine
  /** The price was in another currency; null: no rate is known, the price is left open. */
  recalculated?: { from: { amount: number; currency: string }; to: number | null }
}

/** A line of the catalogue's product, its price in the currency of the lines (F128). */
export const lineOfProduct = (
  { id, name, unit, price, vat }: Pick<ProductRow, 'id' | 'name' | 'unit' | 'price' | 'vat'>,
  currency: string,
  rates: Rates,
): Added => {
  const found = price ? converted(price.amount, price.currency, currency, rates) : 0
  const line: InterestLine = {
    product: id,
    name,
    quantity: 1,
    price: found ?? 0,
    currency,
    ...(unit && { unit }),
    ...(vat && { vat }),
  }
  return price && price.currency !== currency
    ? { line, recalculated: { from: price, to: found } }
    : { line }
}

/** All lines in another currency; the first one whose rate is not known instead. */
export const inCurrency = (
  lines: readonly Line[],
  currency: string,
  rates: Rates,
): { ok: true; lines: Record<string, unknown> } | { ok: false; from: string } => {
  const recalculated = (line: InterestLine): InterestLine | null => {
    const price = converted(line.price, line.currency, currency, rates)
    return price === null ? null : { ...line, price, currency }
  }
  const changed: Record<string, unknown> = {}
  for (const line of lines) {
    if (!recalculated(line)) return { ok: false, from: line.currency }
    changed[line.id] = new OfKept((kept) => {
      const now = (kept ?? keptLine(line)) as InterestLine // a part of `lines`
      return recalculated(now) ?? now
    })
  }
  return { ok: true, lines: changed }
}

const parseDecimal =
  (places: number, most: number) =>
  (typed: string): Parsed => {
    const value = typed.trim() === '' ? 0 : parseNumber(typed.replace(/[%₽]/g, ''))
    const fits = value !== null && value >= 0 && value <= most && hasPlaces(value, places)
    return fits ? { ok: true, value: String(value) } : { ok: false, error: 'client.error.number' }
  }

export const parseQuantity = parseDecimal(quantityPlaces, 1e9)
export const parsePrice = parseDecimal(pricePlaces, 1e11)
export const parseDiscount = parseDecimal(discountPlaces, 100)
