/**
 * Messages. A segment holds those of one dialog in one UTC month of the messages' own time:
 *
 *     Y.Map 'f'  dialog, account, responsible, month
 *     Y.Map 'm'  <channel>:<externalId> → Message        written once
 *     Y.Map 's'  <channel>:<externalId> → MessageState   what changes later
 *
 * A message delivered twice lands on itself.
 */
import * as v from 'valibot'
import { sameValue } from '../equality.ts'
import { monthOf } from '../ids.ts'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { accountAudience } from '../rights-tokens.ts'
import { mayActInAccount } from './account.ts'
import { commonFields, type Declaration, type RowOf, ref, text } from './declaration.ts'

const short = v.pipe(v.string(), v.maxLength(1000))
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000))

/** Lower-case hex SHA-256, the name of a stored file. */
export const fileHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

export const fileRef = v.object({
  hash: fileHash,
  name: short,
  /** Bytes. */
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** MIME type. */
  type: short,
  /** Content-ID without angle brackets, of a picture shown inside the letter. */
  cid: v.optional(short),
})
export type FileRef = v.InferOutput<typeof fileRef>

const address = v.object({ name: v.optional(short), address: short })
export type MailAddress = v.InferOutput<typeof address>

/** 64 KB of text; what is longer is cut, the whole is in the HTML or attached source. */
export const maxMessageText = 65_536

export const message = v.object({
  /** Its own time: when the provider says it was sent, ms. */
  at: moment,
  direction: v.picklist(['in', 'out']),
  /** `note` is seen by colleagues only (F205); `system` is a line about what happened. */
  kind: v.picklist(['letter', 'text', 'note', 'system']),
  author: v.object({
    employee: v.optional(v.pipe(v.string(), v.uuid())),
    name: v.optional(short),
    address: v.optional(short),
  }),
  to: v.optional(v.pipe(v.array(address), v.maxLength(200))),
  cc: v.optional(v.pipe(v.array(address), v.maxLength(200))),
  bcc: v.optional(v.pipe(v.array(address), v.maxLength(200))),
  replyTo: v.optional(v.pipe(v.array(address), v.maxLength(20))),
  subject: v.optional(short),
  text: v.pipe(v.string(), v.maxLength(maxMessageText)),
  /** Hash of the HTML body, kept as a file. */
  html: v.optional(fileHash),
  files: v.optional(v.pipe(v.array(fileRef), v.maxLength(200))),
  /** RFC 5322 Message-ID with angle brackets. */
  messageId: v.optional(short),
  inReplyTo: v.optional(v.pipe(v.array(short), v.maxLength(20))),
  references: v.optional(v.pipe(v.array(short), v.maxLength(100))),
  /** Path of the mailbox folder it lies in. */
  folder: v.optional(short),
  /** Written by a machine: does not count as an answer and gets none. */
  auto: v.optional(v.picklist(['bounce', 'reply', 'list', 'report'])),
  /** The source could not be parsed and is attached as it came. */
  unparsed: v.optional(v.literal(true)),
})
export type Message = v.InferOutput<typeof message>

export const messageStatuses = {
  received: { ru: 'Получено', en: 'Received' },
  queued: { ru: 'Ждёт отправки', en: 'Waiting to be sent' },
  sending: { ru: 'Отправляется', en: 'Sending' },
  sent: { ru: 'Отправлено', en: 'Sent' },
  delivered: { ru: 'Доставлено', en: 'Delivered' },
  failed: { ru: 'Не отправлено', en: 'Not sent' },
  unknown: { ru: 'Неизвестно, проверьте перед повтором', en: 'Unknown, check before resending' },
  cancelled: { ru: 'Отменено', en: 'Cancelled' },
} as const
export type MessageStatus = keyof typeof messageStatuses

export const messageState = v.object({
  status: v.picklist(Object.keys(messageStatuses) as MessageStatus[]), // Object.keys forgets the key type
  at: moment,
  reason: v.optional(short),
  /** The provider's own words. */
  detail: v.optional(short),
  /** The connector process that claimed it. */
  by: v.optional(short),
})
export type MessageState = v.InferOutput<typeof messageState>

/** A message as rows show it. */
export type MessageEntry = Message & { key: string; state: MessageState | null }

const fields = {
  ...commonFields,
  dialog: ref('Диалог', 'Dialog', { required: true, indexed: true, changedBy: 'nobody' }),
  account: ref('Учётная запись', 'Account', { required: true, indexed: true, changedBy: 'nobody' }),
  month: text('Месяц', 'Month', 7, { required: true, changedBy: 'nobody' }),
  /** The dialog's, whatever a device says: the relay has the last word (`follows` below). */
  responsible: ref('Ответственный', 'Responsible'),
} as const

export type SegmentRow = RowOf<typeof fields> & {
  messages: MessageEntry[]
  /** Time of the newest message that is not a note, for the list of dialogs. */
  lastAt: number
  last?: Pick<Message, 'at' | 'direction' | 'kind' | 'auto'> & { key: string; text: string }
}

/** Characters of the newest message kept in the row for the list of dialogs: two lines of a wide list. */
const previewLength = 200

/** Row columns computed from the messages. */
export const segmentColumns = (
  messages: MessageEntry[],
): Pick<SegmentRow, 'messages' | 'lastAt' | 'last'> => {
  const sorted = [...messages].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  const newest = sorted.findLast(({ kind }) => kind !== 'note') ?? sorted.at(-1)
  if (!newest) return { messages: sorted, lastAt: 0 }
  const { at, direction, kind, auto, key, text } = newest
  const preview = text.slice(0, previewLength)
  return {
    messages: sorted,
    lastAt: at,
    last: { at, direction, kind, key, text: preview, ...(auto && { auto }) },
  }
}

/** Statuses an employee may set, from what; all others are the connector's. */
const employeeTransitions: Partial<Record<MessageStatus | 'none', MessageStatus[]>> = {
  none: ['queued'],
  queued: ['cancelled'],
  cancelled: ['queued'],
  failed: ['queued'],
  unknown: ['queued', 'sent', 'failed'],
}

const audience = (row: SegmentRow): string[] => accountAudience('dialog', row)

const mayWriteMessages = (
  subject: Subject,
  before: SegmentRow | null,
  after: SegmentRow,
): Reason | null => {
  // A note asks for no more than to read the dialog; but what is new has had no reader yet.
  if (!audience(before ?? after).some((token) => subject.tokens.has(token))) return 'forbidden'
  const mayAnswer = mayActInAccount(subject, 'dialog', before ?? after, before ?? after)
  const old = new Map(before?.messages.map((entry) => [entry.key, entry]))
  for (const entry of after.messages) {
    const { state, ...body } = entry
    const { state: oldState = null, ...oldBody } = old.get(entry.key) ?? {}
    const isNew = !old.delete(entry.key)
    if (!isNew && !sameValue(body, oldBody)) return 'immutableField'
    if (isNew) {
      if (entry.author.employee !== subject.id || entry.direction !== 'out') return 'forbidden'
      if (entry.kind === 'system') return 'forbidden'
      if ((entry.kind === 'note') !== (state === null)) return 'invalidValue'
    }
    if (entry.kind !== 'note' && !mayAnswer) {
      if (isNew || !sameValue(state, oldState)) return 'forbidden'
    }
    if (!sameValue(state, oldState)) {
      const allowed = employeeTransitions[oldState?.status ?? 'none'] ?? []
      if (!state || !allowed.includes(state.status)) return 'forbidden'
    }
  }
  return old.size > 0 ? 'forbidden' : null
}

export const segment: Declaration<SegmentRow> & { fields: typeof fields } = {
  type: 'segment',
  label: { ru: 'Сообщения', en: 'Messages' },
  fields,
  maps: ['m', 's'],
  // 5,000 letters with full texts; a dialog that says more in a month is a mailing list.
  maxStateBytes: 20_000_000,
  audience,
  follows: { types: ['dialog'], by: 'dialog', fields: ['responsible'] },
  mayWrite: (subject, before, after) => {
    if (after.messages.some(({ at }) => monthOf(at) !== after.month)) return 'invalidValue'
    return subject.kind === 'service' ? null : mayWriteMessages(subject, before, after)
  },
  files: (row) =>
    row.messages.flatMap(({ html, files = [] }) => [
      ...(html ? [html] : []),
      ...files.map(({ hash }) => hash),
    ]),
  deviceIndexes: ['lastAt'],
}
