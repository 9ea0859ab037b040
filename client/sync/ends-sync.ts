import type { Reason } from '../../shared/reasons.ts'

/** Reasons after which asking again is of no use until the user does something about it. */
const final: ReadonlySet<Reason> = new Set(['signedOut', 'blocked', 'revoked', 'programTooOld'])

export const endsSync = (reason: Reason): boolean => final.has(reason)
