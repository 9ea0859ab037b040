import type { Clock } from '../../shared/clock.ts'
import { second } from '../../shared/clock.ts'

export interface Allowance {
  /** Spends, also beyond what is left; returns how many ms until there is something left again. */
  spend(cost: number): number
}

/**
 * What somebody may ask of the relay: `burst` at once, refilled by `perSecond`.
 *
 * @example const wait = allowance(100, 10, clock).spend(1)
 */
export const allowance = (burst: number, perSecond: number, clock: Clock): Allowance => {
  let left = burst
  let at = clock()
  return {
    spend: (cost) => {
      const now = clock()
      // A clock that was set back must not take away what was left.
      left = Math.min(burst, left + (Math.max(0, now - at) / second) * perSecond) - cost
      at = now
      return left >= 0 ? 0 : (-left / perSecond) * second
    },
  }
}
