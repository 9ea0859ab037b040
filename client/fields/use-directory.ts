/** The entries of all directories, by id. They are few: a company's folders and tags. */
import type { DirectoryName } from '../../shared/records/directory.ts'
import type { Replica, StoredRow } from '../replica/index.ts'

export type Entry = StoredRow<'directory'>
export type Entries = ReadonlyMap<string, Entry>

export const useDirectory = (replica: Replica): Entries => replica.known.entries.value

/** Entries of one directory in their order, as lists offer them. */
export const entriesOf = (entries: Entries, directory: DirectoryName): Entry[] =>
  [...entries.values()]
    .filter(
      (row) =>
        row.directory === directory && row.deletedAt === undefined && row.mergedInto === undefined,
    )
    .sort((a, b) => compare(a.order ?? '~', b.order ?? '~') || a.name.localeCompare(b.name, 'ru'))

/** Fractional indexes are ordered by code units, which `localeCompare` is not. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
