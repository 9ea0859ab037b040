import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { MessageEntry, MessageState } from '../../shared/records/segment.ts'

/** Who holds the messages found below: nobody, as after the death of a connector. */
const nobody = 'backup'

/** Keys of a segment's messages that wait to be sent. */
export const waitingKeys = (row: Row | null): string[] =>
  row?.type === 'segment'
    ? // The row of a segment has them.
      (row.messages as MessageEntry[]).flatMap(({ key, state }) =>
        state?.status === 'queued' ? [key] : [],
      )
    : []

/**
 * Messages that wait to be sent in a segment of before a restore may have been sent since. All but
 * `known` are made what a connector leaves behind that dies while sending: the next one looks for
 * them in Sent, and asks people about those it does not find. Null where there are none.
 */
export const doubtOutgoing = (
  row: Row | null,
  at: number,
  known: readonly string[] = [],
): Patch | null => {
  const states: Record<string, MessageState> = {}
  for (const key of waitingKeys(row))
    if (!known.includes(key)) states[key] = { status: 'sending', at, by: nobody }
  return Object.keys(states).length > 0 ? { states } : null
}
