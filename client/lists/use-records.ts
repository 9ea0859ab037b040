/** The ids that a list shows, kept up to date, and the rows of those in view. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import type { FilterContext } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import { followPaced, type Replica, type StoredRow, useLive } from '../replica/index.ts'
import { findRecords, type ListedTable } from './find.ts'
import type { ListQuery } from './query.ts'
import { openValueCache } from './value-cache.ts'

/** Null until the first answer; then the last one stays while another is looked for. */
export const useRecords = (
  replica: Replica,
  table: ListedTable,
  query: ListQuery,
  infos: readonly FieldInfo[],
  names: Names,
  context: FilterContext,
): string[] | null => {
  const [found, setFound] = useState<{ table: ListedTable; ids: string[] } | null>(null)
  const { base } = replica
  const cache = useMemo(() => openValueCache(base, table), [base, table])
  useEffect(() => () => cache.close(), [cache])
  const asked = JSON.stringify(query)
  useEffect(() => {
    let over = false
    const end = followPaced(
      base,
      table,
      () => findRecords(query, { base, table, cache, infos, names, context, isOver: () => over }),
      (ids) => {
        if (!over) setFound({ table, ids })
      },
    )
    return () => {
      over = true
      end()
    }
  }, [base, cache, asked, infos, names, context])
  return found?.table === table ? found.ids : null
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
