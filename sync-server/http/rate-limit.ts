import type { Clock } from '../../shared/clock.ts'

export interface RateLimit {
  /** Counts one try; returns 0, or the seconds to wait where there were too many. */
  take(key: string): number
  /** Takes one try back: it was none of those that are to be limited. */
  forgive(key: string): void
  /** Forgets the tries of a key: it has shown that it is no guesser. */
  clear(key: string): void
}

/** Keys kept at most; beyond, the oldest window is dropped. */
const maxKeys = 50_000

/**
 * At most `limit` tries in `window` ms for each key, counted in this process.
 *
 * @example const wait = perAddress.take(ip)
 */
export const rateLimit = (limit: number, window: number, clock: Clock): RateLimit => {
  const windows = new Map<string, { tries: number; endsAt: number }>()
  return {
    take: (key) => {
      const now = clock()
      let current = windows.get(key)
      if (!current || current.endsAt <= now) {
        current = { tries: 0, endsAt: now + window }
        windows.delete(key)
        windows.set(key, current)
        if (windows.size > maxKeys)
          for (const oldest of windows.keys()) {
            windows.delete(oldest)
            break
          }
      }
      current.tries++
      return current.tries > limit ? Math.ceil((current.endsAt - now) / 1000) : 0
    },
    forgive: (key) => {
      const current = windows.get(key)
      if (current) current.tries--
    },
    clear: (key) => {
      windows.delete(key)
    },
  }
}
