/** A letter as a message of a dialog; no I/O. */
import { createHash } from 'node:crypto'
import { day, minute } from '../../shared/clock.ts'
import { normaliseEmail } from '../../shared/emails.ts'
import {
  type FileRef,
  type MailAddress,
  type Message,
  maxMessageText,
} from '../../shared/records/segment.ts'
import type { LetterKind } from './letter/classify.ts'
import type { Letter, LetterFile, Mailbox } from './letter/letter.ts'

/** Records keep Message-IDs with angle brackets, the connector's own code without. */
export const bracketed = (id: string): string => `<${id}>`
export const bare = (id: string): string => id.replace(/^<|>$/g, '')

const maxShort = 1000
/** Well formed: a character cut in two, or never whole, would come back from Yjs as another text. */
const short = (value: string): string => value.slice(0, maxShort).toWellFormed()

/** Limits of `message` in shared/records/segment.ts. */
const maxRecipients = 200
const maxReplyTo = 20
const maxInReplyTo = 20
export const maxFiles = 200

const controls = /\p{Cc}/gu
const maxKeyId = 900

/** The key of a letter in its segment: its Message-ID, or a hash where it has none. */
export const messageKey = (letter: Letter, raw: Uint8Array): string => {
  const id = letter.messageId?.replace(controls, '').slice(0, maxKeyId)
  return `mail:${id || `sha256-${sha256(raw)}`}`
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Clocks of senders run ahead by seconds; a date in the future would stay on top of every list. */
const tolerance = 10 * minute
/** A new letter held up longer than this on its way is filed under the day it came, where people look. */
const longestWay = 7 * day

/**
 * The letter's own time: its Date header, unless it cannot be true. Of letters from before the
 * connection the past is believed: a mailbox that was moved has the day of the move as arrival.
 */
export const letterTime = (date: number | null, arrivedAt: number, fresh: boolean): number =>
  date === null || date > arrivedAt + tolerance || (fresh && date < arrivedAt - longestWay)
    ? arrivedAt
    : date

const addressOf = ({ name, address }: Mailbox): MailAddress => ({
  ...(name.trim() ? { name: short(name.trim()) } : {}),
  address: short(normaliseEmail(address) ?? address),
})

const listOf = (mailboxes: Mailbox[], limit: number): MailAddress[] | undefined =>
  mailboxes.length === 0 ? undefined : mailboxes.slice(0, limit).map(addressOf)

const autoOf: Record<LetterKind['kind'], Message['auto']> = {
  personal: undefined,
  auto: 'reply',
  list: 'list',
  bounce: 'bounce',
  delayed: 'report',
  delivered: 'report',
}

/** Text of a message; the last character may be half of a pair, which `toWellFormed` replaces. */
const cutText = (text: string): string => text.slice(0, maxMessageText).toWellFormed()

/** What may stand in an HTTP header; letters name types of any characters. */
const mimeType = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/

/** A file to be stored beside the message. */
export interface StoredFile {
  hash: string
  name: string
  type: string
  bytes: Uint8Array
}

const asFile = ({
  name,
  type,
  bytes,
}: Pick<LetterFile, 'name' | 'type' | 'bytes'>): StoredFile => ({
  hash: sha256(bytes),
  name: short(name),
  type: mimeType.test(type) ? type : 'application/octet-stream',
  bytes,
})

export interface Arrival {
  letter: Letter
  raw: Uint8Array
  kind: LetterKind
  direction: 'in' | 'out'
  /** Path of the folder. */
  folder: string
  /** When the mailbox got it (INTERNALDATE), ms. */
  arrivedAt: number
  /** Came after the mailbox was connected. */
  fresh: boolean
}

/** A message, and the files it names. */
export const messageOf = (arrival: Arrival): { message: Message; files: StoredFile[] } => {
  const { letter, raw, kind, direction } = arrival
  const files: StoredFile[] = []
  const refs: FileRef[] = []
  const attach = (file: LetterFile): void => {
    const stored = asFile(file)
    files.push(stored)
    refs.push({
      hash: stored.hash,
      name: stored.name,
      size: file.bytes.byteLength,
      type: stored.type,
      ...(file.cid === undefined ? {} : { cid: short(file.cid) }),
    })
  }
  for (const file of letter.files.slice(0, maxFiles - 1)) attach(file)
  let html: string | undefined
  if (letter.html !== null) {
    const stored = asFile({
      name: 'letter.html',
      type: 'text/html',
      bytes: Buffer.from(letter.html),
    })
    files.push(stored)
    html = stored.hash
  }
  const cut = letter.text.length > maxMessageText && html === undefined
  if (!letter.parsed || cut) {
    attach({ name: 'letter.eml', type: 'message/rfc822', inline: false, bytes: raw })
  }
  const auto = autoOf[kind.kind]
  const to = listOf(letter.to, maxRecipients)
  const cc = listOf(letter.cc, maxRecipients)
  const replyTo = listOf(letter.replyTo, maxReplyTo)
  const message: Message = {
    at: letterTime(letter.date, arrival.arrivedAt, arrival.fresh),
    direction,
    kind: 'letter',
    author: letter.from === null ? {} : addressOf(letter.from),
    text: cutText(letter.text),
    folder: short(arrival.folder),
    ...(to && { to }),
    ...(cc && { cc }),
    ...(replyTo && { replyTo }),
    ...(letter.subject && { subject: short(letter.subject) }),
    ...(html && { html }),
    ...(refs.length > 0 && { files: refs }),
    ...(letter.messageId && { messageId: bracketed(letter.messageId) }),
    ...(letter.inReplyTo.length > 0 && {
      inReplyTo: letter.inReplyTo.slice(0, maxInReplyTo).map(bracketed),
    }),
    ...(letter.references.length > 0 && { references: letter.references.map(bracketed) }),
    ...(auto && { auto }),
    ...(letter.parsed ? {} : { unparsed: true }),
  }
  return { message, files }
}

/** The first words of a letter for an appeal: what the person wrote, in one line. */
export const firstWords = (text: string): string =>
  text.replace(/\s+/g, ' ').trim().slice(0, 300).toWellFormed()
