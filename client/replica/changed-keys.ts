/**
 * Which rows of a table have changed, in any tab or worker: for those who keep something of every row
 * in memory and read again only what is other now. Dexie tells it after each transaction.
 */
import Dexie, { type ObservabilitySet } from 'dexie'

/**
 * The keys of a changed table as Dexie tells them, in its RangeSet: a tree of intervals, where a key
 * alone is an interval of one. From other tabs it comes as a plain object, and is not iterable then.
 */
interface Intervals {
  from?: unknown
  to?: unknown
  l?: Intervals | null
  r?: Intervals | null
}

/** Keys of changed rows, or that any row may have changed. */
export type Changed<Key> = readonly Key[] | 'any'

const keysIn = (intervals: Intervals | null | undefined, keys: unknown[]): boolean => {
  if (!intervals) return true
  const { from, to, l, r } = intervals
  if (from !== undefined) {
    // An interval of more than one key: a table that was cleared.
    if (from !== to) return false
    keys.push(from)
  }
  return keysIn(l, keys) && keysIn(r, keys)
}

/** Calls `onChange` after each transaction that wrote to the table. Returns a function that ends it. */
export const followKeys = <Key extends string | number>(
  base: Dexie,
  table: string,
  onChange: (changed: Changed<Key>) => void,
): (() => void) => {
  const name = `idb://${base.name}/${table}/`
  const heard = (parts: ObservabilitySet) => {
    if ('all' in parts) return onChange('any')
    const intervals = parts[name] as Intervals | undefined // see Intervals
    if (!intervals) return
    const keys: unknown[] = []
    if (!keysIn(intervals, keys)) onChange('any')
    else if (keys.length > 0) onChange(keys as Key[]) // the caller knows its table
  }
  Dexie.on('storagemutated', heard)
  return () => Dexie.on.storagemutated.unsubscribe(heard)
}
