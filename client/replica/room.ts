/**
 * No room on the device. What the relay has as well makes place for what only this device has: first
 * cached files, then the search index, each of which comes back when there is room. States and rows
 * stay, since without them nothing could be changed with no network; the outbox stays always.
 */
import type { Clock } from '../../shared/clock.ts'
import { fail, type Result } from '../../shared/reasons.ts'
import { searchKey, searchTables } from '../search/tables.ts'
import { isNamed } from './once-more.ts'
import type { ReplicaBase } from './tables.ts'

const full = new Set(['QuotaExceededError'])

export const isFull = (error: unknown): boolean => isNamed(error, full)

/** In `meta`: when room was made last, ms. Written by `makeRoom` only. */
export const roomMadeKey = 'roomMadeAt'

/** Lets go of the next thing that can be had again; false where nothing is left to let go of. */
export const makeRoom = async (base: ReplicaBase, clock: Clock): Promise<boolean> => {
  const cached = await base.files.filter(({ unsent }) => unsent === 0).primaryKeys()
  if (cached.length > 0) {
    await base.files.bulkDelete(cached)
    return true
  }
  if ((await base.searchBlock.count()) === 0) return false
  const tables = Object.keys(searchTables).filter((name) => name !== 'searchLog')
  await base.transaction('rw', [...tables, 'meta'], async () => {
    for (const name of tables) await base.table(name).clear()
    // The indexer begins anew once there is room, with rows instead of notes.
    await base.meta.delete(searchKey)
  })
  try {
    await base.meta.put(clock(), roomMadeKey)
  } catch (error) {
    // Browsers give room back late: without the mark the index is built a little sooner.
    if (!isFull(error)) throw error
  }
  return true
}

/**
 * A full device is no programmer's error: room is made, and where there is none left to make, the
 * user is told. Then nothing of `work` was stored.
 */
export const withRoom = async <T>(
  { base, clock }: { base: ReplicaBase; clock: Clock },
  work: () => Promise<Result<T>>,
): Promise<Result<T>> => {
  for (;;)
    try {
      return await work()
    } catch (error) {
      if (!isFull(error)) throw error
      if (!(await makeRoom(base, clock))) return fail('deviceFull')
    }
}
