/**
 * Sets of strings: ids of tags, of segments. Each is a key of its own, so that of two devices that
 * change a set at once both have their way:
 *
 *     Y.Map 'f'   tags/<item> → true    it is in the set
 *                 tags/<item> → false   it is taken out of the list below
 *                 tags        → list    what was kept in one key by earlier programs; never written
 */
import type * as Y from 'yjs'
import type { Patch } from './change.ts'
import type { Row } from './declaration.ts'
import { declarationOf, type RecordType } from './index.ts'

/** Item → whether it is to be in the set; what is not named stays as it is. */
export type SetChange = Readonly<Record<string, boolean>>

export const setChange = (held: readonly string[], wanted: readonly string[]): SetChange => {
  const [before, after] = [new Set(held), new Set(wanted)]
  return Object.fromEntries([
    ...wanted.filter((item) => !before.has(item)).map((item) => [item, true] as const),
    ...held.filter((item) => !after.has(item)).map((item) => [item, false] as const),
  ])
}

/** What a patch asks of a set: the change, or the whole as a list (null: nothing). */
const changeOf = (value: unknown, held: readonly string[]): SetChange =>
  value === null || value === undefined || Array.isArray(value)
    ? setChange(held, (value ?? []) as string[]) // per Patch
    : (value as SetChange) // per Patch

/** The list of one key, then what has keys of its own, in an order that is the same everywhere. */
export const itemsOf = (list: readonly string[], keys: ReadonlyMap<string, boolean>): string[] => {
  const own = [...keys].flatMap(([item, isIn]) => (isIn ? [item] : []))
  const kept = list.filter((item) => keys.get(item) !== false)
  return [...new Set([...kept, ...own.sort()])]
}

export const putSet = (map: Y.Map<unknown>, name: string, value: unknown): void => {
  const kept: unknown = map.get(name)
  const list = Array.isArray(kept) ? kept.map(String) : []
  const keys = new Map<string, boolean>()
  for (const [key, isIn] of map.entries())
    if (key.startsWith(`${name}/`)) keys.set(key.slice(name.length + 1), isIn === true)
  const held = new Set(itemsOf(list, keys))
  for (const [item, isIn] of Object.entries(changeOf(value, [...held]))) {
    if (held.has(item) === isIn) continue
    const key = `${name}/${item}`
    if (isIn) map.set(key, true)
    else if (list.includes(item)) map.set(key, false)
    else map.delete(key)
  }
}

/**
 * The patch with what it changes of each set instead of the whole: made again on another state of the
 * record, it leaves alone what others changed meanwhile.
 */
export const withSetChanges = (type: RecordType, patch: Patch, before: Row | null): Patch => {
  const changed: Patch = { ...patch }
  for (const [name, value] of Object.entries(patch))
    if (declarationOf(type).fields[name]?.kind === 'set')
      changed[name] = changeOf(value, (before?.[name] ?? []) as string[]) // a set is a list of strings
  return changed
}
