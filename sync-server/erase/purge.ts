/** Erases what lay in the trash long enough. */
import { minute } from '../../shared/clock.ts'
import { trashLife } from '../../shared/trash.ts'
import { type EraseDeps, erase, removeFiles } from './erase.ts'

/** One process at a time; a dead one's lease is over before the next hourly run. */
const leaseName = 'job:trash'
const leaseFor = 10 * minute
/** In one run: each stops commits for some milliseconds. */
const atOnce = 500

/** Returns how many records were erased. `holder` names this process. */
export const purgeTrash = async (deps: EraseDeps, holder: string): Promise<number> => {
  const { store, disk, clock } = deps
  const now = clock()
  const held = await store.lease(holder, [leaseName], now, now + leaseFor)
  if (held.length === 0) return 0
  let erased = 0
  try {
    for (const id of await store.trashedBy(now - trashLife, atOnce)) {
      const outcome = await erase(deps, {
        id,
        user: 'relay',
        scope: { persons: false, messages: false },
        // Taken out of the trash just now.
        isWanted: ({ deletedAt }) => deletedAt !== undefined,
      })
      if (outcome.ok) erased++
    }
    await removeFiles(store, disk)
  } finally {
    await store.release(holder, [leaseName])
  }
  return erased
}
