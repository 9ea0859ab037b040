/** What to fetch from a folder, decided from the cursor and what the server says of the folder. */
import { day } from '../../shared/clock.ts'

/** How far a folder has been taken: every letter below `next` is at the relay. */
export interface FolderCursor {
  /** UIDVALIDITY as text: it may exceed what JSON numbers hold safely on some servers. */
  uidValidity: string
  next: number
  /** Letters below were there when the mailbox was connected: they are history and make no appeals. */
  freshFrom: number
  /** The first letter that was taken: what is below was never at the relay, and nothing about it matters. */
  first: number
  /** MODSEQ up to which changes of letters are at the relay, as text; not where the server has none. */
  modseq?: string
}

export type SyncPlan =
  /** Never seen, or the folder was made anew (UIDVALIDITY changed) and its numbers mean nothing now. */
  | { kind: 'first' }
  | { kind: 'from'; next: number; freshFrom: number; first: number; modseq: bigint | null }

export const syncPlan = (cursor: FolderCursor | null, folder: { uidValidity: bigint }): SyncPlan =>
  cursor === null || cursor.uidValidity !== String(folder.uidValidity)
    ? { kind: 'first' }
    : {
        kind: 'from',
        next: cursor.next,
        freshFrom: cursor.freshFrom,
        first: cursor.first,
        modseq: cursor.modseq === undefined ? null : BigInt(cursor.modseq),
      }

/** At the first connection so much of the past is taken: enough to see what is going on with whom. */
export const firstDays = 30
export const firstLetters = 1000

/** The moment that letters are taken from at the first connection, ms. */
export const firstSince = (now: number): number => now - firstDays * day

/** Of the uids found, the newest that fit, oldest first. */
export const firstUids = (uids: number[]): number[] =>
  [...uids].sort((a, b) => a - b).slice(-firstLetters)

const digits = /^\d{1,19}$/

/** A cursor read back from the relay; null where it is none of ours. */
export const cursorOf = (value: unknown): FolderCursor | null => {
  if (typeof value !== 'object' || value === null) return null
  const cursor: Partial<Record<keyof FolderCursor, unknown>> = value
  const { uidValidity, next, freshFrom, first = freshFrom, modseq } = cursor
  return typeof uidValidity === 'string' &&
    typeof next === 'number' &&
    typeof freshFrom === 'number' &&
    typeof first === 'number'
    ? {
        uidValidity,
        next,
        freshFrom,
        first,
        ...(typeof modseq === 'string' && digits.test(modseq) && { modseq }),
      }
    : null
}
