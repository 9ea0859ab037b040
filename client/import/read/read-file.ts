/** A file of any kind → its rows, by what is in it and not by how it is called. */
import { fail, ok, type Result } from '../../../shared/reasons.ts'
import { type CsvForm, findCsvForm, readCsv } from './csv.ts'
import { decode, type Encoding, findEncoding } from './encoding.ts'
import { type Grid, maxFileBytes } from './grid.ts'
import { isHtml, readHtml } from './html.ts'
import { isVcard, readVcard } from './vcard.ts'
import { readXlsx } from './xlsx.ts'

/** F33: «Источник». */
export const sources = ['csv', 'xlsx', 'html', 'vcard'] as const
export type Source = (typeof sources)[number]

/** What the user chose instead of what was found. */
export interface ReadOptions {
  source?: Source
  encoding?: Encoding
  /** Of a workbook, by its place among those that are not hidden. */
  sheet?: number
  csv?: Partial<CsvForm>
}

export interface ReadFile {
  source: Source
  /** Null for XLSX, which says its own. */
  encoding: Encoding | null
  /** Null where there is none. */
  csv: CsvForm | null
  /** Of a workbook: what its sheets are called, and which one was read. */
  book?: { sheets: string[]; sheet: number }
  grid: Grid
}

export const readFile = (bytes: Uint8Array, options: ReadOptions = {}): Result<ReadFile> => {
  if (bytes.length === 0) return fail('emptyFile')
  if (bytes.length > maxFileBytes) return fail('tooLarge')
  // Excel before 2007, and any workbook with a password, is an OLE file.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return fail('oldWorkbook')
  // A table that 1С keeps.
  if (startsWith(bytes, [0x4d, 0x4f, 0x58, 0x43, 0x45, 0x4c])) return fail('unreadableFile')
  const isZip = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
  if (options.source === 'xlsx' ? !isZip : isZip && options.source !== undefined)
    return fail('unreadableFile')
  if (isZip) {
    const read = readXlsx(bytes, options.sheet)
    if (!read.ok) return read
    const { grid, ...book } = read.value
    return filled({ source: 'xlsx', encoding: null, csv: null, book, grid })
  }
  const encoding = options.encoding ?? findEncoding(bytes)
  const text = decode(bytes, encoding)
  if (isBinary(text)) return fail('unreadableFile')
  const isOf = { vcard: isVcard(text), html: isHtml(text) }
  const source = options.source ?? (isOf.vcard ? 'vcard' : isOf.html ? 'html' : 'csv')
  if (source === 'vcard' || source === 'html') {
    if (!isOf[source]) return fail('unreadableFile')
    const grid = source === 'vcard' ? readVcard(text) : readHtml(text)
    return grid.ok ? filled({ source, encoding, csv: null, grid: grid.value }) : grid
  }
  // Excel of 2002 and 2003 saved workbooks as XML.
  if (/^\uFEFF?<\?(xml|mso-application)/.test(text)) return fail('oldWorkbook')
  if (isDocument(text)) return fail('unreadableFile')
  const csv = { ...findCsvForm(text), ...options.csv }
  const grid = readCsv(text, csv)
  return grid.ok ? filled({ source: 'csv', encoding, csv, grid: grid.value }) : grid
}

const filled = (file: ReadFile): Result<ReadFile> =>
  file.grid.some(({ cells }) => cells.some((cell) => cell !== '')) ? ok(file) : fail('emptyFile')

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** PDF, RTF, JSON: text, but no table. Read as CSV they would give rows of rubbish. */
const isDocument = (text: string): boolean =>
  /^\uFEFF?(%PDF-|\{\\rtf|\s*[[{]\s*["{[])/.test(text.slice(0, 200))

/** Pictures and programs have control characters that no table has. */
const isBinary = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  (text.slice(0, 4096).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0) > 8
