/**
 * Browsers lose connections to IndexedDB: a phone out of memory, a base evicted, a profile on a
 * disk that slept. The base is opened again once and the work repeated; a second failure throws.
 */
import type Dexie from 'dexie'

const lost = new Set(['DatabaseClosedError', 'InvalidStateError', 'UnknownError'])

/** Whether the error, or what Dexie wrapped in it, has such a name. */
export const isNamed = (error: unknown, names: ReadonlySet<string>): boolean => {
  if (!(error instanceof Error)) return false
  const { inner } = error as { inner?: unknown } // Dexie's errors carry the browser's own
  return names.has(error.name) || isNamed(inner, names)
}

export const onceMore = async <T>(base: Dexie, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!isNamed(error, lost)) throw error
    base.close({ disableAutoOpen: false })
    await base.open()
    return work()
  }
}
