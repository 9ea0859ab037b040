/** Which contacts are found by words and facets: ids only, since 50,000 rows are never read at once. */
import type { Collection, Table } from 'dexie'
import { wordsOf } from '../../../shared/records/contact.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
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

type Listed = 'client' | 'person' | 'interest' | 'contract' | 'product'

const foundBy = async (
  typed: string,
  find: (key: string) => Promise<Set<string>>,
): Promise<Set<string>> => {
  const ways = await Promise.all(
    searchKeys(typed).map(async (way) => intersect(await Promise.all(way.map(find)))),
  )
  return new Set(ways.flatMap((way) => [...way]))
}

const foundByWords = (base: ReplicaBase, table: Listed, typed: string): Promise<Set<string>> =>
  foundBy(typed, (key) => keysOf(base[table].where('words').startsWith(key)))

/** Directories whose entries are words of a record, too; facets are named like them. */
const wordDirectories = ['tag', 'folder', 'heat']

/** One letter begins a word of half the entries. */
const fewestLetters = 2

/** By words, and by the names of tags, of the folder, of the heat: «ромашка опт», «горячий». */
export const foundByWordsAndNames = async (
  base: ReplicaBase,
  table: Listed,
  typed: string,
): Promise<Set<string>> => {
  const entries = await base.directory.where('directory').anyOf(wordDirectories).toArray()
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  // A tag that was joined into another stands in records still; it means the other.
  const named = entries.flatMap(({ id, directory }) => {
    const entry = resolveEntry(byId, id)
    return entry ? [{ facet: `${directory}:${id}`, words: wordsOf(entry.name) }] : []
  })
  return foundBy(typed, async (key) => {
    const found = await keysOf(base[table].where('words').startsWith(key))
    if (key.length < fewestLetters) return found
    const facets = named
      .filter(({ words }) => words.some((word) => word.startsWith(key)))
      .map(({ facet }) => facet)
    if (facets.length > 0) for (const id of await foundByFacets(base, table, facets)) found.add(id)
    return found
  })
}

/** Ids of contacts that have one of these facets, see `contactColumns`. */
export const foundByFacets = (
  base: ReplicaBase,
  table: Listed,
  facets: readonly string[],
): Promise<Set<string>> => keysOf(base[table].where('facets').anyOf(facets))

const sortName = ({ name }: { name: string }): string => name.toLowerCase().replaceAll('ё', 'е')

/** The first records whose words begin so, for fields where one picks a client, a person or an Interest. */
export const suggest = async <T extends 'client' | 'person' | 'interest'>(
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
