/**
 * What records refer to, as lists filter and sort by it: a reference to a client or person that was
 * merged into another leads to that one, as it does everywhere (F239).
 */
import { resolve } from '../../shared/duplicates/resolve.ts'
import type { ReferenceKind } from '../../shared/fields/fields.ts'
import type { FilterContext } from '../../shared/fields/filter.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import { type ReplicaBase, resolveRows, type StoredRow } from '../replica/index.ts'
import type { NameOrder } from './name-order.ts'

export interface Same {
  /** The one that a reference leads to. */
  mainOf: (id: string) => string
  /** Others that mean the same record. */
  same: (id: string) => readonly string[]
}

export interface Target extends Same {
  /** Place among all records of its type by name; null: it is not on this device. */
  place: (id: string) => number | null
}

export type Targets = Partial<Record<ReferenceKind, Target>>

/** What a filter by a record asks for: all that were merged with it too. */
export const throughMerges = (context: FilterContext, all: readonly Same[]): FilterContext => ({
  ...context,
  below: (id) => [...(context.below?.(id) ?? []), ...all.flatMap(({ same }) => same(id))],
})

/** Only people and companies are merged. */
export const readSame = async (base: ReplicaBase, kind: ReferenceKind): Promise<Same> => {
  if (kind === 'interest') return { mainOf: (id) => id, same: () => [] }
  const rows = base.table<StoredRow<typeof kind>, string>(kind)
  const [duplicates, mains] = await Promise.all([
    rows.orderBy('mergedInto').toArray(),
    rows.where('hasMerges').equals(1).toArray(),
  ])
  const into = new Map<string, string>()
  // What a main record says of one that this user may not read; what it says itself comes after.
  for (const main of mains) for (const id of mergedHere(main)) into.set(id, main.id)
  for (const { id, mergedInto } of duplicates) if (mergedInto) into.set(id, mergedInto)
  const mainOf = (id: string) => resolve(id, (one) => into.get(one))
  const alike = new Map<string, string[]>()
  for (const id of into.keys()) {
    const main = mainOf(id)
    alike.set(main, [...(alike.get(main) ?? [main]), id])
  }
  return { mainOf, same: (id) => (alike.get(mainOf(id)) ?? []).filter((one) => one !== id) }
}

export const readTarget = async (
  base: ReplicaBase,
  kind: ReferenceKind,
  order: NameOrder,
): Promise<Target> => {
  const [ids, same] = await Promise.all([order.all(), readSame(base, kind)])
  let places: Map<string, number> | null = null
  return {
    ...same,
    place: (id) => {
      places ??= new Map(ids.map((one, place) => [one, place]))
      return places.get(same.mainOf(id)) ?? null
    },
  }
}

/** Names of the records that fields of these kinds hold, by id; of a merged one, that of its main record. */
export const readReferenceNames = async (
  base: ReplicaBase,
  ids: Readonly<Partial<Record<ReferenceKind, readonly string[]>>>,
): Promise<Map<string, string>> => {
  const names = new Map<string, string>()
  for (const kind of ['client', 'person'] as const)
    for (const [id, { name }] of await resolveRows(base, kind, ids[kind] ?? [])) names.set(id, name)
  for (const row of await base.interest.bulkGet([...(ids.interest ?? [])]))
    if (row) names.set(row.id, row.name)
  return names
}
