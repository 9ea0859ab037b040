/** Wakes a loop that sleeps until something happens or a time is over. */
export interface Bell {
  /** A ring that nobody waited for is kept for the next wait. */
  ring: () => void
  /** Resolves at a ring, after `ms`, or when the signal ends everything. */
  wait: (signal: AbortSignal, ms?: number) => Promise<void>
}

export const createBell = (): Bell => {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    wait: async (signal, ms) => {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = ms === undefined ? undefined : setTimeout(() => wake?.(), ms)
          wake = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', end)
            resolve()
          }
          const end = () => wake?.()
          signal.addEventListener('abort', end)
        })
      wake = null
      rung = false
    },
  }
}
