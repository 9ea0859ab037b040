/** The ids that a list shows, kept up to date, and the rows of those in view. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { FieldInfo, ReferenceKind } from '../../shared/fields/fields.ts'
import type { FilterContext } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import { followPaced, type Replica, type StoredRow, useLive } from '../replica/index.ts'
import { findRecords, isPlain, type ListedTable, referencesAsked } from './find.ts'
import { keptOf } from './kept.ts'
import type { ListQuery } from './query.ts'

/** What a list shows. */
export interface Records {
  /** In their order; those after the first screen may be missing for a moment at the beginning. */
  ids: readonly string[]
  /** How many there are in all. */
  total: number
  /** What was asked: the next answer may be on its way. */
  query: ListQuery
}

/** More than the tallest screen shows, so that it does not change when the rest comes. */
const firstScreen = 100

/** Null until the first answer; then the last one stays while another is looked for. */
export const useRecords = (
  replica: Replica,
  table: ListedTable,
  query: ListQuery | null,
  infos: readonly FieldInfo[],
  names: Names,
  context: FilterContext,
): Records | null => {
  const [found, setFound] = useState<(Records & { table: ListedTable }) | null>(null)
  const { base } = replica
  const isShown = useRef(false)
  const asked = JSON.stringify(query)
  useEffect(() => {
    if (!query) return
    let over = false
    const kept = keptOf(base, table)
    const show = (ids: readonly string[], total: number) => {
      if (over) return
      isShown.current = true
      setFound({ table, ids, total, query })
    }
    const ask = async () => {
      if (!isShown.current && isPlain(query)) {
        const { ids, total } = await kept.order.first(firstScreen)
        show(ids, total)
      }
      const orderOf = (kind: ReferenceKind) => keptOf(base, kind).order
      const isOver = () => over
      return findRecords(query, { base, table, kept, orderOf, infos, names, context, isOver })
    }
    const read = [...new Set([table, ...referencesAsked(query, infos, context)])]
    const end = followPaced(base, read, ask, (ids) => show(ids, ids.length))
    return () => {
      over = true
      end()
    }
  }, [base, table, asked, infos, names, context])
  return found?.table === table ? found : null
}

/** Rows in view; those read before stay until others are there, so that nothing flickers. */
export const useRows = <T extends ListedTable>(
  replica: Replica,
  table: T,
  ids: readonly string[] | null,
  [first, end]: readonly [number, number],
): ReadonlyMap<string, StoredRow<T>> => {
  const wanted = ids?.slice(first, end) ?? []
  return useLive<ReadonlyMap<string, StoredRow<T>>>(
    async () => {
      // The table named `T` holds rows of `T`; Dexie's methods lose that over a union of tables.
      const rows = (await replica.base.table(table).bulkGet(wanted)) as (StoredRow<T> | undefined)[]
      return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
    },
    [ids, first, end, table, replica],
    new Map(),
  ).value
}
