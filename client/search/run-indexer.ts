/** Keeps the index up to date as long as the worker lives, behind everything else it does. */
import { followKeys } from '../replica/changed-keys.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { createBell } from '../sync/bell.ts'
import { BrokenIndex, forgetIndex, openIndexer } from './indexer.ts'

/** Of uninterrupted work, ms: less than a frame, so that a feed or a push waits no longer. */
const slice = 8
/**
 * Changes go first: an edit and its way to the relay, or what the feed brings. A step for one changed
 * row is dozens of requests to a base that serves one at a time, and took 50 ms of each 60 while
 * somebody edited. So nothing is begun until nothing was written for so long, ms…
 */
const quiet = 250
/** …but where changes never cease, after so long, ms: what is written has to be found some day. */
const longestPause = 2_000
/** The same between the parts of a step, of which a large one has hundreds. */
const longestBreath = 100
/** A first sync that brings nothing for so long is at rest, ms (no network, or a slow one). */
const restAfter = 3_000
/** After a failure (no room, a lost connection), ms. */
const retryAfter = 30_000

export interface RunIndexerDeps {
  base: ReplicaBase
  /** Milliseconds, for measuring slices. */
  now: () => number
  /** Whether an index may be built: on a full device it goes before anything else. */
  hasRoom: () => Promise<boolean>
}

/** Resolves soon after `signal`; never rejects. */
export const runIndexer = async (
  { base, now, hasRoom }: RunIndexerDeps,
  signal: AbortSignal,
): Promise<void> => {
  const bell = createBell()
  let rungAt = now()
  let newest = 0
  // The log is all that has to be watched: every change of a searched row is noted there. By the word
  // of it, since to ask the base after each change is a transaction more for each edit.
  const unfollow = followKeys<number>(base, 'searchLog', (keys) => {
    const last = keys === 'any' ? newest + 1 : keys.reduce((a, b) => Math.max(a, b), 0)
    // Notes that are done with leave: that is nobody's change.
    if (last <= newest) return
    if (keys !== 'any') newest = last
    rungAt = now()
    bell.ring()
  })

  /** Waits until nobody writes, `longest` ms at most. */
  const pause = async (longest: number) => {
    const until = now() + longest
    for (;;) {
      const left = Math.min(rungAt + quiet, until) - now()
      if (left <= 0) return
      await createBell().wait(signal, left)
      signal.throwIfAborted()
    }
  }
  let sliceStart = now()
  const breathe = async () => {
    signal.throwIfAborted()
    if (now() - sliceStart < slice) return
    await new Promise((resolve) => setTimeout(resolve))
    await pause(longestBreath)
    sliceStart = now()
    signal.throwIfAborted()
  }

  /** A first sync has the worker and the disk for itself. */
  const firstSyncRests = async () => {
    while (!signal.aborted && (await base.meta.get('complete')) !== true) {
      if (now() - rungAt >= restAfter) return
      await bell.wait(signal, restAfter)
    }
  }

  try {
    while (!signal.aborted) {
      try {
        await firstSyncRests()
        while (!signal.aborted && !(await hasRoom())) await createBell().wait(signal, retryAfter)
        if (signal.aborted) return
        const indexer = await openIndexer({ base, breathe })
        let tidied = false
        while (!signal.aborted) {
          await pause(longestPause)
          if (await indexer.step()) continue
          if (!tidied) await indexer.tidy()
          tidied = true
          await bell.wait(signal)
        }
      } catch (error) {
        if (signal.aborted) return
        console.warn('The search index waits', error)
        if (error instanceof BrokenIndex) await forgetIndex(base)
        else await createBell().wait(signal, retryAfter)
      }
    }
  } finally {
    unfollow()
  }
}
