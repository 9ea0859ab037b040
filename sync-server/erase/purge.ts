/** Erases what lay in the trash long enough, and notices that are old. */
import { day, minute } from '../../shared/clock.ts'
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
      // Its contract was signed on a device that did not know of the deletion.
      if ((await store.lookup('inForce', id, 1)).length > 0) continue
      const outcome = await erase(deps, {
        id,
        user: 'relay',
        scope: { persons: false, messages: false, interests: false, contracts: false },
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

/** How long notices are kept. */
const noticeLife = 90 * day

/** Returns how many notices were erased. Several processes may do it at once: erased is erased. */
export const purgeNotices = async ({
  store,
  pipeline,
  clock,
  tell,
}: Omit<EraseDeps, 'disk'>): Promise<number> => {
  const old = (await store.firstOf('notice', atOnce)).filter(
    ({ at }) => at !== null && at < clock() - noticeLife,
  )
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  await pipeline.exclusively(async (drop) => {
    drop(ids)
    tell(ids, await store.erase(ids, clock(), 'relay'))
  })
  return ids.length
}
