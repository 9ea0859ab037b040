/** What a person may do with a message that was not sent plainly. Writes into its segment. */

import type { MessageState, MessageStatus } from '../../../shared/records/segment.ts'
import type { MessageRow } from '../../replica/tables.ts'
import type { Write } from '../../replica/writes.ts'

export type Remedy = 'cancel' | 'retry' | 'resend' | 'markSent'

/** What may be done in a state, the advisable first (`employeeTransitions` of the segment). */
export const remediesOf = (status: MessageStatus | undefined): Remedy[] => {
  switch (status) {
    case 'queued':
      return ['cancel']
    case 'failed':
    case 'cancelled':
      return ['retry']
    case 'unknown':
      return ['markSent', 'resend']
    default:
      return []
  }
}

const statusAfter: Record<Remedy, MessageStatus> = {
  cancel: 'cancelled',
  retry: 'queued',
  resend: 'queued',
  markSent: 'sent',
}

export const remedyWrite = (message: MessageRow, remedy: Remedy, at: number): Write => {
  const state: MessageState = { status: statusAfter[remedy], at }
  return {
    type: 'segment',
    id: message.segment,
    patch: { states: { [message.key]: state } },
  }
}
