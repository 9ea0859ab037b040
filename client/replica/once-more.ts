/**
 * Browsers lose connections to IndexedDB: a phone out of memory, a base evicted, a profile on a
 * disk that slept. The base is opened again once and the work repeated; a second failure throws.
 */
import type Dexie from 'dexie'
import { fail, type Result } from '../../shared/reasons.ts'

const lost = new Set(['DatabaseClosedError', 'InvalidStateError', 'UnknownError'])

/** Whether the error, or what Dexie wrapped in it, has such a name. */
const isNamed = (error: unknown, names: ReadonlySet<string>): boolean => {
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

const full = new Set(['QuotaExceededError'])

/** A full disk is no programmer's error: the user is told, and nothing was stored. */
export const withRoom = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await work()
  } catch (error) {
    if (!isNamed(error, full)) throw error
    return fail('storageFull')
  }
}
