import * as v from 'valibot'
import { mayAnswer } from '../access.ts'
import type { Subject } from '../rights.ts'
import { actionsOf, mayActAlone } from '../rights-acts.ts'
import type { accountTypes } from '../rights-matrix.ts'
import { factoryReach, standingIn } from '../rights-scopes.ts'
import {
  choice,
  commonFields,
  type Declaration,
  flag,
  json,
  moment,
  type RowOf,
  ref,
  strings,
  text,
  title,
} from './declaration.ts'

export const channels = {
  mail: { ru: 'Почта', en: 'Mail' },
} as const
export type Channel = keyof typeof channels

/** F16 */
export const accessModes = {
  all: { ru: 'Всем', en: 'Everyone' },
  user: { ru: 'Пользователю', en: 'One user' },
  list: { ru: 'Списку пользователей', en: 'Listed users' },
} as const

export const accountStates = {
  connecting: { ru: 'Подключается', en: 'Connecting' },
  connected: { ru: 'Подключено', en: 'Connected' },
  failing: { ru: 'Ошибка', en: 'Failing' },
  paused: { ru: 'Остановлено', en: 'Paused' },
} as const

/** What the connector says of itself; one key, since it changes as a whole. Moments in ms. */
const health = v.object({
  state: v.picklist(Object.keys(accountStates) as (keyof typeof accountStates)[]),
  since: v.number(),
  reason: v.optional(v.string()),
  lastIn: v.optional(v.number()),
  lastOut: v.optional(v.number()),
  quarantined: v.optional(v.number()),
})
export type AccountHealth = v.InferOutput<typeof health>

const folder = v.object({
  path: v.pipe(v.string(), v.maxLength(1000)),
  name: v.pipe(v.string(), v.maxLength(300)),
  /** RFC 6154 special use: \Inbox, \Sent, \Drafts, \Junk, \Trash, \Archive. */
  use: v.optional(v.string()),
  total: v.optional(v.number()),
  /** Whether its letters are kept in Interes. */
  synced: v.boolean(),
})
export type MailFolder = v.InferOutput<typeof folder>

const server = v.object({
  host: v.pipe(v.string(), v.maxLength(255)),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  security: v.picklist(['tls', 'starttls', 'plain']),
  user: v.pipe(v.string(), v.maxLength(300)),
})
export type MailServer = v.InferOutput<typeof server>

/** How to reach the mailbox; passwords are kept apart, at the relay, encrypted. */
export const mailConnection = v.object({ imap: v.optional(server), smtp: v.optional(server) })
export type MailConnection = v.InferOutput<typeof mailConnection>

const fields = {
  ...commonFields,
  channel: choice('Канал', 'Channel', channels, { required: true, changedBy: 'nobody' }),
  /** Sender name (F17) and the name of the account in lists. */
  name: title('Имя отправителя', 'Sender name', 200, { required: true }),
  address: text('Адрес', 'Address', 254, { required: true, changedBy: 'services' }),
  receive: flag('Для получения', 'For receiving', {}),
  send: flag('Для отправки', 'For sending', {}),
  access: choice('Доступно', 'Available to', accessModes, { required: true }),
  users: strings('Пользователи', 'Users', 500, 36),
  openForReading: flag('Разрешить просмотр сообщений всем пользователям', 'Everyone may read', {}),
  /** F83: letters of unknown senders become appeals. */
  appealSource: flag('Источник лидов', 'Source of leads', {}),
  /** F84 */
  reasonRequired: flag(
    'Обязательно указывать причину отклонения',
    'Reason of rejection is required',
    {},
  ),
  /** F80, F180 */
  responsible: ref('Ответственный за обработку', 'Responsible'),
  signature: text('Подпись', 'Signature', 5000),
  /** Letters from this moment on were taken at the first connection, ms. */
  since: moment('Письма с', 'Letters since'),
  connection: json('Подключение', 'Connection', mailConnection, { changedBy: 'services' }),
  folders: json('Папки', 'Folders', v.array(folder), { changedBy: 'services' }),
  health: json('Состояние', 'Health', health, { changedBy: 'services' }),
} as const

export type AccountRow = RowOf<typeof fields>

/** An account of a channel (a mailbox), without its secrets (F14-F19). */
export const account: Declaration<AccountRow> & { fields: typeof fields } = {
  type: 'account',
  label: { ru: 'Учётная запись', en: 'Account' },
  fields,
  maxStateBytes: 200_000,
  audience: (row) => [
    'admin',
    'service',
    ...(row.access === 'all' || row.openForReading
      ? ['all']
      : (row.users ?? []).flatMap((user) => [
          `user:${user}`,
          // Of who stands in for them: a private one only where its owner has chosen who.
          `${row.access === 'user' ? 'private' : 'list'}:${user}`,
        ])),
  ],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service' || subject.administrator) return null
    // The owner of a private mailbox runs it; new ones are made through the relay's own door.
    return before?.access === 'user' && after.access === 'user' && mayAnswer(subject.id, before)
      ? null
      : 'forbidden'
  },
}

interface OfAccount {
  account: string
  responsible?: string
  deletedAt?: number
}

/**
 * Whether an employee may change a record of a channel account: the account must let them answer
 * (F182), and administrators aside their roles must not narrow it.
 */
export const mayActInAccount = (
  subject: Subject,
  type: (typeof accountTypes)[number],
  before: OfAccount | null,
  after: OfAccount,
): boolean => {
  const judged = before ?? after
  const { tokens } = subject
  const own = subject.reach ?? factoryReach(subject.id)
  const may = (reach: typeof own) =>
    actionsOf(before, after).every((action) => mayActAlone(reach, type, action, judged))
  if (tokens.has(`answer:${judged.account}`) && (subject.administrator || may(own))) return true
  return standingIn(own, 'correspondence').some(
    ({ user, reach }) => tokens.has(`answer:${judged.account}:for:${user}`) && may(reach),
  )
}

/** Whether an employee may write from an account at all, by themselves or for one who is away. */
export const mayWriteFrom = ({ tokens, reach }: Subject, account: string): boolean =>
  tokens.has(`answer:${account}`) ||
  (reach?.instead ?? []).some(({ user }) => tokens.has(`answer:${account}:for:${user}`))
