/** The tables of the index in the replica's base. */
import type Dexie from 'dexie'
import type { EntityTable, Table, Transaction } from 'dexie'
import type { Rank } from './entries.ts'
import type { Kind } from './kinds.ts'
import type { ShardSize } from './merge-plan.ts'
import type { Block } from './postings.ts'

/** Rows that were written or deleted and wait to be indexed; written by `changelog.ts`. */
export interface LoggedChange {
  n: number
  kind: Kind
  keys: string[]
  /** The rows were deleted: their words leave the index before anything else is done. */
  gone?: 1
}

export interface StoredShard extends ShardSize {
  /** Rank of its first document. */
  first: Rank
}

export type StoredBlock = Block & { shard: number }

/** Keys and ranks of documents, so many in a row that reading a few found ones costs little. */
export interface StoredPage {
  shard: number
  page: number
  keys: string[]
  ranks: Rank[]
}

export interface StoredPrints {
  shard: number
  hashes: Uint32Array
  prints: Uint32Array
}

/** How far the index is, in `meta` under `searchKey`. */
export interface SearchMeta {
  version: number
  /** Up to where the rows that were there before the index have been read; null: all of them. */
  walk: { kind: Kind; after: string } | null
}
export const searchKey = 'search'

/** Raised when rows give other words, or the index is kept in another shape: it is built anew. */
export const indexVersion = 6

/** In a base that is made just now every row will be noted: none has to be looked for. */
export const noteNewIndex = (transaction: Transaction): void => {
  const meta: SearchMeta = { version: indexVersion, walk: null }
  transaction.table('meta').add(meta, searchKey)
}

/** Documents in a page. */
export const pageSize = 128

export const searchTables = {
  searchLog: '++n, gone',
  searchShard: 'id',
  searchBlock: '[shard+last]',
  searchPage: '[shard+page]',
  searchPrint: 'shard',
} as const

export type SearchBase = Dexie & {
  searchLog: EntityTable<LoggedChange, 'n'>
  searchShard: EntityTable<StoredShard, 'id'>
  searchBlock: Table<StoredBlock, [number, string]>
  searchPage: Table<StoredPage, [number, number]>
  searchPrint: EntityTable<StoredPrints, 'shard'>
}
