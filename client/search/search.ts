/** Search over everything on the device. */
import type { RecordType } from '../../shared/records/index.ts'
import type { MessageRow, ReplicaBase, StoredRow } from '../replica/tables.ts'
import { suggest } from '../screens/clients/client-list.ts'
import { entryOf, type SearchedRow } from './entries.ts'
import { type Kind, kinds } from './kinds.ts'
import { lookUp } from './look-up.ts'
import { isContact, isFound, type Query, queryOf, waysFor } from './query.ts'
import { searchedRows } from './searched-rows.ts'
import { byRank } from './shard.ts'
import { indexVersion, type SearchMeta, searchKey } from './tables.ts'
import { withTags } from './tags.ts'

/** So many rows that wait to be indexed are looked through one by one. */
const fewWaiting = 200

export interface SearchState {
  /** Whether much is not indexed yet; contacts are found by their names meanwhile. */
  building: boolean
  /** Rows that were written a moment ago. */
  waiting: { kind: Kind; keys: string[] }[]
}

export const searchState = async (base: ReplicaBase): Promise<SearchState> => {
  const meta = (await base.meta.get(searchKey)) as SearchMeta | undefined // written by the indexer
  const building = { building: true, waiting: [] }
  if (meta?.version !== indexVersion || meta.walk) return building
  const waiting = await base.searchLog.orderBy('n').limit(fewWaiting).toArray()
  const rows = waiting.reduce((sum, { keys }) => sum + keys.length, 0)
  return rows < fewWaiting ? { building: false, waiting } : building
}

export type FoundRows = {
  [K in Kind]: (K extends RecordType ? StoredRow<K> : MessageRow)[]
}

/** The first `count` rows of each kind, best first: names by the alphabet, the rest newest first. */
export const search = async (
  base: ReplicaBase,
  typed: string,
  count: number,
): Promise<FoundRows> => {
  const query = await withTags(base, queryOf(typed))
  const [state, keys] = await Promise.all([searchState(base), indexedKeys(base, query, count)])
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const rows = await checkedRows(base, kind, query, [
        ...waitingKeys(state, kind),
        ...keys[kind],
      ])
      const all = state.building ? [...rows, ...(await named(base, kind, typed, count))] : rows
      return [...new Map(all.map((row) => [row.id, row])).values()].slice(0, count)
    }),
  )
  // Each read from the table of its kind.
  return Object.fromEntries(kinds.map((kind, index) => [kind, found[index]])) as FoundRows
}

const waitingKeys = ({ waiting }: SearchState, kind: Kind): string[] =>
  waiting.flatMap((note) => (note.kind === kind ? note.keys : []))

/** What the index says, all of it as of one moment. */
const indexedKeys = (
  base: ReplicaBase,
  query: Query,
  count: number,
): Promise<Record<Kind, string[]>> => {
  const { searchShard, searchBlock, searchPage } = base
  return base.transaction('r', [searchShard, searchBlock, searchPage], async () => {
    const shards = await searchShard.toArray()
    const find = async (kind: Kind): Promise<string[]> => {
      const wanted = { kind, ways: waysFor(query, kind), count }
      const titled = isContact(kind) ? await lookUp(base, shards, { ...wanted, inTitle: true }) : []
      if (titled.length === count) return titled
      return [...titled, ...(await lookUp(base, shards, { ...wanted, inTitle: false }))]
    }
    const found = await Promise.all(kinds.map(find))
    // Made of all kinds.
    return Object.fromEntries(kinds.map((kind, index) => [kind, found[index]])) as Record<
      Kind,
      string[]
    >
  })
}

/** Rows that are found as they are now: the index may be behind what was changed a moment ago. */
const checkedRows = async (
  base: ReplicaBase,
  kind: Kind,
  query: Query,
  keys: readonly string[],
): Promise<SearchedRow[]> => {
  const ways = waysFor(query, kind)
  const rows = await searchedRows(base, kind, [...new Set(keys)])
  const found = rows.flatMap((row) => {
    const entry = row && entryOf(kind, row)
    if (!entry || !isFound(entry, ways, false)) return []
    return { row, entry, other: !isContact(kind) || !isFound(entry, ways, true) }
  })
  // Only the index knows when something was last said in a dialog.
  if (kind !== 'dialog')
    found.sort((a, b) => Number(a.other) - Number(b.other) || byRank(a.entry, b.entry))
  return found.map(({ row }) => row)
}

/** Contacts by the words of their rows, which need no index of ours. */
const named = async (
  base: ReplicaBase,
  kind: Kind,
  typed: string,
  count: number,
): Promise<SearchedRow[]> =>
  typed.trim() !== '' && (kind === 'client' || kind === 'person')
    ? suggest(base, kind, typed, count)
    : []
