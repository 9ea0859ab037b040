/**
 * The tables of a replica in IndexedDB. One base per workspace and user, so that two people sharing
 * a browser never see each other's data.
 */
import Dexie, { type EntityTable, type Table } from 'dexie'
import type { Reason } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import {
  declarationOf,
  type RecordType,
  type RowsByType,
  recordTypes,
} from '../../shared/records/index.ts'
import type { MessageEntry } from '../../shared/records/segment.ts'
import { changelog } from '../search/changelog.ts'
import { noteNewIndex, type SearchBase, searchTables } from '../search/tables.ts'
import { guardBase, openingUpTo } from './base-guard.ts'
import type { MessageBlock } from './message-blocks.ts'
import type { BlockKey } from './message-store.ts'
import { packStoredMessages } from './pack-stored-messages.ts'
import type { StateBlock } from './states.ts'

/** A row as it is kept: without messages, which are in `messageBlock`, and with device columns. */
export type StoredRow<T extends RecordType = RecordType> = Omit<RowsByType[T], 'messages'>

export interface StoredDoc {
  id: string
  type: RecordType
  /** Newest change of the relay that is in it; 0 while the relay has none. */
  seq: number
  /** Whole encoded document, own unsent changes included. */
  state: Uint8Array
}

/**
 * What the relay has of a record, kept only while the outbox holds changes of it: from here the
 * record is rebuilt when one of them is refused or discarded.
 */
export interface AcknowledgedDoc {
  id: string
  /** Null: the relay does not have the record. */
  state: Uint8Array | null
}

/**
 * A record that was on the device when the relay was restored from a backup, until it is known that
 * the relay has all of it again (see `sync/reconcile.ts`).
 */
export interface LostPart {
  id: string
  type: RecordType
  /** What the relay lacks; null: not compared yet. */
  update: Uint8Array | null
  /** What the relay has; null: nothing that this user may read. */
  known: Uint8Array | null
}

export type ChangeKind = 'created' | 'changed' | 'deleted'

export interface OutboxEntry {
  n: number
  /** Id of the record. */
  doc: string
  type: RecordType
  update: Uint8Array
  /** When it was made, ms of this device's clock. */
  at: number
  kind: ChangeKind
  /** Makes the same change again on another state of the record. */
  patch: Patch
  /** Field → [before, after], for the list of waiting changes. Of messages: key → their status. */
  fields: Record<string, [unknown, unknown]>
  /** Of these fields the user may not see any more what was before. */
  forgotten?: string[]
  /** Hashes of files to upload before it. */
  files: string[]
  /** The record's name as the user knows it. */
  label: string
  /** Made anew once already after a refusal that a fresh Yjs client id mends. */
  rebased?: true
  /**
   * Where its structs ended, [Yjs client id, clock], in each form it had before it was made anew. One
   * of them may have reached the relay though its answer did not come back.
   */
  earlier?: [number, number][]
  /** Of text typed letter by letter: grows while its author types (see live-write.ts). */
  live?: string
}

export interface RejectedEntry {
  id: number
  doc: string
  type: RecordType
  at: number
  rejectedAt: number
  kind: ChangeKind
  patch: Patch
  fields: Record<string, [unknown, unknown]>
  /** Of these fields the user may not see any more what was before. */
  forgotten?: string[]
  files: string[]
  label: string
  reason: Reason
  field?: string
}

export interface StoredFile {
  hash: string
  blob: Blob
  name: string
  type: string
  size: number
  /** ms; the least recently used go first. */
  lastUsed: number
  /** Not at the relay yet: may not be dropped. */
  unsent: 0 | 1
}

/** A message as a row: `id` is `<segment>/<key>`. */
export type MessageRow = MessageEntry & {
  id: string
  segment: string
  dialog: string
  account: string
}

export interface Draft {
  key: string
  value: unknown
  at: number
}

export type ReplicaBase = SearchBase & {
  [T in RecordType]: Table<StoredRow<T>, string>
} & {
  /** Read and written through `states.ts` only, as are `blocks`. */
  docs: EntityTable<StoredDoc, 'id'>
  blocks: EntityTable<StateBlock, 'n'>
  acknowledged: EntityTable<AcknowledgedDoc, 'id'>
  lost: EntityTable<LostPart, 'id'>
  outbox: EntityTable<OutboxEntry, 'n'>
  rejected: EntityTable<RejectedEntry, 'id'>
  /** Read and written through `message-store.ts` only. */
  messageBlock: Table<MessageBlock, BlockKey>
  files: EntityTable<StoredFile, 'hash'>
  drafts: EntityTable<Draft, 'key'>
  meta: Table<unknown, string>
}

/** Raised when device columns change: rows kept by an older program get them anew. */
const schemaVersion = 23

const rowIndexes = (type: RecordType): string => {
  const { fields, deviceIndexes = [] } = declarationOf(type)
  const indexed = Object.entries(fields).flatMap(([name, { indexed }]) => (indexed ? [name] : []))
  return [...new Set(['id', ...indexed, ...deviceIndexes])].join(', ')
}

export const baseName = (workspace: string, user: string): string => `interes-${workspace}-${user}`

export const openBase = (name: string): ReplicaBase => {
  const base = new Dexie(name, { indexedDB: openingUpTo(schemaVersion) })
  const version = base.version(schemaVersion).stores({
    docs: 'id',
    blocks: '++n, *ids',
    acknowledged: 'id',
    lost: 'id',
    outbox: '++n, doc',
    rejected: '++id, doc',
    messageBlock: '[dialog+from], segment, *places',
    // Up to version 7 each message was an entry of its own.
    message: null,
    files: 'hash, lastUsed',
    drafts: 'key',
    meta: '',
    ...searchTables,
    ...Object.fromEntries(recordTypes.map((type) => [type, rowIndexes(type)])),
  })
  version.upgrade(async (transaction) => {
    await packStoredMessages(transaction)
    for (const type of recordTypes)
      await transaction
        .table(type)
        .toCollection()
        .modify((row, it) => {
          it.value = storedRow(row)
        })
  })
  base.on('populate', noteNewIndex)
  base.use(changelog)
  guardBase(base, schemaVersion)
  // The tables named above are the properties Dexie adds.
  return base as ReplicaBase
}

/** The table of rows of a type, for code that works with all types alike. */
export const rowsOf = (base: ReplicaBase, type: RecordType): Table<StoredRow, string> =>
  base.table(type)

/**
 * A projected row as it is stored. One that the relay projected before a list was declared lacks it
 * and gets it empty, so that screens find every list.
 */
export const storedRow = (row: Row): StoredRow => {
  const whole = { ...row }
  const { fields, deviceColumns } = declarationOf(row.type as RecordType) // projected by its type
  for (const [name, { kind }] of Object.entries(fields)) if (kind === 'parts') whole[name] ??= []
  const { messages: _messages, ...kept } = whole
  return { ...kept, ...deviceColumns?.(whole) } as StoredRow
}

/** Rows put into the tables of their types, one bulk operation each. */
export const putRows = (base: ReplicaBase, rows: Iterable<Row>): PromiseLike<unknown>[] => {
  const byType = new Map<string, StoredRow[]>()
  for (const row of rows) {
    const list = byType.get(row.type) ?? []
    if (list.length === 0) byType.set(row.type, list)
    list.push(storedRow(row))
  }
  // Rows are of known types only: projected here, or by the relay and read by `readFrames`.
  return [...byType].map(([type, list]) => rowsOf(base, type as RecordType).bulkPut(list))
}
