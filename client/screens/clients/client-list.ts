/** Which contacts are found by words and facets: ids only, since 50,000 rows are never read at once. */
import type { Collection, Table } from 'dexie'
import type { ReplicaBase, StoredRow } from '../../replica/index.ts'
import { searchKeys } from './search-keys.ts'

// One key for each word that begins so: a set of them costs less than `distinct`, which walks a cursor.
const keysOf = async (found: Collection<unknown, string>): Promise<Set<string>> =>
  new Set(await found.primaryKeys())

export const intersect = (sets: Set<string>[]): Set<string> => {
  const [smallest, ...rest] = sets.sort((a, b) => a.size - b.size)
  if (!smallest || rest.length === 0) return smallest ?? new Set()
  return new Set([...smallest].filter((id) => rest.every((set) => set.has(id))))
}

export const foundByWords = async (
  base: ReplicaBase,
  table: 'client' | 'person' | 'interest',
  typed: string,
): Promise<Set<string>> => {
  const ways = await Promise.all(
    searchKeys(typed).map(async (way) =>
      intersect(
        await Promise.all(way.map((key) => keysOf(base[table].where('words').startsWith(key)))),
      ),
    ),
  )
  return new Set(ways.flatMap((way) => [...way]))
}

/** Ids of contacts that have one of these facets, see `contactColumns`. */
export const foundByFacets = (
  base: ReplicaBase,
  table: 'client' | 'person' | 'interest',
  facets: readonly string[],
): Promise<Set<string>> => keysOf(base[table].where('facets').anyOf(facets))

const sortName = ({ name }: { name: string }): string => name.toLowerCase().replaceAll('ё', 'е')

/** The first contacts whose words begin so, for fields where one picks a client or a person. */
export const suggest = async <T extends 'client' | 'person'>(
  base: ReplicaBase,
  table: T,
  typed: string,
  count: number,
): Promise<StoredRow<T>[]> => {
  // The table named `T` holds rows of `T`; Dexie's methods lose that over a union of tables.
  const rows = base[table] as unknown as Table<StoredRow<T> & { name: string }, string>
  if (searchKeys(typed).length === 0) return rows.orderBy('sortName').limit(count).toArray()
  const found = await foundByWords(base, table, typed)
  const candidates = await rows.bulkGet([...found].slice(0, 50 * count))
  return candidates
    .flatMap((row) => row ?? [])
    .sort((a, b) => sortName(a).localeCompare(sortName(b), 'ru'))
    .slice(0, count)
}
