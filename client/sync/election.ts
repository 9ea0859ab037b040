/**
 * Which tab syncs. Of the visible tabs one holds the lock and runs the worker; the browser gives
 * the lock on the moment its holder lets go, is closed or dies. A hidden tab lets go as soon as
 * nothing is on its way; one that is being frozen at once.
 */
import type { WorkerMessage } from './worker.ts'

/** A hidden tab may finish what it sends for this long, ms; browsers freeze it no sooner. */
const finishLimit = 3_000

export interface Election {
  /** Resolves when this tab neither syncs nor wants to. */
  stop: () => Promise<void>
}

export interface ElectionOptions {
  /** Name of the replica's base. */
  name: string
  device: string
  createWorker: () => Worker
}

export const startElection = ({ name, device, createWorker }: ElectionOptions): Election => {
  let candidacy: { giveUp: (atOnce: boolean) => void; over: Promise<void> } | null = null
  let stopped = false

  const stand = () => {
    const wanted = new AbortController()
    let release: (atOnce: boolean) => void = () => {}
    const over = whenElected(`${name}-sync`, wanted.signal, async () => {
      if (wanted.signal.aborted) return
      const worker = createWorker()
      const finished = new Promise<void>((resolve) => {
        worker.addEventListener('message', () => resolve())
        // Its program could not be loaded.
        worker.addEventListener('error', () => resolve())
      })
      const message: WorkerMessage = { kind: 'start', name, device }
      worker.postMessage(message)
      const atOnce = await new Promise<boolean>((resolve) => {
        release = resolve
        // A worker that ended by itself has failed: the lock goes on, here or to another tab.
        void finished.then(() => resolve(true))
      })
      if (!atOnce) {
        worker.postMessage({ kind: 'stop' } satisfies WorkerMessage)
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, finishLimit))])
      }
      worker.terminate()
    })
    return {
      over,
      giveUp: (atOnce: boolean) => {
        wanted.abort()
        release(atOnce)
      },
    }
  }

  const reconsider = () => {
    const wants = document.visibilityState === 'visible' && !stopped
    if (wants && !candidacy) {
      const standing = stand()
      candidacy = standing
      void standing.over.then(() => {
        if (candidacy !== standing) return
        candidacy = null
        // The worker failed by itself: another one after a moment.
        setTimeout(reconsider, finishLimit)
      })
    } else if (!wants && candidacy) giveUp(false)
  }
  const giveUp = (atOnce: boolean) => {
    const standing = candidacy
    candidacy = null
    standing?.giveUp(atOnce)
    return standing?.over
  }
  const leave = () => void giveUp(true)

  document.addEventListener('visibilitychange', reconsider)
  document.addEventListener('freeze', leave)
  document.addEventListener('resume', reconsider)
  addEventListener('pagehide', leave)
  addEventListener('pageshow', reconsider)
  reconsider()

  return {
    stop: async () => {
      stopped = true
      document.removeEventListener('visibilitychange', reconsider)
      document.removeEventListener('freeze', leave)
      document.removeEventListener('resume', reconsider)
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', reconsider)
      await giveUp(false)
    },
  }
}

/**
 * Runs `work` while it holds the lock. A plain http address of an office's network has no locks
 * (only secure ones do): there every visible tab syncs, which costs traffic and loses nothing, since
 * what is stored or pushed twice is stored once.
 */
const whenElected = async (
  lock: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> => {
  if (!('locks' in navigator)) return work()
  try {
    await navigator.locks.request(lock, { signal }, work)
  } catch (error) {
    // Given up before the lock came: that is what was asked for.
    if (!signal.aborted) throw error
  }
}
