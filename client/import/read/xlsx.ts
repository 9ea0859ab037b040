/**
 * XLSX (ECMA-376) → rows of the sheet that was chosen, or of the first one that has any. Sheets are read as a stream of XML, so
 * that 100,000 rows never stand in memory as a tree.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { fail, ok, type Result } from '../../../shared/reasons.ts'
import { type GridRow, maxColumns, maxLines } from './grid.ts'
import { type NumberFormats, numberText, readFormats } from './xlsx-numbers.ts'
import { BadZip, inflateEntry, type ZipEntry, ZipTooLarge, zipEntries } from './zip.ts'

/** All XML of a workbook together; a sheet of 100,000 rows and 20 columns has some 100 MB. */
const maxXmlBytes = 400 * 1024 * 1024

class TooManyRows extends Error {}

interface Merge {
  first: number
  last: number
  column: number
}

export interface Workbook {
  grid: GridRow[]
  /** Names of the sheets that are not hidden. */
  sheets: string[]
  /** Which of them the rows are from. */
  sheet: number
}

/** `sheet`: chosen by the user. `most`: bytes of XML, in all. */
export const readXlsx = (
  bytes: Uint8Array,
  sheet?: number,
  most = maxXmlBytes,
): Result<Workbook> => {
  try {
    return ok(readWorkbook(bytes, sheet, most))
  } catch (error) {
    if (error instanceof ZipTooLarge) return fail('tooLarge')
    if (error instanceof TooManyRows) return fail('tooManyRows')
    if (error instanceof BadZip || error instanceof Error) return fail('unreadableFile')
    throw error
  }
}

const readWorkbook = (bytes: Uint8Array, chosen: number | undefined, most: number): Workbook => {
  const entries = zipEntries(bytes)
  let left = most
  const read = (entry: ZipEntry, handlers: Handlers) => {
    left -= readXml(entry, left, handlers)
  }
  const workbook = entries.get('xl/workbook.xml')
  if (!workbook) throw new BadZip('no workbook')
  const sheets: { id: string; name: string }[] = []
  let date1904 = false
  read(workbook, {
    open: ({ name, attributes }) => {
      if (name === 'sheet' && attributes.state !== 'hidden' && attributes.state !== 'veryHidden')
        sheets.push({ id: attributes['r:id'] ?? '', name: attributes.name ?? '' })
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
    },
  })
  const targets = new Map<string, string>()
  const relations = entries.get('xl/_rels/workbook.xml.rels')
  if (relations)
    read(relations, {
      open: ({ name, attributes }) => {
        if (name === 'Relationship')
          targets.set(attributes.Id ?? '', pathOf(attributes.Target ?? ''))
      },
    })
  const strings: string[] = []
  const shared = entries.get('xl/sharedStrings.xml')
  if (shared) read(shared, stringsInto(strings))
  const styles = entries.get('xl/styles.xml')
  const formats: NumberFormats = styles
    ? readFormats((handlers) => read(styles, handlers))
    : { ofStyle: [] }
  const names = sheets.map(({ name }) => name)
  for (const [at, { id }] of sheets.entries()) {
    if (chosen !== undefined && at !== chosen) continue
    const entry = entries.get(targets.get(id) ?? `xl/worksheets/sheet${at + 1}.xml`)
    if (!entry) continue
    const sheet = sheetReader(strings, (raw, style) => numberText(raw, style, formats, date1904))
    read(entry, sheet.handlers)
    const rows = sheet.end()
    if (rows.length > 0) return { grid: rows, sheets: names, sheet: at }
  }
  return { grid: [], sheets: names, sheet: chosen ?? 0 }
}

/** Targets are relative to `xl/`, or absolute in the archive. */
const pathOf = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`

export interface Handlers {
  open?: (tag: { name: string; attributes: Readonly<Record<string, string | undefined>> }) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

const readXml = (entry: ZipEntry, most: number, { open, text, close }: Handlers): number => {
  const parser = new SaxesParser()
  // Some writers give every element the prefix of the namespace.
  const local = (name: string) => (name.startsWith('x:') ? name.slice(2) : name)
  if (open)
    parser.on('opentag', ({ name, attributes }: SaxesTagPlain) =>
      open({ name: local(name), attributes }),
    )
  if (text) parser.on('text', text)
  if (close) parser.on('closetag', ({ name }) => close(local(name)))
  parser.on('error', (error) => {
    throw error
  })
  const decoder = new TextDecoder()
  const out = inflateEntry(entry, most, (piece) => {
    parser.write(decoder.decode(piece, { stream: true }))
  })
  parser.write(decoder.decode()).close()
  return out
}

/** `_x000D_` is a carriage return (ECMA-376, 22.9.2.19). */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** `<si>` may be cut into runs of different looks; phonetic hints (`rPh`) are no text. */
const stringsInto = (strings: string[]): Handlers => {
  let current = ''
  let isText = false
  let phonetic = false
  return {
    open: ({ name }) => {
      if (name === 'si') current = ''
      if (name === 'rPh') phonetic = true
      isText = name === 't' && !phonetic
    },
    text: (text) => {
      if (isText) current += text
    },
    close: (name) => {
      if (name === 't') isText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') strings.push(unescaped(current))
    },
  }
}

const sheetReader = (
  strings: readonly string[],
  toText: (raw: string, style: number) => string,
): { handlers: Handlers; end: () => GridRow[] } => {
  const rows: GridRow[] = []
  const merges: Merge[] = []
  let row: GridRow | null = null
  let column = 0
  let type = ''
  let style = 0
  let raw = ''
  let reading = false
  const value = (): string => {
    switch (type) {
      case 's':
        return strings[Number(raw)] ?? ''
      case 'e':
        return ''
      case 'b':
        return raw === '1' ? 'да' : 'нет'
      case 'd':
        return raw.replace(/^(\d{4})-(\d\d)-(\d\d).*$/, '$3.$2.$1')
      case 'inlineStr':
      case 'str':
        return unescaped(raw)
      default:
        return raw === '' ? '' : toText(raw, style)
    }
  }
  const handlers: Handlers = {
    open: ({ name, attributes }) => {
      if (name === 'row') {
        const line = Number(attributes.r) || (rows.at(-1)?.line ?? 0) + 1
        row = { line, cells: [] }
        column = -1
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1
        type = attributes.t ?? ''
        style = Number(attributes.s ?? 0)
        raw = ''
      } else if (name === 'mergeCell') {
        const merge = mergeOf(attributes.ref ?? '')
        if (merge) merges.push(merge)
      }
      // Of a formula its last result, `v`, is read.
      reading = name === 'v' || (name === 't' && type === 'inlineStr')
    },
    text: (text) => {
      if (reading) raw += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') reading = false
      if (name === 'c' && row && column < maxColumns) {
        const text = value().trim()
        if (text !== '') {
          while (row.cells.length < column) row.cells.push('')
          row.cells[column] = text
        }
      }
      if (name === 'row' && row) {
        if (row.cells.length > 0) rows.push(row)
        if (rows.length > maxLines) throw new TooManyRows()
        row = null
      }
    },
  }
  return { handlers, end: () => spread(rows, merges) }
}

/** `AB12` → 27 */
const columnOf = (reference: string): number => {
  let column = 0
  for (const letter of reference) {
    if (letter < 'A' || letter > 'Z') break
    column = column * 26 + letter.charCodeAt(0) - 64
  }
  return column - 1
}

/** Only cells merged downwards matter: a heading over two rows, a client over several. */
const mergeOf = (reference: string): Merge | null => {
  const [from = '', to = ''] = reference.split(':')
  const [first, last] = [Number(from.replace(/\D/g, '')), Number(to.replace(/\D/g, ''))]
  return last > first ? { first, last, column: columnOf(from) } : null
}

/**
 * Gives every row of a cell merged downwards its value. Merged cells do not overlap; a hostile file
 * may say so a hundred thousand times, so each line of a column is gone through once.
 */
const spread = (rows: GridRow[], merges: readonly Merge[]): GridRow[] => {
  if (merges.length === 0) return rows
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const lastLine = rows.reduce((most, { line }) => Math.max(most, line), 0)
  /** The line to which a column is done. */
  const done = new Map<number, number>()
  for (const { first, last, column } of merges.toSorted((a, b) => a.first - b.first)) {
    const value = byLine.get(first)?.cells[column]
    const end = Math.min(last, lastLine, first + maxLines)
    const from = Math.max(first, done.get(column) ?? 0) + 1
    if (!value || end < from) continue
    done.set(column, end)
    for (let line = from; line <= end; line++) {
      const cells = byLine.get(line)?.cells
      if (!cells) continue
      while (cells.length < column) cells.push('')
      cells[column] ||= value
    }
  }
  return rows
}
