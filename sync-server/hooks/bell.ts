export interface Bell {
  ring(): void
  /** Resolves at the next ring, when the time is over, or when the asker goes away. */
  wait(ms: number, gone: AbortSignal): Promise<void>
}

/** Wakes those who wait for something to come. */
export const bell = (): Bell => {
  const waiting = new Set<() => void>()
  return {
    ring: () => {
      for (const wake of [...waiting]) wake()
    },
    wait: (ms, gone) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          gone.removeEventListener('abort', wake)
          waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        gone.addEventListener('abort', wake)
        waiting.add(wake)
      }),
  }
}
