/**
 * What a delivery report says, in the state of the letter of ours that it is about. A letter that one
 * of its recipients did not get is failed, and the detail says who and why: the others may have it.
 */
import { normaliseEmail } from '../../shared/emails.ts'
import type { Result } from '../../shared/reasons.ts'
import type { Message, MessageEntry, MessageState } from '../../shared/records/segment.ts'
import type { Records } from '../host/records.ts'
import { recipientsOf } from './compose.ts'
import type { Fate, LetterKind } from './letter/classify.ts'
import { bare } from './message.ts'

type Report = Extract<LetterKind, { report: object }>

/** Limit of `detail` in shared/records/segment.ts. */
const maxDetail = 1000

const isBounced = (state: MessageState): boolean =>
  state.status === 'failed' && state.reason === 'bounced'

/** Statuses that a report about the letter may still change. */
const isReportable = (state: MessageState): boolean =>
  ['sending', 'sent', 'unknown', 'delivered'].includes(state.status) || isBounced(state)

/** Who did not get the letter: as we wrote the address, where the report names it, and not an alias of it. */
const detailOf = (message: Message, fates: Fate[]): string[] => {
  const ours = new Map(
    recipientsOf(message).map((address) => [normaliseEmail(address) ?? address, address]),
  )
  return fates.map(({ recipients, status, diagnostic }) => {
    const known = recipients.flatMap((each) => ours.get(normaliseEmail(each) ?? each) ?? [])[0]
    return [known ?? recipients.at(-1), status, diagnostic].filter(Boolean).join(' ')
  })
}

/** The state after a report; null where it changes nothing. */
export const stateAfter = (
  entry: MessageEntry,
  report: Report,
  at: number,
): MessageState | null => {
  const { state } = entry
  if (entry.direction !== 'out' || state === null || !isReportable(state)) return null
  if (report.kind === 'delivered') {
    // Of several recipients one got it: that does not mend what became of another.
    return isBounced(state) ? null : { status: 'delivered', at }
  }
  if (report.kind !== 'bounce') return null
  const told = detailOf(entry, report.report.fates).filter((words) => words !== '')
  // Servers report on each recipient by itself: what is known of the others stays.
  const before = isBounced(state) && state.detail ? [state.detail] : []
  const added = told.filter((words) => !before[0]?.includes(words))
  if (isBounced(state) && added.length === 0) return null
  const detail = [...before, ...added].join('; ').slice(0, maxDetail).toWellFormed()
  return { status: 'failed', at, reason: 'bounced', ...(detail && { detail }) }
}

export const applyReport = (
  records: Records,
  segment: string,
  report: Report,
  at: number,
): Promise<Result<unknown>> =>
  records.change('segment', segment, (row) => {
    const entry = row?.messages.find(
      ({ messageId }) => messageId !== undefined && bare(messageId) === report.report.about,
    )
    const state = entry && stateAfter(entry, report, at)
    return state ? { states: { [entry.key]: state } } : null
  })
