/** What to fetch from a folder, decided from the cursor and what the server says of the folder. */
import { day } from '../../shared/clock.ts'

/** How far a folder has been taken: every letter below `next` is at the relay. */
export interface FolderCursor {
  /** UIDVALIDITY as text: it may exceed what JSON numbers hold safely on some servers. */
  uidValidity: string
  next: number
  /** Letters below were there when the mailbox was connected: they are history and make no appeals. */
  freshFrom: number
}

export type SyncPlan =
  /** Never seen, or the folder was made anew (UIDVALIDITY changed) and its numbers mean nothing now. */
  { kind: 'first' } | { kind: 'from'; next: number; freshFrom: number }

export const syncPlan = (cursor: FolderCursor | null, folder: { uidValidity: bigint }): SyncPlan =>
  cursor === null || cursor.uidValidity !== String(folder.uidValidity)
    ? { kind: 'first' }
    : { kind: 'from', next: cursor.next, freshFrom: cursor.freshFrom }

/** At the first connection so much of the past is taken: enough to see what is going on with whom. */
export const firstDays = 30
export const firstLetters = 1000

/** The moment that letters are taken from at the first connection, ms. */
export const firstSince = (now: number): number => now - firstDays * day

/** Of the uids found, the newest that fit, oldest first. */
export const firstUids = (uids: number[]): number[] =>
  [...uids].sort((a, b) => a - b).slice(-firstLetters)

/** A cursor read back from the relay; null where it is none of ours. */
export const cursorOf = (value: unknown): FolderCursor | null => {
  if (typeof value !== 'object' || value === null) return null
  const { uidValidity, next, freshFrom }: Partial<Record<keyof FolderCursor, unknown>> = value
  return typeof uidValidity === 'string' &&
    typeof next === 'number' &&
    typeof freshFrom === 'number'
    ? { uidValidity, next, freshFrom }
    : null
}
