/** CSV of any origin → rows. The separator is the one that cuts the first lines most evenly. */
import Papa from 'papaparse'
import { fail, ok } from '../../../shared/reasons.ts'
import { type Grid, type GridResult, maxColumns, maxRows } from './grid.ts'

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

const parse = (text: string, { separator, quote }: CsvForm, preview: number): string[][] =>
  Papa.parse<string[]>(text, {
    delimiter: separator,
    quoteChar: quote,
    preview,
    newline: lineEnd(text),
  }).data

/**
 * Found here and not by the library, which takes a lone CR of an old Macintosh for part of a cell
 * when a quoted cell holds an LF.
 */
const lineEnd = (text: string): '\r\n' | '\n' | '\r' => {
  const head = text.slice(0, sampleCharacters)
  if (head.includes('\r\n')) return '\r\n'
  const unquoted = head.replace(/"[^"]*"/g, '')
  return unquoted.includes('\n') || !unquoted.includes('\r') ? '\n' : '\r'
}

export const readCsv = (text: string, form: CsvForm): GridResult => {
  // Excel's own first line that names the separator.
  const table = text.replace(/^\uFEFF/, '').replace(/^sep=.[\r\n]+/i, '')
  const rows: Grid = parse(table, form, maxRows + 1).map((cells, at) => ({
    line: at + 1,
    cells: cells.slice(0, maxColumns).map((cell) => unmarked(cell)),
  }))
  if (rows.length > maxRows) return fail('tooManyRows')
  return ok(rows)
}

/** `="0123"` is how programs keep Excel from dropping zeros; `'=1` is how ours and theirs disarm a formula. */
const unmarked = (cell: string): string => {
  const forced = /^="(.*)"$/s.exec(cell)
  const plain = forced?.[1] ?? cell
  return (/^'+[=+\-@\t\r]/.test(plain) ? plain.slice(1) : plain).trim()
}
