/**
 * Ids of all rows of a table that lists show, by name: read from the index once and kept, since 50,000
 * of them take a tenth of a second to read and every search and sort begins with them. What changes
 * is moved to its place in what is kept.
 *
 *     rows in IndexedDB ── index `sortName`, by thousands ──► kept
 *     a change in any tab ──► taken out, put before the id that follows it in the index
 */
import type Dexie from 'dexie'
import type { Table } from 'dexie'
import { followKeys } from '../replica/index.ts'

interface Named {
  id: string
  /** Absent: the row stands in no list. */
  sortName?: string
}

export interface NameOrder {
  /** The first ids and how many there are in all: what a screen shows before `all` is read. */
  first: (count: number) => Promise<{ ids: string[]; total: number }>
  /** Another array after each change. */
  all: () => Promise<readonly string[]>
  close: () => void
}

export interface NameOrderOptions {
  now?: () => number
  atOnce?: number
}

/** Keys read at once: a few ms to take over from the browser. */
const keysAtOnce = 5_000
/** With more changes than this everything is read again. */
const fewChanges = 100
/**
 * Changes of the last so many ms are put in their places again with each that follows. Other tabs tell
 * of their changes one after another, but the base shows all of them at once: what was put beside
 * a row that had moved already without our knowing would stay there.
 */
const toldWithin = 5_000

export const openNameOrder = (
  base: Dexie,
  name: string,
  { now = () => performance.now(), atOnce = keysAtOnce }: NameOrderOptions = {},
): NameOrder => {
  const table: Table<Named, string> = base.table(name)
  let kept: readonly string[] | null = null
  let changed: 'any' | Set<string> = 'any'
  let reading: Promise<readonly string[]> | null = null
  const moved = new Map<string, number>()
  const stop = followKeys<string>(base, name, (ids) => {
    if (ids === 'any') changed = 'any'
    else if (changed !== 'any') for (const id of ids) changed.add(id)
  })

  const renewed = async (): Promise<readonly string[]> => {
    const told = changed
    changed = new Set()
    try {
      kept = (told !== 'any' && kept && (await mended(table, kept, lately(told)))) || null
      kept ??= await readAll(table, atOnce)
      return kept
    } catch (error) {
      changed = 'any'
      throw error
    }
  }

  /** These and what changed shortly before them. */
  const lately = (told: ReadonlySet<string>): string[] => {
    const at = now()
    for (const [id, then] of moved) if (at - then > toldWithin) moved.delete(id)
    for (const id of told) moved.set(id, at)
    return [...moved.keys()]
  }

  return {
    first: async (count) => {
      const [ids, total] = await Promise.all([
        table.orderBy('sortName').limit(count).primaryKeys(),
        table.orderBy('sortName').count(),
      ])
      return { ids, total }
    },
    all: async () => {
      // Dexie tells of a change who listens since later first: whoever asks as it hears of one asks
      // before it is noted here.
      await Promise.resolve()
      // One that began before this question may lack what the asker will not be told of any more. Its
      // own failure is told to those who wait for it; here all is read anew then.
      await reading?.catch(() => undefined)
      if (kept && changed !== 'any' && changed.size === 0) return kept
      reading ??= renewed().finally(() => {
        reading = null
      })
      return reading
    },
    close: stop,
  }
}

/** One transaction, so that what is read in parts is of one moment. */
const readAll = (table: Table<Named, string>, atOnce: number): Promise<string[]> =>
  table.db.transaction('r', table, async () => {
    const ids: string[] = []
    for (let limit = atOnce; ; ) {
      const last = ids.at(-1)
      const from = last === undefined ? undefined : (await table.get(last))?.sortName
      const rest =
        from === undefined ? table.orderBy('sortName') : table.where('sortName').aboveOrEqual(from)
      const keys = await rest.limit(limit).primaryKeys()
      // Those of the same name that were read already come again.
      const known = last === undefined ? -1 : keys.indexOf(last)
      const isBeyond = last !== undefined && known < 0
      if (!isBeyond) ids.push(...keys.slice(known + 1))
      if (keys.length < limit) return ids
      // Thousands of one name: more of them at once.
      limit = isBeyond || known === limit - 1 ? limit * 2 : atOnce
    }
  })

const isLater = (a: Named, b: Named): number => {
  const [left = '', right = ''] = [a.sortName, b.sortName]
  // The order of IndexedDB: by UTF-16 units, then by primary key.
  return (left === right ? a.id < b.id : left < right) ? 1 : -1
}

/** The order with these rows where they are now; null where it cannot be told. */
const mended = (
  table: Table<Named, string>,
  order: readonly string[],
  changed: readonly string[],
): Promise<string[] | null> | null => {
  if (changed.length > fewChanges) return null
  return table.db.transaction('r', table, async () => {
    const away = new Set(changed)
    const ids = order.filter((id) => !away.has(id))
    const rows = (await table.bulkGet([...changed])).flatMap((row) =>
      row?.sortName === undefined ? [] : [row],
    )
    // The last first: what follows each of them is there by then.
    for (const row of rows.sort(isLater)) {
      const next = await following(table, row)
      const at = next === null ? ids.length : ids.indexOf(next)
      if (at < 0) return null
      ids.splice(at, 0, row.id)
    }
    return ids
  })
}

/** The id that stands after a row in the index; null: none. */
const following = async (
  table: Table<Named, string>,
  { id, sortName = '' }: Named,
): Promise<string | null> => {
  for (let limit = 8; ; limit *= 8) {
    const keys = await table.where('sortName').aboveOrEqual(sortName).limit(limit).primaryKeys()
    const at = keys.indexOf(id)
    const next = at < 0 ? undefined : keys[at + 1]
    if (next !== undefined) return next
    if (keys.length < limit) return null
  }
}
