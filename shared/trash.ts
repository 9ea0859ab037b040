import { day } from './clock.ts'

/**
 * How long a deleted client or person can be taken back, ms (decision 12 of the features). Counted
 * by the relay from when it learned of the deletion: a device's clock is not trusted.
 */
export const trashLife = 30 * day

/** Whole days left until a record that was deleted then is erased; 0 on the last day. */
export const daysLeft = (deletedAt: number, now: number): number =>
  Math.max(0, Math.ceil((deletedAt + trashLife - now) / day))
