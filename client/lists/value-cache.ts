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
import { followKeys } from '../replica/index.ts'
import { openPauses } from './in-slices.ts'

export type Values = Readonly<Record<string, unknown>>

export interface ValueCache {
  /**
   * Calls `take` for each id with the values of `infos` (null: no such row), in the order of `ids`.
   * Reads what is missing in steps, and pauses between them so that the page can draw. Ends early
   * when `isOver`.
   */
  each(
    ids: readonly string[],
    infos: readonly FieldInfo[],
    take: (id: string, values: Values | null) => void,
    isOver?: () => boolean,
  ): Promise<void>
  close(): void
}

/** Rows read at once: some 12 ms, less than a frame. */
const rowsAtOnce = 250
/** When so many are missing, rows are read in the order of their ids, whoever is asked for: a third of the time. */
const manyMissing = 2_000

/** A row as far as it is wanted, in the shape that `fieldValue` reads. */
const wantedOf = (row: Values, infos: readonly FieldInfo[]): Values => {
  const wanted: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const info of infos) {
    // Worked out anew each time it is asked for.
    if (info.of) continue
    const value = fieldValue(info, row)
    if (value === undefined) continue
    if (info.key.startsWith('custom/')) custom[info.key.slice('custom/'.length)] = value
    else wanted[info.key] = value
  }
  return { ...wanted, id: row.id, custom }
}

export const openValueCache = (base: Dexie, table: string): ValueCache => {
  const rows: Table<Values, string> = base.table(table)
  const kept = new Map<string, Values | null>()
  /** All of what is kept: of every row, whoever asked for it. */
  let known: readonly FieldInfo[] = []
  const stop = followKeys<string>(base, table, (changed) => {
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

  const missingOf = (ids: readonly string[]) => ids.filter((id) => !kept.has(id))

  /** Of those that lie between the first and the last of the missing, all that are not kept. */
  const readThrough = async (
    missing: readonly string[],
    infos: readonly FieldInfo[],
    isOver: () => boolean,
  ) => {
    const sorted = [...missing].sort()
    const end = sorted.at(-1) ?? ''
    for (let from = sorted[0] ?? '', isFirst = true; ; isFirst = false) {
      const found = await rows
        .where(':id')
        .between(from, end, isFirst, true)
        .limit(rowsAtOnce)
        .toArray()
      for (const row of found) kept.set(String(row.id), wantedOf(row, infos))
      const last = found.at(-1)
      if (!last || found.length < rowsAtOnce || isOver()) return
      from = String(last.id)
    }
  }

  return {
    each: async (ids, infos, take, isOver = () => false) => {
      const isKnown = (info: FieldInfo) => known.some(({ key }) => key === info.key)
      if (!infos.every(isKnown)) {
        // What is kept lacks a field: everything is read again with it.
        kept.clear()
        known = infos
      }
      const all = known
      const pauses = openPauses()
      const missing = missingOf(ids)
      if (missing.length > manyMissing && missing.length > (await rows.count()) / 2)
        await readThrough(missing, all, isOver)
      for (let start = 0; start < ids.length; start += rowsAtOnce) {
        if (isOver()) return
        const step = ids.slice(start, start + rowsAtOnce)
        const left = missingOf(step)
        if (left.length > 0) await read(left, all)
        for (const id of step) {
          take(id, kept.get(id) ?? null)
          if (pauses.isDue()) await pauses.pause()
        }
      }
    },
    close: () => {
      stop()
      kept.clear()
    },
  }
}
