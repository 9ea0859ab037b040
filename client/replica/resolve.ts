/**
 * Records behind links: of one that was merged, the main record. A duplicate that is on the device says
 * itself where it went; one that this user may not read is known from the main record.
 */
import type { MergedType } from '../../shared/duplicates/merge.ts'
import { resolve } from '../../shared/duplicates/resolve.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { ReplicaBase, StoredRow } from './tables.ts'

type Table = MergedType

/** Longest chain of merges followed: each is a person's decision, and thousands would be a fault. */
const maxSteps = 1_000

/** Record → the one it is merged into, for these and all that they lead to. */
const pointersFrom = async <T extends Table>(
  base: ReplicaBase,
  table: T,
  ids: Iterable<string>,
): Promise<{ into: Map<string, string>; rows: Map<string, StoredRow<T>> }> => {
  const into = new Map<string, string>()
  const rows = new Map<string, StoredRow<T>>()
  let wanted = [...new Set(ids)]
  for (let step = 0; wanted.length > 0 && step < maxSteps; step++) {
    const found = await base.table<StoredRow<T>, string>(table).bulkGet(wanted)
    const missing: string[] = []
    for (const [index, id] of wanted.entries()) {
      const row = found[index]
      if (row) rows.set(id, row)
      else missing.push(id)
      if (row?.mergedInto) into.set(id, row.mergedInto)
    }
    if (missing.length > 0) {
      const mains = await base
        .table<StoredRow<T>, string>(table)
        .where('mergedIds')
        .anyOf(missing)
        .toArray()
      // Two claims to a record that this user may not read: the relay has one of them undone.
      for (const main of mains.sort((a, b) => (a.id < b.id ? 1 : -1)))
        for (const id of mergedHere(main)) if (missing.includes(id)) into.set(id, main.id)
    }
    wanted = [
      ...new Set(wanted.flatMap((id) => into.get(id) ?? []).filter((id) => !rows.has(id))),
    ].filter((id) => !into.has(id))
  }
  return { into, rows }
}

/** The row that each link leads to; absent where this user may not read it. */
export const resolveRows = async <T extends Table>(
  base: ReplicaBase,
  table: T,
  ids: Iterable<string>,
): Promise<Map<string, StoredRow<T>>> => {
  const list = [...ids].filter((id) => id !== '')
  const { into, rows } = await pointersFrom(base, table, list)
  const resolved = new Map<string, StoredRow<T>>()
  for (const id of list) {
    const row = rows.get(resolve(id, (one) => into.get(one)))
    if (row) resolved.set(id, row)
  }
  return resolved
}

export const resolveRow = async <T extends Table>(
  base: ReplicaBase,
  table: T,
  id: string | undefined,
): Promise<StoredRow<T> | undefined> =>
  id === undefined ? undefined : (await resolveRows(base, table, [id])).get(id)

/** The record with all that are merged into it, straight or by way of another: whose links are its own. */
export const identitiesOf = async (
  base: ReplicaBase,
  table: Table,
  id: string,
): Promise<string[]> => {
  const rows = base.table<StoredRow<Table>, string>(table)
  const found = new Set([id])
  for (let wanted = [id]; wanted.length > 0; ) {
    const [mains, duplicates] = await Promise.all([
      rows.bulkGet(wanted),
      rows.where('mergedInto').anyOf(wanted).primaryKeys(),
    ])
    const claimed = mains.flatMap((main) => (main ? mergedHere(main) : []))
    // One that says itself that it went elsewhere did so.
    const there = await rows.bulkGet(claimed)
    const held = claimed.filter((_, index) => {
      const row = there[index]
      return !row || wanted.includes(row.mergedInto ?? '')
    })
    wanted = [...new Set([...duplicates, ...held])].filter((one) => !found.has(one))
    for (const one of wanted) found.add(one)
  }
  return [...found]
}
