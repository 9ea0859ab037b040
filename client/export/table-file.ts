/** A table of cells as the file that is asked for. No I/O. */
import { byteOrderMark, csvLine } from '../../shared/archive/csv.ts'
import { type Cell, cellText } from './cells.ts'
import { longestCell, xlsxFile } from './xlsx.ts'

export type TableFormat = 'csv' | 'xlsx'

export interface TableFile {
  blob: Blob
  /** Cells that a workbook cannot hold whole; a CSV holds any. */
  cut: number
}

/** Headings first. Columns in which nothing stands are left out. */
export const withoutEmpty = (heads: readonly string[], rows: readonly Cell[][]): Cell[][] => {
  const kept = [...heads.keys()].filter((at) => rows.some((cells) => (cells[at] ?? '') !== ''))
  return [
    kept.map((at) => heads[at] ?? ''),
    ...rows.map((cells) => kept.map((at) => cells[at] ?? '')),
  ]
}

export const tableFile = (
  rows: readonly Cell[][],
  format: TableFormat,
  language: 'ru' | 'en',
): TableFile =>
  format === 'xlsx'
    ? {
        blob: xlsxFile(rows),
        cut: rows.flat().filter((cell) => typeof cell === 'string' && cell.length > longestCell)
          .length,
      }
    : {
        blob: new Blob(
          [
            byteOrderMark,
            ...rows.map((cells) => csvLine(cells.map((cell) => cellText(cell, language)))),
          ],
          { type: 'text/csv;charset=utf-8' },
        ),
        cut: 0,
      }
