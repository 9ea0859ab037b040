/** Segments by hand (F75) of a file, found by name: those that are missing are made with the first row that has them. */
import { derivedId } from '../../shared/ids.ts'
import type { ClientSegmentRow } from '../../shared/records/client-segment.ts'
import type { Write } from '../replica/writes.ts'
import { plain } from './cells.ts'

type Row = Pick<ClientSegmentRow, 'id' | 'name' | 'owner' | 'filter' | 'deletedAt'>

export interface Segments {
  /** Plain names that only a rule has: nobody is put into such a segment by hand. */
  byRule: ReadonlySet<string>
  /** Names by id of those asked for that are not there yet. */
  made: ReadonlyMap<string, string>
  /** Ids by names; `held` are those that the client is in. */
  idsOf: (names: readonly string[], held: readonly string[]) => string[]
  /** What makes those of them that are not there yet; each is given once. */
  missing: (names: readonly string[]) => Write[]
}

/** `by` is who loads: what is made is theirs, and nobody else sees it until they share it. */
export const segmentsOf = (rows: Iterable<Row>, importId: string, by: string): Segments => {
  const known = new Map([...rows].map((row) => [row.id, row]))
  const living = [...known.values()].filter(({ deletedAt }) => deletedAt === undefined)
  const byName = new Map<string, string[]>()
  // Of two with one name the user's own comes first, then the older one.
  const inOrder = living
    .filter(({ filter }) => filter === undefined)
    .sort((a, b) => Number(b.owner === by) - Number(a.owner === by) || (a.id < b.id ? -1 : 1))
  for (const { id, name } of inOrder)
    byName.set(plain(name), [...(byName.get(plain(name)) ?? []), id])
  const made = new Map<string, string>()
  const written = new Set<string>()
  // Of this import: a load that was interrupted finds what it made, a later one makes its own.
  const newIdOf = (name: string) => derivedId('import', importId, 'segment', plain(name))
  const idOf = (name: string, held: readonly string[]): string => {
    const ids = byName.get(plain(name)) ?? []
    const found = ids.find((id) => held.includes(id)) ?? ids[0]
    if (found !== undefined) return found
    const id = newIdOf(name)
    if (!known.has(id)) made.set(id, name.trim())
    return id
  }
  return {
    byRule: new Set(living.map(({ name }) => plain(name)).filter((name) => !byName.has(name))),
    made,
    idsOf: (names, held) => [...new Set(names.map((name) => idOf(name, held)))],
    missing: (names) =>
      names.flatMap((name): Write[] => {
        const id = newIdOf(name)
        const row = known.get(id)
        if (byName.has(plain(name)) || written.has(id) || (row && row.deletedAt === undefined))
          return []
        written.add(id)
        const patch = row ? { deletedAt: null, deletedBy: null } : { name: name.trim(), owner: by }
        return [{ type: 'clientSegment', id, patch }]
      }),
  }
}
