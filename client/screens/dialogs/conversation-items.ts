/** Messages in order → what the conversation shows: days, runs of one author, system lines. */
import { minute } from '../../../shared/clock.ts'
import type { MessageEntry } from '../../../shared/records/segment.ts'

export type ConversationItem<M extends MessageEntry> =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'system'; key: string; message: M }
  | { kind: 'message'; key: string; message: M; first: boolean; last: boolean }

/** Messages of one author further apart than this stand as separate runs. */
const longestPause = 10 * minute

/** Local calendar day of a moment, `2026-11-21`. */
export const dayOf = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

const authorOf = ({ direction, author, kind }: MessageEntry): string =>
  `${direction}:${kind === 'note'}:${author.employee ?? author.address ?? author.name ?? ''}`

const continues = (before: MessageEntry | undefined, after: MessageEntry | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.kind !== 'system' &&
  after.kind !== 'system' &&
  // A letter is a document of its own, with a subject line and recipients.
  after.kind !== 'letter' &&
  authorOf(before) === authorOf(after) &&
  dayOf(before.at) === dayOf(after.at) &&
  after.at - before.at < longestPause

/** `messages` in ascending order of time. */
export const conversationItems = <M extends MessageEntry>(
  messages: readonly M[],
): ConversationItem<M>[] => {
  const items: ConversationItem<M>[] = []
  messages.forEach((message, index) => {
    const before = messages[index - 1]
    if (!before || dayOf(before.at) !== dayOf(message.at))
      items.push({ kind: 'day', key: `day ${dayOf(message.at)}`, at: message.at })
    if (message.kind === 'system') items.push({ kind: 'system', key: message.key, message })
    else
      items.push({
        kind: 'message',
        key: message.key,
        message,
        first: !continues(before, message),
        last: !continues(message, messages[index + 1]),
      })
  })
  return items
}
