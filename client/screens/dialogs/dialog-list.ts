/** Which dialogs the list shows, and in what order. */
import type { AppealRow } from '../../../shared/records/appeal.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import type { SegmentRow } from '../../../shared/records/segment.ts'

export interface DialogEntry {
  dialog: DialogRow
  lastAt: number
  last: SegmentRow['last']
  /** Name of the linked client, where there is one and it is readable. */
  clientName?: string
  /** The undecided appeal of the dialog. */
  newAppeal?: AppealRow
}

export type Ownership = 'mine' | 'unassigned' | 'all'

export interface DialogFilter {
  ownership: Ownership
  unread: boolean
  waiting: boolean
  newAppeals: boolean
  account: string | null
}

export const everything: DialogFilter = {
  ownership: 'all',
  unread: false,
  waiting: false,
  newAppeals: false,
  account: null,
}

/** Something came in that nobody who works with the account has looked at. */
export const isUnread = ({ dialog, last }: DialogEntry): boolean =>
  last?.direction === 'in' && last.at > (dialog.seenAt ?? 0)

/** The last word is theirs, written by a human being, and the dialog is open. */
export const waitsForAnswer = ({ dialog, last }: DialogEntry): boolean =>
  last?.direction === 'in' && last.auto === undefined && dialog.state !== 'closed'

/** `mine`: for whom one answers: oneself, one's roles, and who is away and has one as deputy. */
export const passes = (
  entry: DialogEntry,
  filter: DialogFilter,
  mine: ReadonlySet<string>,
): boolean => {
  const { dialog } = entry
  if (dialog.deletedAt !== undefined) return false
  if (filter.ownership === 'mine' && !mine.has(dialog.responsible ?? '')) return false
  if (filter.ownership === 'unassigned' && dialog.responsible !== undefined) return false
  if (filter.account !== null && dialog.account !== filter.account) return false
  if (filter.unread && !isUnread(entry)) return false
  if (filter.waiting && !waitsForAnswer(entry)) return false
  return !filter.newAppeals || entry.newAppeal !== undefined
}

/** Newest first; with `waiting` the one who waits longest first. */
export const inOrder = (entries: DialogEntry[], filter: DialogFilter): DialogEntry[] =>
  entries.sort((a, b) => (filter.waiting ? a.lastAt - b.lastAt : b.lastAt - a.lastAt))

/** Of segments, newest first, the newest of each dialog. */
export const newestPerDialog = <T extends { dialog: string }>(segments: readonly T[]): T[] => {
  const seen = new Set<string>()
  return segments.filter(({ dialog }) => !seen.has(dialog) && seen.add(dialog))
}
