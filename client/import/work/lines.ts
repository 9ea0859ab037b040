/**
 * Lines of goods in a file of Interests (F46): each row says one, and the rows of one Interest are
 * joined. A row finds the line that it made before by the product or the name, the first row the first
 * of them, so that the same file twice adds none. No I/O.
 */
import { generateKeyBetween } from 'fractional-indexing'
import * as v from 'valibot'
import { parseNumber } from '../../../shared/fields/words.ts'
import { derivedId } from '../../../shared/ids.ts'
import { type VatRate, vatRates } from '../../../shared/interests/lines.ts'
import type { Part } from '../../../shared/records/declaration.ts'
import { type InterestLine, interest } from '../../../shared/records/interest.ts'
import { oneLine, plain } from '../cells.ts'

export interface CatalogueProduct {
  id: string
  name: string
  article?: string
  unit?: string
  price?: { amount: number; currency: string }
  vat?: VatRate
}

/** Products by article and by name; none of several that are called alike. */
export class Catalogue {
  readonly #byKey = new Map<string, CatalogueProduct | null>()

  add(product: CatalogueProduct): void {
    const { article, name } = product
    for (const key of [...(article ? [`a ${plain(article)}`] : []), `n ${plain(name)}`])
      this.#byKey.set(key, this.#byKey.has(key) ? null : product)
  }

  find(article: string | undefined, name: string | undefined): CatalogueProduct | undefined {
    const marked = article && this.#byKey.get(`a ${plain(article)}`)
    if (marked) return marked
    const called = name && this.#byKey.get(`n ${plain(name)}`)
    // Another article is another product, though it is called the same.
    if (!called || (article && called.article)) return undefined
    return called
  }
}

/** Percent as the laws name it: «20», «НДС 20%», «0,2» of 1C, «Без НДС»; undefined where it is none. */
export const vatOf = (cell: string): VatRate | undefined => {
  if (/без|нет|^no|^-$|—/i.test(cell.trim())) return 'none'
  const rate = parseNumber(cell.replace(/[^\d.,]/g, ''))
  if (rate === null) return undefined
  const percent = String(Math.round(rate > 0 && rate < 1 ? rate * 100 : rate))
  return (Object.keys(vatRates) as VatRate[]).find((each) => each === percent) // forgets the key type
}

type CellName = 'name' | 'article' | 'quantity' | 'unit' | 'price' | 'discount' | 'vat'

export interface LineCells {
  /** The text of a cell; undefined where there is none. */
  text: (name: CellName) => string | undefined
  /** Whether the file has such a column: what it leaves empty is empty then. */
  has: (name: CellName) => boolean
  /** The currency of what has no sign of its own. */
  currency: string
  money: (cell: string) => { amount: number; currency: string } | undefined
  wrong: (name: CellName) => void
}

const { schema } = interest.fields.lines

/** The line that a row says; undefined where it says none, or nothing that could be one. */
export const lineIn = (cells: LineCells, catalogue: Catalogue): InterestLine | undefined => {
  const [article, named] = [cells.text('article'), cells.text('name')]
  if (article === undefined && named === undefined) return undefined
  const product = catalogue.find(article, named)
  const number = (name: CellName): number | undefined => {
    const cell = cells.text(name)
    if (cell === undefined) return undefined
    const value = parseNumber(cell.replace('%', ''))
    if (value === null) cells.wrong(name)
    return value ?? undefined
  }
  const typed = cells.text('price')
  const said = typed === undefined ? undefined : cells.money(typed)
  if (typed !== undefined && !said) cells.wrong('price')
  // The catalogue's own where the file has no prices, in the same currency alone.
  const own = product?.price?.currency === cells.currency ? product.price : undefined
  const price = said ?? (cells.has('price') ? undefined : own)
  const vatCell = cells.text('vat')
  const rate = vatCell === undefined ? undefined : vatOf(vatCell)
  if (vatCell !== undefined && !rate) cells.wrong('vat')
  const vat = rate ?? (cells.has('vat') ? undefined : product?.vat)
  const unit = cells.text('unit') ?? (cells.has('unit') ? undefined : product?.unit)
  const discount = number('discount')
  const line = {
    ...(product && { product: product.id }),
    name: oneLine(named ?? product?.name ?? article ?? '').slice(0, 500),
    quantity: number('quantity') ?? 1,
    price: price?.amount ?? 0,
    currency: price?.currency ?? cells.currency,
    ...(unit && { unit: unit.slice(0, 30) }),
    ...(discount && { discount }),
    ...(vat && { vat }),
  }
  if (v.is(schema, line)) return line
  cells.wrong('quantity')
  return undefined
}

const keyOfLine = ({ product, name }: InterestLine): string => product ?? plain(name)

/** Which lines of the records the rows of this file meant already. */
export class JoinedLines {
  readonly #used = new Map<string, Set<string>>()

  /**
   * The part that the line is, with the id that it has or gets.
   * @param row tells ids of new lines apart: the import and the row of the file
   */
  partOf(
    record: string,
    lines: readonly Part<InterestLine>[],
    line: InterestLine,
    row: readonly string[],
  ): Record<string, InterestLine & { order: string }> {
    const used = this.#used.get(record) ?? new Set<string>()
    this.#used.set(record, used)
    const found = lines.find(
      ({ id, ...each }) => !used.has(id) && keyOfLine(each) === keyOfLine(line),
    )
    const id = found?.id ?? derivedId('import-line', ...row)
    const order = found?.order ?? generateKeyBetween(lines.at(-1)?.order ?? null, null)
    used.add(id)
    return { [id]: { ...line, order } }
  }
}
