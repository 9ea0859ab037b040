/**
 * Values of the fields that a list filters and sorts by, kept in memory while the list is open:
 * 50,000 rows take a second to read, and only those that changed are read again.
 *
 *     rows in IndexedDB ── read by hundreds ──► kept: id → { field: value }
 *     a change in any tab ── Dexie names the keys ──► those are dropped
 */
import type Dexie from 'dexie'
import type { Table } from 'dexie'
import { type FieldInfo, fieldValue } from '../../shared/fields/fields.ts'
import { followIds } from '../replica/index.ts'

export type Values = Readonly<Record<string, unknown>>

export interface ValueCache {
  /**
   * Calls `take` for each id with the values of `infos` (null: no such row), in the order of `ids`.
   * Reads what is missing in steps, between which the page can draw. Ends early when `isOver`.
   */
  each(
    ids: readonly string[],
    infos: readonly FieldInfo[],
    take: (id: string, values: Values | null) => void,
    isOver?: () => boolean,
  ): Promise<void>
  close(): void
}

/** Rows read at once: some 15 ms, less than a frame. */
const rowsAtOnce = 400

/** A row as far as it is wanted, in the shape that `fieldValue` reads. */
const wantedOf = (row: Values, infos: readonly FieldInfo[]): Values => {
  const wanted: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const info of infos) {
    const value = fieldValue(info, row)
    if (value === undefined) continue
    if (info.key.startsWith('custom/')) custom[info.key.slice('custom/'.length)] = value
    else wanted[info.key] = value
  }
  return { ...wanted, custom }
}

export const openValueCache = (base: Dexie, table: string): ValueCache => {
  const rows: Table<Values, string> = base.table(table)
  const kept = new Map<string, Values | null>()
  let fields = new Set<string>()
  const stop = followIds(base, table, (changed) => {
    if (changed === 'any') kept.clear()
    else for (const id of changed) kept.delete(id)
  })

  const read = async (ids: readonly string[], infos: readonly FieldInfo[]) => {
    const found = await rows.bulkGet([...ids])
    for (const [index, id] of ids.entries()) {
      const row = found[index]
      kept.set(id, row ? wantedOf(row, infos) : null)
    }
  }

  return {
    each: async (ids, infos, take, isOver = () => false) => {
      if (infos.some(({ key }) => !fields.has(key))) {
        // What is kept lacks a field: everything is read again with it.
        kept.clear()
        fields = new Set(infos.map(({ key }) => key))
      }
      const all = infos.filter(({ key }) => fields.has(key))
      for (let start = 0; start < ids.length; start += rowsAtOnce) {
        if (isOver()) return
        const step = ids.slice(start, start + rowsAtOnce)
        const missing = step.filter((id) => !kept.has(id))
        if (missing.length > 0) await read(missing, all)
        for (const id of step) take(id, kept.get(id) ?? null)
      }
    },
    close: () => {
      stop()
      kept.clear()
    },
  }
}
