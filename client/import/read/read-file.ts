/** A file of any kind → its rows, by what is in it and not by how it is called. */
import { fail, ok, type Result } from '../../../shared/reasons.ts'
import { type CsvForm, findCsvForm, readCsv } from './csv.ts'
import { decode, type Encoding, findEncoding } from './encoding.ts'
import { type Grid, maxFileBytes } from './grid.ts'
import { isVcard, readVcard } from './vcard.ts'
import { readXlsx } from './xlsx.ts'

/** F33: «Источник». */
export const sources = ['csv', 'xlsx', 'vcard'] as const
export type Source = (typeof sources)[number]

/** What the user chose instead of what was found. */
export interface ReadOptions {
  source?: Source
  encoding?: Encoding
  csv?: Partial<CsvForm>
}

export interface ReadFile {
  source: Source
  /** Null for XLSX, which says its own. */
  encoding: Encoding | null
  /** Null where there is none. */
  csv: CsvForm | null
  grid: Grid
}

export const readFile = (bytes: Uint8Array, options: ReadOptions = {}): Result<ReadFile> => {
  if (bytes.length === 0) return fail('emptyFile')
  if (bytes.length > maxFileBytes) return fail('tooLarge')
  // Excel before 2007, and any workbook with a password, is an OLE file.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return fail('oldWorkbook')
  const isZip = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
  if (options.source === 'xlsx' ? !isZip : isZip && options.source !== undefined)
    return fail('unreadableFile')
  if (isZip) {
    const grid = readXlsx(bytes)
    return grid.ok ? filled({ source: 'xlsx', encoding: null, csv: null, grid: grid.value }) : grid
  }
  const encoding = options.encoding ?? findEncoding(bytes)
  const text = decode(bytes, encoding)
  if (isBinary(text)) return fail('unreadableFile')
  const source = options.source ?? (isVcard(text) ? 'vcard' : 'csv')
  if (source === 'vcard') {
    if (!isVcard(text)) return fail('unreadableFile')
    const grid = readVcard(text)
    return grid.ok ? filled({ source, encoding, csv: null, grid: grid.value }) : grid
  }
  const csv = { ...findCsvForm(text), ...options.csv }
  const grid = readCsv(text, csv)
  return grid.ok ? filled({ source: 'csv', encoding, csv, grid: grid.value }) : grid
}

const filled = (file: ReadFile): Result<ReadFile> =>
  file.grid.some(({ cells }) => cells.some((cell) => cell !== '')) ? ok(file) : fail('emptyFile')

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** Pictures and programs have control characters that no table has. */
const isBinary = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  (text.slice(0, 4096).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0) > 8
