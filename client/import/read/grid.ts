/** What every kind of file is read into, and the limits that all of them share. */
import type { Result } from '../../../shared/reasons.ts'

/** Cells as text; `line` is where the row stands in the file, as a person counts. */
export interface GridRow {
  line: number
  cells: string[]
}

export type Grid = GridRow[]
export type GridResult = Result<Grid>

/** Columns after this many are not read: no list of clients has them, and a hostile file has 16,384. */
export const maxColumns = 1_000
/** Rows of a table; a file with more is refused, since the check keeps them all in memory. */
export const maxRows = 300_000
/** Rows of a file: above those of its table stand a title and the header. */
export const maxLines = maxRows + 20
/** A file that is larger is refused before it is read. */
export const maxFileBytes = 200 * 1024 * 1024
