/** CSV of any origin → rows. The separator is the one that cuts the first lines most evenly. */
import Papa from 'papaparse'
import { isDisarmed } from '../../../shared/archive/csv.ts'
import { fail, ok } from '../../../shared/reasons.ts'
import { type Grid, type GridResult, maxColumns, maxLines } from './grid.ts'
import { parseBroken } from './quotes.ts'

export const separators = [';', ',', '\t', '|'] as const
export type Separator = (typeof separators)[number]
export const quotes = ['"', "'"] as const
export type Quote = (typeof quotes)[number]

export interface CsvForm {
  separator: Separator
  quote: Quote
}

/** Rows looked at to find the separator: titles above the header must not outweigh the table. */
const sampleRows = 60
/** Characters looked at: a file of one endless line must not be read whole for it. */
const sampleCharacters = 200_000

export const findCsvForm = (text: string): CsvForm => {
  const sample = text.slice(0, sampleCharacters)
  const quote =
    /(^|[;,\t|\r\n])"/.test(sample) || !/(^|[;,\t])'[^'\r\n]*'[;,\t\r\n]/.test(sample) ? '"' : "'"
  const [best] = separators
    .map((separator) => ({ separator, score: evenness(sample, { separator, quote }) }))
    .sort((a, b) => b.score - a.score)
  return { separator: best?.separator ?? ';', quote }
}

/** How many rows have the commonest number of cells, if that is more than one, and how many cells. */
const evenness = (sample: string, form: CsvForm): number => {
  const counts = new Map<number, number>()
  for (const cells of parse(sample, form, sampleRows))
    if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let best = 0
  // Cells weigh little: a comma inside texts gives many, but not evenly.
  for (const [cells, rows] of counts) best = Math.max(best, rows * (1 + Math.min(cells, 50) / 25))
  return best
}

/**
 * The library takes a quote that nobody closed for the beginning of a cell that holds the rest of the
 * file, and a name such as `"ООО "Ромашка"";` for one that swallows the row below: rows vanish without
 * a word. Where it stumbled over a quote, the file is read once more, forgivingly.
 */
const parse = (text: string, form: CsvForm, preview: number): string[][] => {
  const newline = lineEnd(text)
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: form.separator,
    quoteChar: form.quote,
    preview,
    newline,
  })
  return errors.some(({ type }) => type === 'Quotes')
    ? parseBroken(text, { ...form, newline, most: preview })
    : data
}

/**
 * Found here and not by the library, which takes a lone CR of an old Macintosh for part of a cell
 * when a quoted cell holds an LF. Inside quotes anything may stand. Where lines end in both ways, LF
 * ends them all, and the CR before it falls with the spaces.
 */
const lineEnd = (text: string): '\r\n' | '\n' | '\r' => {
  const unquoted = text.slice(0, sampleCharacters).replace(/"[^"]*"/g, '')
  if (/(^|[^\r])\n/.test(unquoted)) return '\n'
  if (unquoted.includes('\r\n')) return '\r\n'
  return unquoted.includes('\r') ? '\r' : '\n'
}

/** `most`: rows, in all. */
export const readCsv = (text: string, form: CsvForm, most = maxLines): GridResult => {
  // Excel's own first line that names the separator.
  const table = text.replace(/^\uFEFF/, '').replace(/^sep=.[\r\n]+/i, '')
  const rows: Grid = parse(table, form, most + 1).map((cells, at) => ({
    line: at + 1,
    cells: cells.slice(0, maxColumns).map((cell) => unmarked(cell)),
  }))
  // The end of the last line is no line.
  if (rows.length > most && rows.at(-1)?.cells.some((cell) => cell !== ''))
    return fail('tooManyRows')
  return ok(rows)
}

/** `="0123"` is how programs keep Excel from dropping zeros; `'=1` is how ours and theirs disarm a formula. */
const unmarked = (cell: string): string => {
  const forced = /^="(.*)"$/s.exec(cell)
  const plain = forced?.[1] ?? cell
  return (isDisarmed(plain) ? plain.slice(1) : plain).trim()
}
