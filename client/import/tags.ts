/** Tags of a file as entries of the directory: those that are missing are made with the first row that has them. */
import { type DirectoryRow, resolveEntry, tagId } from '../../shared/records/directory.ts'
import type { Write } from '../replica/writes.ts'
import { plain } from './cells.ts'

export interface Tags {
  /** Names by id of those asked for that are not in the directory yet. */
  made: ReadonlyMap<string, string>
  /** Ids of the tags by their names. */
  idsOf: (names: readonly string[]) => string[]
  /** What makes those of them that are not in the directory yet; each is given once. */
  missing: (names: readonly string[]) => Write[]
}

export const tagsOf = (entries: Iterable<DirectoryRow>): Tags => {
  const known = new Map([...entries].map((row) => [row.id, row]))
  const made = new Map<string, string>()
  const written = new Set<string>()
  // A tag that was renamed keeps its id, which is no longer that of its name.
  const byName = new Map<string, string>()
  for (const { id, name, deletedAt, mergedInto } of known.values())
    if (deletedAt === undefined && mergedInto === undefined) byName.set(plain(name), id)
  // One that was joined into another means that one; one that was deleted is itself, and comes back.
  const idOf = (name: string) =>
    resolveEntry(known, tagId(name))?.id ?? byName.get(plain(name)) ?? tagId(name)
  const askedFor = (name: string) => {
    const id = idOf(name)
    if (!known.has(id)) made.set(id, name.trim())
    return id
  }
  return {
    made,
    idsOf: (names) => [...new Set(names.map(askedFor))],
    missing: (names) =>
      names.flatMap((name): Write[] => {
        const id = idOf(name)
        const row = known.get(id)
        if (written.has(id) || (row && row.deletedAt === undefined)) return []
        written.add(id)
        const patch = row
          ? { deletedAt: null, deletedBy: null }
          : { directory: 'tag', name: name.trim() }
        return [{ type: 'directory', id, patch }]
      }),
  }
}
