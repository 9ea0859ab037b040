/**
 * The citation index (F233): how many links lead to a record from dialogs, Interests, tasks, events and
 * other records. Links to what was merged into it are its own.
 */
import Dexie from 'dexie'
import type { MergedType } from '../../shared/duplicates/merge.ts'
import { identitiesOf } from '../replica/resolve.ts'
import type { ReplicaBase } from '../replica/tables.ts'

/**
 * Tables whose records name one that can be merged, and the index they are found by; `places` are [id, time].
 * Nothing but its own dialog names an appeal.
 */
const linksTo = {
  client: [
    ['dialog', 'client'],
    ['person', 'client'],
    ['client', 'parent'],
    ['interest', 'client'],
    ['contract', 'client'],
    ['task', 'client'],
    ['interaction', 'places'],
  ],
  person: [
    ['dialog', 'person'],
    ['interest', 'person'],
    ['contract', 'person'],
    ['task', 'person'],
    ['interaction', 'places'],
  ],
  appeal: [],
} as const satisfies Record<MergedType, readonly (readonly [string, string])[]>

/** Of one record. */
export const citationsOf = async (
  base: ReplicaBase,
  table: MergedType,
  id: string,
): Promise<number> => {
  const ids = await identitiesOf(base, table, id)
  const counts = await Promise.all(
    linksTo[table].flatMap(([name, index]) =>
      index === 'places'
        ? ids.map((one) =>
            base.table(name).where(index).between([one, Dexie.minKey], [one, Dexie.maxKey]).count(),
          )
        : base.table(name).where(index).anyOf(ids).count(),
    ),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Of all. `merged`: ids merged into a record. */
export const allCitations = async (
  base: ReplicaBase,
  table: MergedType,
  merged: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  const into = new Map([...merged].flatMap(([main, ids]) => ids.map((id) => [id, main])))
  const lists = await Promise.all(
    linksTo[table].map(([name, index]) => base.table(name).orderBy(index).keys()),
  )
  for (const keys of lists)
    for (const key of keys) {
      const named = String(Array.isArray(key) ? key[0] : key)
      const id = into.get(named) ?? named
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  return counts
}
