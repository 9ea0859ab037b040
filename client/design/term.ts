/** A time that can be halted: what is offered for ten seconds stays while somebody is at it. */
export interface Term {
  /** What is left stays left; twice is once. */
  halt: () => void
  goOn: () => void
}

/** Calls `over` after `length` ms, halts left out. It begins at once. */
export const startTerm = (length: number, over: () => void): Term => {
  let left = length
  let running: { timer: ReturnType<typeof setTimeout>; since: number } | null = null
  const goOn = () => {
    running ??= { timer: setTimeout(over, left), since: performance.now() }
  }
  goOn()
  return {
    halt: () => {
      if (!running) return
      clearTimeout(running.timer)
      left -= performance.now() - running.since
      running = null
    },
    goOn,
  }
}
