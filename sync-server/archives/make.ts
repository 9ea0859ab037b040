/**
 * Everything that an administrator may read, as a ZIP (F47).
 *
 *     archive.json         what is in it, and which files the relay lacks
 *     json/<type>.json     rows as they are; messages and the history of changes, too
 *     csv/<type>.csv       the same for a spreadsheet
 *     files/<hash>/<name>  attachments, letters' HTML, photos
 *
 * Records are read some at a time into a file for each table, and those are packed one after another:
 * a company of any size needs no more memory than a small one, but the names of its files. What is
 * changed meanwhile may be in it or not; a record is whole either way.
 */
import { createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import {
  type Column,
  cellsOf,
  columnsOf,
  messageCells,
  messageColumns,
} from '../../shared/archive/columns.ts'
import { byteOrderMark, csvLine } from '../../shared/archive/csv.ts'
import { archivedName, filesOfMessage, filesOfRow } from '../../shared/archive/files.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, isRecordType } from '../../shared/records/index.ts'
import type { SegmentRow } from '../../shared/records/segment.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import { reader } from '../feed/plan.ts'
import type { FileDisk } from '../files/disk.ts'
import type { ArchiveStore, FileStore } from '../store/store.ts'

export interface ArchiveDeps {
  store: ArchiveStore & Pick<FileStore, 'file'>
  disk: Pick<FileDisk, 'has' | 'read'>
  subject: Subject
  language: 'ru' | 'en'
  /** ms */
  at: number
  company: string
  /** An empty folder for what is packed. */
  folder: string
  onProgress: (records: number) => void
  /** The relay is going down. */
  isOver: () => boolean
}

export interface MadeArchive {
  records: number
  files: number
  missing: number
}

/** Records read at once: some milliseconds, between which commits go on. */
const atOnce = 200

const historyColumns = (language: 'ru' | 'en'): Column[] =>
  (
    [
      ['at', 'Когда', 'When'],
      ['user', 'Кто', 'Who'],
      ['device', 'Устройство', 'Device'],
      ['type', 'Вид записи', 'Kind of record'],
      ['document', 'Запись', 'Record'],
      ['field', 'Поле', 'Field'],
      ['before', 'Было', 'Before'],
      ['after', 'Стало', 'After'],
    ] as const
  ).map(([name, ru, en]) => ({ name, title: language === 'ru' ? ru : en }))

export const makeArchive = async (deps: ArchiveDeps, target: string): Promise<MadeArchive> => {
  const { store, subject, language, onProgress, isOver } = deps
  const tables = openTables(deps.folder, language)
  const names = new Map<string, string>()
  let records = 0
  const noteFile = (hash: string, name: string) => {
    if (!names.has(hash)) names.set(hash, name)
  }
  try {
    for (let after = ''; ; ) {
      const page = await store.documentsAbove(after, atOnce)
      const last = page.at(-1)
      if (!last || isOver()) break
      after = last.id
      for (const { type, rowJson } of page) {
        const row = JSON.parse(rowJson) as Row // projected by this relay
        if (!isRecordType(type) || !mayExport(subject, type, row)) continue
        records++
        if (type === 'segment') addMessages(row, tables, noteFile)
        else {
          const declaration = declarationOf(type)
          tables.add(type, () => columnsOf(declaration, language), row, [row])
          for (const [hash, name] of filesOfRow(declaration, row)) noteFile(hash, name)
        }
      }
      await tables.flush()
      onProgress(records)
    }
    const may = reader(subject.tokens)
    for (let after = 0; ; ) {
      const page = await store.historyAbove(after, atOnce)
      const last = page.at(-1)
      if (!last || isOver()) break
      after = last.seq
      for (const { audience, ...entry } of page) {
        if (!may(audience)) continue
        const lines = Object.entries(entry.changes).map(([field, [before, value]]) => ({
          ...entry,
          field,
          before,
          after: value,
        }))
        tables.add('history', () => historyColumns(language), entry, lines)
      }
      await tables.flush()
    }
    if (isOver()) throw new Error('stopped')
    const counts = await tables.close()
    const packed = await pack(deps, names, counts, target)
    return { records, ...packed }
  } finally {
    await tables.close()
  }
}

const addMessages = (
  row: Row,
  tables: Tables,
  noteFile: (hash: string, name: string) => void,
): void => {
  const { dialog, messages } = row as unknown as SegmentRow // of this type
  for (const message of messages) {
    const whole = { ...message, id: message.key, dialog }
    tables.add('message', messageColumns, whole, [messageCells(whole)])
    for (const [hash, name] of filesOfMessage(message)) noteFile(hash, name)
  }
}

interface Tables {
  add(
    table: string,
    columns: (language: 'ru' | 'en') => Column[],
    row: object,
    /** What stands of it in the spreadsheet, a line each. */
    lines: readonly Readonly<Record<string, unknown>>[],
  ): void
  /** Puts what was added on the disk. */
  flush(): Promise<void>
  /** Rows of each table. */
  close(): Promise<Record<string, number>>
}

interface OpenTable {
  columns: Column[]
  count: number
  json: string
  csv: string
  files: { json: FileHandle; csv: FileHandle } | null
}

/** A pair of files for each table, of which no more stands in memory than a page. */
const openTables = (folder: string, language: 'ru' | 'en'): Tables => {
  const tables = new Map<string, OpenTable>()
  const flush = async () => {
    for (const [name, table] of tables) {
      if (table.json === '' && table.csv === '') continue
      table.files ??= {
        json: await open(join(folder, `${name}.json`), 'wx', 0o600),
        csv: await open(join(folder, `${name}.csv`), 'wx', 0o600),
      }
      const { json, csv } = table
      table.json = ''
      table.csv = ''
      await table.files.json.appendFile(json)
      await table.files.csv.appendFile(csv)
    }
  }
  return {
    add: (name, columnsIn, row, lines) => {
      let table = tables.get(name)
      if (!table) {
        const columns = columnsIn(language)
        const heads = columns.map(({ title }) => title)
        table = { columns, count: 0, json: '[', csv: byteOrderMark + csvLine(heads), files: null }
        tables.set(name, table)
      }
      table.json += `${table.count++ > 0 ? ',' : ''}\n${JSON.stringify(row)}`
      for (const line of lines) table.csv += csvLine(cellsOf(table.columns, line, language))
    },
    flush,
    close: async () => {
      for (const table of tables.values()) if (table.files) table.json += '\n]\n'
      await flush()
      const counts: Record<string, number> = {}
      for (const [name, { count, files }] of tables) {
        counts[name] = count
        await files?.json.close()
        await files?.csv.close()
      }
      tables.clear()
      return counts
    },
  }
}

const pack = async (
  { store, disk, folder, at, company }: ArchiveDeps,
  names: ReadonlyMap<string, string>,
  counts: Readonly<Record<string, number>>,
  target: string,
): Promise<{ files: number; missing: number }> => {
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, createWriteStream(target, { mode: 0o600 }))
  // Heard at the end; until then an error of it would have no listener.
  written.catch(() => {})
  for (const name of Object.keys(counts))
    for (const kind of ['json', 'csv'])
      zip.addFile(join(folder, `${name}.${kind}`), `${kind}/${name}.${kind}`)
  const missing: { hash: string; name: string }[] = []
  let files = 0
  for (const [hash, name] of names) {
    const file = await store.file(hash)
    if (!file || !(await disk.has(hash))) {
      missing.push({ hash, name })
      continue
    }
    files++
    // Opened when its turn comes. Files are mostly packed already.
    zip.addReadStreamLazy(
      `files/${hash}/${archivedName(name, file.type)}`,
      { compress: false },
      (take) =>
        take(
          null,
          file.size === 0 ? Readable.from([]) : Readable.from(disk.read(hash, 0, file.size - 1)),
        ),
    )
  }
  const facts = { format: 1, at, company, records: counts, files, missing }
  zip.addBuffer(Buffer.from(`${JSON.stringify(facts, null, 2)}\n`), 'archive.json')
  zip.end()
  await written
  return { files, missing: missing.length }
}
