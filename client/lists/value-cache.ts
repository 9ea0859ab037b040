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
import { type Changed, followKeys } from '../replica/index.ts'
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

interface Kept {
  /** All of what is kept: of every row, whoever asked for it. */
  infos: readonly FieldInfo[]
  values: Map<string, Values | null>
}

/** A row as far as it is wanted, in the shape that `fieldValue` reads. */
const wantedOf = (row: Values, infos: readonly FieldInfo[]): Values => {
  const wanted: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const info of infos) {
    // Worked out anew each time it is asked for.
    if (info.of) {
      for (const key of info.from ?? []) wanted[key] = row[key]
      continue
    }
    const value = fieldValue(info, row)
    if (value === undefined) continue
    if (info.key.startsWith('custom/')) custom[info.key.slice('custom/'.length)] = value
    else wanted[info.key] = value
  }
  return { ...wanted, id: row.id, custom }
}

export const openValueCache = (base: Dexie, table: string): ValueCache => {
  const rows: Table<Values, string> = base.table(table)
  // Another one where other fields are asked for: who still reads the former ones fills the former.
  let kept: Kept = { infos: [], values: new Map() }
  /** Told while rows are read: what was read of these may be of before. */
  const changes = new Set<(changed: Changed<string>) => void>()
  const stop = followKeys<string>(base, table, (changed) => {
    if (changed === 'any') kept.values.clear()
    else for (const id of changed) kept.values.delete(id)
    for (const tell of changes) tell(changed)
  })

  /** Keeps what `ask` finds, but for rows that changed meanwhile: those are given and read again. */
  const keep = async (
    { infos, values }: Kept,
    ask: () => PromiseLike<(readonly [id: string, row: Values | undefined])[]>,
  ) => {
    const changed = new Set<string>()
    let isAny = false
    const tell = (ids: Changed<string>) => {
      if (ids === 'any') isAny = true
      else for (const id of ids) changed.add(id)
    }
    changes.add(tell)
    try {
      const found = await ask()
      const wanted = found.map(([id, row]) => [id, row ? wantedOf(row, infos) : null] as const)
      if (!isAny) for (const [id, value] of wanted) if (!changed.has(id)) values.set(id, value)
      return new Map(wanted)
    } finally {
      changes.delete(tell)
    }
  }

  const read = (into: Kept, ids: readonly string[]) =>
    keep(into, async () => {
      const found = await rows.bulkGet([...ids])
      return ids.map((id, at) => [id, found[at]] as const)
    })

  /** Of those that lie between the first and the last of the missing, all that are not kept. */
  const readThrough = async (into: Kept, missing: readonly string[], isOver: () => boolean) => {
    const sorted = [...missing].sort()
    const end = sorted.at(-1) ?? ''
    for (let from = sorted[0] ?? '', isFirst = true; ; isFirst = false) {
      const found = await keep(into, async () => {
        const page = rows.where(':id').between(from, end, isFirst, true).limit(rowsAtOnce)
        return (await page.toArray()).map((row) => [String(row.id), row] as const)
      })
      const last = [...found.keys()].at(-1)
      if (last === undefined || found.size < rowsAtOnce || isOver()) return
      from = last
    }
  }

  return {
    each: async (ids, infos, take, isOver = () => false) => {
      const isKnown = (info: FieldInfo) => kept.infos.some(({ key }) => key === info.key)
      // What is kept lacks a field: everything is read again with it.
      if (!infos.every(isKnown)) kept = { infos, values: new Map() }
      const mine = kept
      const missingOf = (some: readonly string[]) => some.filter((id) => !mine.values.has(id))
      const pauses = openPauses()
      const missing = missingOf(ids)
      if (missing.length > manyMissing && missing.length > (await rows.count()) / 2)
        await readThrough(mine, missing, isOver)
      for (let start = 0; start < ids.length; start += rowsAtOnce) {
        if (isOver()) return
        const step = ids.slice(start, start + rowsAtOnce)
        const left = missingOf(step)
        const found = left.length > 0 ? await read(mine, left) : null
        for (const id of step) {
          take(id, mine.values.get(id) ?? found?.get(id) ?? null)
          if (pauses.isDue()) await pauses.pause()
        }
      }
    },
    close: () => {
      stop()
      kept.values.clear()
    },
  }
}
