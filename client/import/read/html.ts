/**
 * The largest table of an HTML page → rows. Битрикс24 and many other programs call such a page
 * «Excel» and give it the name of a workbook, .xls.
 */
import { Parser } from 'htmlparser2'
import { fail, ok } from '../../../shared/reasons.ts'
import { type Grid, type GridResult, maxColumns, maxLines } from './grid.ts'

/** A tag of a table near the beginning: a CSV may hold tags in its cells, but not as its first words. */
export const isHtml = (text: string): boolean =>
  /^\uFEFF?\s*<(!doctype html|html|head|meta|style|body|table|\?xml[^>]*>\s*<html)/i.test(
    text.slice(0, 2_000),
  )

interface OpenTable {
  rows: Grid
  /** Of cells over several rows: the value, and for how many rows it still stands, by column. */
  below: Map<number, { text: string; rows: number }>
  cell: { text: string; columns: number; rows: number } | null
}

/** A cell over more columns is a title over the whole table. */
const span = (attribute: string | undefined): number =>
  Math.min(Math.max(Math.trunc(Number(attribute)) || 1, 1), maxColumns)

class TooManyLines extends Error {}

export const readHtml = (html: string): GridResult => {
  const tables: Grid[] = []
  const open: OpenTable[] = []
  /** Inside them stands no text for people. */
  let hidden = 0

  const put = (table: OpenTable, text: string) => {
    const cells = table.rows.at(-1)?.cells
    if (cells && cells.length < maxColumns) cells.push(text)
  }
  const fromAbove = (table: OpenTable) => {
    for (;;) {
      const column = table.rows.at(-1)?.cells.length ?? 0
      const above = table.below.get(column)
      if (!above) return
      if (above.rows === 1) table.below.delete(column)
      else above.rows--
      put(table, above.text)
    }
  }
  const endCell = (table: OpenTable) => {
    const { cell } = table
    if (!cell) return
    table.cell = null
    const text = cell.text
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ *\n */g, '\n')
      .trim()
    const first = table.rows.at(-1)?.cells.length ?? 0
    for (let column = 0; column < cell.columns; column++) {
      const own = column === 0 ? text : ''
      if (cell.rows > 1) table.below.set(first + column, { text: own, rows: cell.rows - 1 })
      put(table, own)
    }
    fromAbove(table)
  }
  const endTable = () => {
    const table = open.pop()
    if (!table) return
    endCell(table)
    tables.push(table.rows)
  }

  const parser = new Parser({
    onopentag: (name, attributes) => {
      const table = open.at(-1)
      if (name === 'style' || name === 'script') hidden++
      else if (name === 'table') open.push({ rows: [], below: new Map(), cell: null })
      else if (!table) return
      else if (name === 'tr') {
        endCell(table)
        if (table.rows.length >= maxLines) throw new TooManyLines()
        table.rows.push({ line: table.rows.length + 1, cells: [] })
        fromAbove(table)
      } else if (name === 'td' || name === 'th') {
        endCell(table)
        const { colspan, rowspan } = attributes
        table.cell = { text: '', columns: span(colspan), rows: span(rowspan) }
      } else if (table.cell && /^(br|p|div|li)$/.test(name)) table.cell.text += '\n'
    },
    ontext: (text) => {
      const cell = open.at(-1)?.cell
      // Lines of the page's source are no lines of the text.
      if (cell && hidden === 0) cell.text += text.replace(/\s+/g, ' ')
    },
    onclosetag: (name) => {
      const table = open.at(-1)
      if (name === 'style' || name === 'script') hidden--
      else if (name === 'table') endTable()
      else if (table && (name === 'td' || name === 'th' || name === 'tr')) endCell(table)
    },
  })
  try {
    parser.end(html)
  } catch (error) {
    if (error instanceof TooManyLines) return fail('tooManyRows')
    throw error
  }
  while (open.length > 0) endTable()
  const cells = (rows: Grid) => rows.reduce((sum, row) => sum + row.cells.length, 0)
  const [largest] = tables.toSorted((a, b) => cells(b) - cells(a))
  return largest ? ok(largest) : fail('unreadableFile')
}
