/**
 * Builds the index from the notes of the changelog and, once, from the rows that were there before
 * it. Every step reads its rows, writes a new shard that nobody knows of yet, and makes it known in
 * one short transaction together with the end of its notes: a step that is cut off leaves nothing
 * behind but blocks without a shard, which the next start deletes. One runs at a time, in the
 * worker of the tab that syncs.
 */
import Dexie from 'dexie'
import type { ReplicaBase } from '../replica/tables.ts'
import { type Entry, entryOf } from './entries.ts'
import { type Kind, kinds } from './kinds.ts'
import { nextMerge } from './merge-plan.ts'
import { keysAfter, searchedRows } from './searched-rows.ts'
import {
  type Documents,
  hashOf,
  mergeShards,
  type NewShard,
  printOf,
  shardBuilder,
} from './shard.ts'
import {
  indexVersion,
  pageSize,
  type SearchMeta,
  type StoredPage,
  type StoredShard,
  searchKey,
  searchTables,
} from './tables.ts'

/** Rows indexed in one step: makes a shard that needs few merges, and fits in memory. */
const stepRows = 4_096
/** Rows in memory at once; one may hold 64 KB of text. */
const rowsAtOnce = 64
/** Blocks or pages written in one transaction: a search that waits for it does not notice. */
const writtenAtOnce = 32

export interface IndexerDeps {
  base: ReplicaBase
  /** Lets other work of the thread go first; rejects where the indexer is to end. */
  breathe: () => Promise<void>
}

/** Parts of a shard are missing: only building everything anew helps, see `forgetIndex`. */
export class BrokenIndex extends Error {}

/** The next `openIndexer` begins with nothing. */
export const forgetIndex = (base: ReplicaBase): Promise<void> => base.meta.delete(searchKey)

export interface Indexer {
  /** Does one piece of work. False: everything is indexed. */
  step: () => Promise<boolean>
  /** Takes out earlier words of what was changed. */
  tidy: () => Promise<void>
}

/** Where a document is in the index. */
interface Occurrence {
  shard: number
  number: number
  print: number
  dead: boolean
}

export const openIndexer = async ({ base, breathe }: IndexerDeps): Promise<Indexer> => {
  let nextId = await prepare(base)

  const write = async (kind: Kind, { documents, blocks }: NewShard): Promise<StoredShard> => {
    const shard = nextId++
    await writePages(base, shard, documents)
    let waiting = []
    for (const block of blocks) {
      waiting.push({ ...block, shard })
      if (waiting.length < writtenAtOnce) continue
      await base.searchBlock.bulkPut(waiting)
      waiting = []
      await breathe()
    }
    await base.searchBlock.bulkPut(waiting)
    const { hashes, prints, keys, ranks } = documents
    await base.searchPrint.put({ shard, hashes, prints })
    return { id: shard, kind, size: keys.length, dead: [], first: ranks[0] ?? 0 }
  }

  const merge = async (ids: readonly number[]): Promise<void> => {
    const inputs = []
    const shards = (await base.searchShard.bulkGet([...ids])).flatMap((shard) => shard ?? [])
    const kind = shards[0]?.kind
    if (!kind) return
    for (const { id, dead } of shards) {
      const range = [[id, Dexie.minKey] as const, [id, Dexie.maxKey] as const] as const
      const [pages, prints, blocks] = await Promise.all([
        base.searchPage
          .where('[shard+page]')
          .between(...range)
          .toArray(),
        base.searchPrint.get(id),
        base.searchBlock
          .where('[shard+last]')
          .between(...range)
          .toArray(),
      ])
      if (!prints) throw new BrokenIndex(`shard ${id} has no prints`)
      const { hashes } = prints
      const keys = pages.flatMap((page) => page.keys)
      const ranks = pages.flatMap((page) => page.ranks)
      const documents = { keys, ranks, hashes, prints: prints.prints }
      inputs.push({ documents, dead: new Set(dead), blocks })
      await breathe()
    }
    const merged = mergeShards(inputs)
    const made = merged.documents.keys.length > 0 ? await write(kind, merged) : null
    await base.transaction('rw', base.searchShard, async () => {
      await base.searchShard.bulkDelete([...ids])
      if (made) await base.searchShard.put(made)
    })
    for (const id of ids) await deleteParts(base, id, id)
  }

  /** Indexes rows of one kind as they are now. */
  const index = async (kind: Kind, keys: string[]): Promise<Indexed> => {
    const found = await findOccurrences(base, kind, keys)
    const builder = shardBuilder()
    let fresh = 0
    const dead = new Map<number, number[]>()
    const purge = new Set<number>()
    for (let at = 0; at < keys.length; at += rowsAtOnce) {
      const part = keys.slice(at, at + rowsAtOnce)
      const entries = await readEntries(base, kind, part)
      part.forEach((key, n) => {
        const entry = entries[n] ?? null
        const places = found.get(key) ?? []
        const living = places.filter((place) => !place.dead)
        const print = entry ? printOf(entry) : 0
        if (entry && living.length === 1 && living[0]?.print === print) return
        for (const { shard, number } of living)
          dead.set(shard, [...(dead.get(shard) ?? []), number])
        if (entry) {
          builder.add(entry, print)
          fresh++
        } else for (const { shard } of places) purge.add(shard)
      })
      await breathe()
    }
    const made = fresh > 0 ? await write(kind, builder.finish()) : null
    return { made, dead, purge }
  }

  const work = async (todo: Todo): Promise<void> => {
    const results: Indexed[] = []
    for (const [kind, keys] of todo.keys) results.push(await index(kind, [...keys]))
    const { searchShard, searchLog, meta } = base
    await base.transaction('rw', [searchShard, searchLog, meta], async () => {
      for (const { made, dead, purge } of results) {
        const changed = [...new Set([...dead.keys(), ...purge])]
        const shards = (await searchShard.bulkGet(changed)).flatMap((shard) => shard ?? [])
        await searchShard.bulkPut([
          ...(made ? [made] : []),
          ...shards.map((shard) => ({
            ...shard,
            dead: [...shard.dead, ...(dead.get(shard.id) ?? [])],
            ...(purge.has(shard.id) && { purge: true as const }),
          })),
        ])
      }
      await searchLog.bulkDelete(todo.notes)
      if (todo.walk !== undefined)
        await meta.put({ version: indexVersion, walk: todo.walk } satisfies SearchMeta, searchKey)
    })
  }

  const mergeAll = async (tidy: boolean): Promise<boolean> => {
    const plan = nextMerge(await base.searchShard.toArray(), tidy)
    if (plan) await merge(plan)
    return plan !== null
  }

  return {
    step: async () => {
      // What must be forgotten goes first, and shards stay few while many rows wait.
      if (await mergeAll(false)) return true
      const todo = (await notedRows(base)) ?? (await walkedRows(base))
      if (!todo) return false
      await work(todo)
      return true
    },
    tidy: async () => {
      while (await mergeAll(true)) await breathe()
    },
  }
}

/** What a step made of the rows of one kind. */
interface Indexed {
  made: StoredShard | null
  /** Numbers of documents that are dead from now on, by shard. */
  dead: Map<number, number[]>
  /** Shards that hold words of what is gone. */
  purge: Set<number>
}

/** Rows to index, and what is done with them. */
interface Todo {
  keys: Map<Kind, Set<string>>
  /** Notes of the changelog that end. */
  notes: number[]
  walk?: SearchMeta['walk']
}

/** Deletes what is of another version or of a step that was cut off. @returns the next shard's id. */
const prepare = async (base: ReplicaBase): Promise<number> => {
  const tables = Object.keys(searchTables).filter((name) => name !== 'searchLog')
  await base.transaction('rw', [...tables, 'meta'], async () => {
    const meta = (await base.meta.get(searchKey)) as SearchMeta | undefined // written here only
    if (meta?.version === indexVersion) return
    for (const name of tables) await base.table(name).clear()
    const walk = { kind: kinds[0], after: '' }
    await base.meta.put({ version: indexVersion, walk } satisfies SearchMeta, searchKey)
  })
  const ids = await base.searchShard.orderBy('id').primaryKeys()
  let free = 0
  for (const id of [...ids, Number.POSITIVE_INFINITY]) {
    if (free < id) await deleteParts(base, free, id - 1)
    free = id + 1
  }
  return (ids.at(-1) ?? 0) + 1
}

/** Deletes blocks, pages and prints of shards with ids from `first` to `last`. */
const deleteParts = async (base: ReplicaBase, first: number, last: number): Promise<void> => {
  const range = [[first, Dexie.minKey] as const, [last, Dexie.maxKey] as const] as const
  await base.searchBlock
    .where('[shard+last]')
    .between(...range)
    .delete()
  await base.searchPage
    .where('[shard+page]')
    .between(...range)
    .delete()
  await base.searchPrint.where('shard').between(first, last, true, true).delete()
}

const writePages = async (
  base: ReplicaBase,
  shard: number,
  { keys, ranks }: Documents,
): Promise<void> => {
  const pages: StoredPage[] = []
  for (let at = 0; at < keys.length; at += pageSize)
    pages.push({
      shard,
      page: at / pageSize,
      keys: keys.slice(at, at + pageSize),
      ranks: ranks.slice(at, at + pageSize),
    })
  for (let at = 0; at < pages.length; at += writtenAtOnce)
    await base.searchPage.bulkPut(pages.slice(at, at + writtenAtOnce))
}

/** Every place of these documents, dead ones too: their words are still in the shard. */
const findOccurrences = async (
  base: ReplicaBase,
  kind: Kind,
  keys: readonly string[],
): Promise<Map<string, Occurrence[]>> => {
  const found = new Map<string, Occurrence[]>()
  const hashes = new Set(keys.map((key) => hashOf(key)))
  const wanted = new Set(keys)
  const shards = (await base.searchShard.toArray()).filter((shard) => shard.kind === kind)
  for (const { id, dead } of shards) {
    const stored = await base.searchPrint.get(id)
    if (!stored) throw new BrokenIndex(`shard ${id} has no prints`)
    const numbers: number[] = []
    stored.hashes.forEach((hash, number) => {
      if (hashes.has(hash)) numbers.push(number)
    })
    if (numbers.length === 0) continue
    const pages = [...new Set(numbers.map((number) => Math.floor(number / pageSize)))]
    const rows = await base.searchPage.bulkGet(pages.map((page) => [id, page] as [number, number]))
    const keysByPage = new Map(rows.map((row) => [row?.page, row?.keys]))
    for (const number of numbers) {
      const key = keysByPage.get(Math.floor(number / pageSize))?.[number % pageSize]
      if (key === undefined || !wanted.has(key)) continue
      const print = stored.prints[number] ?? 0
      const place = { shard: id, number, print, dead: dead.includes(number) }
      found.set(key, [...(found.get(key) ?? []), place])
    }
  }
  return found
}

const readEntries = async (
  base: ReplicaBase,
  kind: Kind,
  keys: string[],
): Promise<(Entry | null)[]> => {
  const rows = await searchedRows(base, kind, keys)
  const lastAt = new Map<string, number>()
  if (kind === 'dialog')
    for (const segment of await base.segment.where('dialog').anyOf(keys).toArray())
      lastAt.set(segment.dialog, Math.max(segment.lastAt, lastAt.get(segment.dialog) ?? 0))
  return rows.map((row) => (row ? entryOf(kind, row, lastAt.get(row.id)) : null))
}

/** Notes in one step at most; most hold few rows, those of a first sync a thousand. */
const stepNotes = 64

const notedRows = async (base: ReplicaBase): Promise<Todo | null> => {
  const todo: Todo = { keys: new Map(), notes: [] }
  let rows = 0
  const gone = await base.searchLog.where('gone').equals(1).limit(stepNotes).toArray()
  const notes = gone.length > 0 ? gone : await base.searchLog.limit(stepNotes).toArray()
  for (const { n, kind, keys } of notes) {
    if (rows > 0 && rows + keys.length > stepRows) break
    rows += keys.length
    todo.notes.push(n)
    const known = todo.keys.get(kind) ?? new Set()
    todo.keys.set(kind, known)
    for (const key of keys) known.add(key)
  }
  return todo.notes.length > 0 ? todo : null
}

const walkedRows = async (base: ReplicaBase): Promise<Todo | null> => {
  const { walk } = (await base.meta.get(searchKey)) as SearchMeta // written by `prepare`
  if (!walk) return null
  const { kind, after } = walk
  const { keys, last } = await keysAfter(base, kind, after, stepRows)
  const nextKind = kinds[kinds.indexOf(kind) + 1]
  if (last === undefined)
    return { keys: new Map(), notes: [], walk: nextKind ? { kind: nextKind, after: '' } : null }
  return {
    keys: new Map([[kind, new Set(keys)]]),
    notes: [],
    walk: { kind, after: last },
  }
}
