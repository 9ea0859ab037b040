/**
 * What lists keep in memory of a table, as long as the page has its base open: whoever comes back from
 * a card finds the list as it was, and nothing is read twice.
 */
import type { ReplicaBase } from '../replica/index.ts'
import type { ListedTable } from './find.ts'
import { type NameOrder, openNameOrder } from './name-order.ts'
import { openValueCache, type ValueCache } from './value-cache.ts'

export interface Kept {
  order: NameOrder
  values: ValueCache
}

// By base and not in a component: lists come and go while it stays. Goes with the base.
const keptByBase = new WeakMap<ReplicaBase, Map<ListedTable, Kept>>()

export const keptOf = (base: ReplicaBase, table: ListedTable): Kept => {
  const tables = keptByBase.get(base) ?? new Map<ListedTable, Kept>()
  keptByBase.set(base, tables)
  const kept = tables.get(table) ?? {
    order: openNameOrder(base, table),
    values: openValueCache(base, table),
  }
  tables.set(table, kept)
  return kept
}
