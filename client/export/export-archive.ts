/**
 * Everything this device holds and its user may take out, as a ZIP; needs no network.
 *
 *     export.json          what is in it, what waits, and which files are not on the device
 *     json/<type>.json     rows as they are, exact
 *     csv/<type>.csv       the same for a spreadsheet
 *     files/<hash>/<name>  attachments, letters' HTML, photos, files of events and of fields
 *
 * Rows are read, packed and let go by the page of `atOnce`, so that a phone with 200,000 messages has
 * room for it; the packed bytes lie in a Blob, which browsers keep on the disk.
 */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import {
  type Column,
  cellsOf,
  columnsOf,
  messageCells,
  messageColumns,
} from '../../shared/archive/columns.ts'
import { byteOrderMark, csvLine } from '../../shared/archive/csv.ts'
import { archivedName, filesOfMessage, filesOfRow } from '../../shared/archive/files.ts'
import type { Declaration, Row } from '../../shared/records/declaration.ts'
import { declarationOf, recordTypes } from '../../shared/records/index.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import { messagesAfter } from '../replica/message-store.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { rowsOf } from '../replica/tables.ts'

export interface ExportOptions {
  base: ReplicaBase
  language: 'ru' | 'en'
  /** ms */
  at: number
  user: string
  company: string
  /** Who asks: what they may read but not export stays out. */
  subject: Subject
  /** Records packed so far. */
  onProgress: (done: number) => void
}

export interface Exported {
  blob: Blob
  records: number
  files: number
  /** Files that records name and this device does not hold. */
  missing: number
}

const atOnce = 500
/** Packed bytes are handed to the browser in pieces of this size. */
const pieceBytes = 4 * 1024 * 1024
/** Of deflate: 9 takes three times as long for some hundredths less. */
const level = 6

/** Segments only hold messages, which are an own list here. */
/** Messages go with their dialogs, private values stand in the rows of their records. */
const exportedTypes = recordTypes.filter((type) => type !== 'segment' && type !== 'privateValue')

export const exportArchive = async (options: ExportOptions): Promise<Exported> => {
  const { base, language, at, user, company, subject, onProgress } = options
  const pieces = packedPieces()
  const counts: Record<string, number> = {}
  let done = 0

  /** One table as JSON and CSV, which are written beside each other and read once. */
  const writeTable = async <T extends { id: string }>(
    name: string,
    columns: Column[],
    pages: AsyncIterable<T[]>,
    cells: (row: T) => Record<string, unknown> = (row) => row,
  ) => {
    let count = 0
    const csv = pieces.hold()
    const json = pieces.file(`json/${name}.json`)
    csv.write(byteOrderMark + csvLine(columns.map(({ title }) => title)))
    json.write('[')
    for await (const rows of pages) {
      for (const row of rows) {
        json.write(`${count++ > 0 ? ',' : ''}\n${JSON.stringify(row)}`)
        csv.write(csvLine(cellsOf(columns, cells(row), language)))
      }
      done += rows.length
      onProgress(done)
    }
    json.write('\n]\n')
    json.end()
    await csv.into(`csv/${name}.csv`)
    counts[name] = count
  }

  /** Of files, by their hashes. */
  const names = new Map<string, string>()
  /** Messages go as their dialogs go. */
  const dialogs = new Set<string>()
  for (const type of exportedTypes) {
    const declaration = declarationOf(type)
    const table = rowsOf(base, type)
    const rows = filtered(
      pagesOf((last) => table.where(':id').above(last).limit(atOnce).toArray()),
      (row) => {
        const stored = row as unknown as Row // stored rows are of their type
        if (!mayExport(subject, type, stored)) return false
        if (type === 'dialog') dialogs.add(row.id)
        for (const [hash, name] of filesOfRow(declaration, stored)) names.set(hash, name)
        return true
      },
    )
    await writeTable(
      type,
      columnsOf(declaration, language),
      withoutDeviceColumns(declaration, rows),
    )
  }
  const messages = filtered(messagePages(base), ({ dialog }) => dialogs.has(dialog))
  await writeTable('message', messageColumns(language), messages, (message) => {
    for (const [hash, name] of filesOfMessage(message)) names.set(hash, name)
    return messageCells(message)
  })

  const missing: { hash: string; name: string }[] = []
  let files = 0
  for (const [hash, name] of names) {
    const file = await base.files.get(hash)
    if (!file) missing.push({ hash, name })
    else {
      await pieces.blob(`files/${hash}/${archivedName(name, file.type)}`, file.blob)
      files++
    }
  }
  const note = pieces.file('export.json')
  const unsent = await base.outbox.count()
  const facts = { format: 1, at, user, company, records: counts, unsent, files, missing }
  note.write(`${JSON.stringify(facts, null, 2)}\n`)
  note.end()
  return { blob: pieces.end(), records: done, files, missing: missing.length }
}

async function* pagesOf<T extends { id: string }>(read: (last: string) => PromiseLike<T[]>) {
  let last = ''
  for (;;) {
    const rows = await read(last)
    const end = rows.at(-1)
    if (!end) return
    yield rows
    last = end.id
  }
}

async function* messagePages(base: ReplicaBase) {
  let last = ''
  for (;;) {
    const rows = await messagesAfter(base, last)
    const end = rows.at(-1)
    if (!end) return
    yield rows
    last = end.segment
  }
}

async function* filtered<T>(pages: AsyncIterable<T[]>, keep: (item: T) => boolean) {
  for await (const page of pages) yield page.filter(keep)
}

/** Search words and sort keys are of the device, not of the record. */
async function* withoutDeviceColumns<T extends { id: string }>(
  { fields }: Declaration,
  pages: AsyncIterable<T[]>,
) {
  for await (const rows of pages)
    yield rows.map((row) => ({
      ...Object.fromEntries(
        Object.entries(row).filter(([name]) => name === 'type' || Object.hasOwn(fields, name)),
      ),
      id: row.id,
    }))
}

/** A ZIP that grows into Blobs. Files are written one after another. */
const packedPieces = () => {
  const parts: Blob[] = []
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let failure: Error | null = null
  const flush = () => {
    parts.push(new Blob(waiting))
    waiting = []
    bytes = 0
  }
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else {
      waiting.push(chunk)
      bytes += chunk.length
      if (bytes >= pieceBytes) flush()
    }
  })
  const encoder = new TextEncoder()

  const file = (name: string) => {
    const entry = new ZipDeflate(name, { level })
    zip.add(entry)
    return {
      write: (text: string) => entry.push(encoder.encode(text)),
      end: () => entry.push(new Uint8Array(), true),
    }
  }
  /** Files are mostly packed already. */
  const blob = (name: string, content: Blob) => pour(content, new ZipPassThrough(name))
  const pour = async (content: Blob, entry: ZipDeflate | ZipPassThrough) => {
    zip.add(entry)
    const reader = content.stream().getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      entry.push(value)
    }
    entry.push(new Uint8Array(), true)
  }

  return {
    file,
    blob,
    /** Text kept aside while another file is written, then packed. */
    hold: () => {
      const texts: Blob[] = []
      let lines = ''
      const put = () => {
        texts.push(new Blob([lines]))
        lines = ''
      }
      return {
        write: (text: string) => {
          lines += text
          if (lines.length >= pieceBytes) put()
        },
        into: async (name: string) => {
          put()
          await pour(new Blob(texts), new ZipDeflate(name, { level }))
        },
      }
    },
    end: (): Blob => {
      zip.end()
      if (failure) throw failure
      flush()
      return new Blob(parts, { type: 'application/zip' })
    },
  }
}
