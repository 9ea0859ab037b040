/** Rows of a file → a table: which row is the header, which columns hold anything. */
import type { Grid } from './grid.ts'

export interface TableRow {
  /** Where it stands in the file, as a person counts. */
  line: number
  /** One cell for each heading. */
  cells: string[]
}

export interface Table {
  headings: string[]
  rows: TableRow[]
  /** Index of the header among the rows of the file that hold anything; -1: the file has none. */
  header: number
  /** All of the header, empty columns too: the same for each file that a program makes alike. */
  headerText: string
}

/** The header is looked for in so many rows: above it stand the title, the date, the organisation. */
const headerWithin = 20

export interface TableOptions {
  /** Whether a heading is a field's usual name. */
  isKnown: (heading: string) => boolean
  /** Chosen by the user; -1: there is none. Undefined: find it. */
  header?: number
  /** Names a column that has no heading, by its number from 1. */
  unnamed: (column: number) => string
}

export const tableOf = (grid: Grid, { isKnown, header, unnamed }: TableOptions): Table => {
  const rows = grid.filter(({ cells }) => cells.some((cell) => cell !== ''))
  const head = header ?? findHeader(rows, isKnown)
  const data = rows.slice(head + 1)
  const names = rows[head]?.cells ?? []
  let width = 0
  for (const { cells } of rows.slice(Math.max(head, 0))) width = Math.max(width, cells.length)
  const filled = new Array<boolean>(width).fill(false)
  for (const { cells } of data)
    for (let column = 0; column < cells.length; column++) if (cells[column]) filled[column] = true
  const columns = [...filled.keys()].filter((column) => filled[column])
  return {
    header: head,
    headerText: names.map(tidy).join('\t'),
    headings: distinct(columns.map((column) => tidy(names[column] ?? '') || unnamed(column + 1))),
    rows: data
      // Some exports repeat the header on every printed page.
      .filter(
        ({ cells }) =>
          head < 0 || columns.some((column) => (cells[column] ?? '') !== (names[column] ?? '')),
      )
      .map(({ line, cells }) => ({
        line,
        cells: columns.map((column) => cells[column] ?? ''),
      })),
  }
}

const tidy = (heading: string): string => heading.replace(/\s+/g, ' ').trim()

/** Two columns of one name are told apart by a number. */
const distinct = (headings: string[]): string[] => {
  const seen = new Map<string, number>()
  return headings.map((heading) => {
    const count = (seen.get(heading) ?? 0) + 1
    seen.set(heading, count)
    return count === 1 ? heading : `${heading} (${count})`
  })
}

/**
 * The row with the most headings that are known. Where none is known: the first row that fills most
 * of the table's width with words; where that is full of numbers and addresses, there is no header.
 */
const findHeader = (rows: Grid, isKnown: (heading: string) => boolean): number => {
  const first = rows.slice(0, headerWithin)
  const known = first.map(({ cells }) => cells.filter((cell) => cell && isKnown(tidy(cell))).length)
  const most = Math.max(0, ...known)
  const filled = first.map(({ cells }) => cells.filter((cell) => cell !== '').length)
  if (most >= 2) return known.indexOf(most)
  const width = Math.max(0, ...filled)
  const wide = first.findIndex((_, at) => (filled[at] ?? 0) >= Math.max(1, width * 0.6))
  if (most === 1 && known[wide] === 1) return wide
  const cells = first[wide]?.cells.filter((cell) => cell !== '') ?? []
  return cells.some((cell) => /@|\d{5}/.test(cell)) ? -1 : wide
}
