import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { MessageEntry, MessageState } from '../../shared/records/segment.ts'

/** Who holds the messages found below: nobody, as after the death of a connector. */
const nobody = 'backup'

/**
 * Messages that wait to be sent in a segment of before a restore may have been sent since. They are
 * made what a connector leaves behind that dies while sending: the next one looks for them in Sent,
 * and asks people about those it does not find. Null where there are none.
 */
export const doubtOutgoing = (row: Row | null, at: number): Patch | null => {
  if (row?.type !== 'segment') return null
  const states: Record<string, MessageState> = {}
  // The row of a segment has them.
  for (const { key, state } of row.messages as MessageEntry[])
    if (state?.status === 'queued') states[key] = { status: 'sending', at, by: nobody }
  return Object.keys(states).length > 0 ? { states } : null
}
