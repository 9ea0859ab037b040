/** The rows that were not loaded, as a file to correct and load again: the same columns and why. */
import { byteOrderMark, csvLine } from '../../shared/archive/csv.ts'
import type { Table } from './read/table.ts'

export const failedRowsFile = (
  { headings, rows }: Table,
  /** Why, by the row's line in the file. */
  why: ReadonlyMap<number, string>,
  heading: string,
): Blob => {
  const pieces = [byteOrderMark + csvLine([...headings, heading])]
  for (const { line, cells } of rows) {
    const text = why.get(line)
    if (text !== undefined) pieces.push(csvLine([...cells, text]))
  }
  return new Blob(pieces, { type: 'text/csv;charset=utf-8' })
}
