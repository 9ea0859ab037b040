/** A message written on a device → the letter that leaves, byte for byte the same on every try. */
import type { MailComposerOptions } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { AccountRow } from '../../shared/records/account.ts'
import type { MailAddress, Message, MessageEntry } from '../../shared/records/segment.ts'
import { ownMessageId, replyHeaders } from './letter/threading.ts'
import { bare, bracketed } from './message.ts'

/** F17: a company's or group's mailbox signs with its own name, a personal one with the sender's. */
export const senderName = (
  account: Pick<AccountRow, 'access' | 'name'>,
  author: Message['author'],
): string => (account.access === 'user' ? (author.name ?? account.name) : account.name)

/** What the letter is known by, fixed before the first attempt. */
export interface LetterIdentity {
  messageId: string
  inReplyTo: string[]
  references: string[]
}

/** `parent` is the newest message before it in the dialog that has a Message-ID. Ids with brackets. */
export const identityOf = (
  account: Pick<AccountRow, 'address'>,
  message: MessageEntry,
  parent: Message | undefined,
): LetterIdentity => {
  const messageId =
    message.messageId ??
    bracketed(ownMessageId(message.key.slice(message.key.indexOf(':') + 1), account.address))
  if (message.inReplyTo || message.references || parent?.messageId === undefined) {
    return {
      messageId,
      inReplyTo: message.inReplyTo ?? [],
      references: message.references ?? message.inReplyTo ?? [],
    }
  }
  const reply = replyHeaders({
    messageId: bare(parent.messageId),
    references: (parent.references ?? parent.inReplyTo ?? []).map(bare),
  })
  return {
    messageId,
    inReplyTo: [bracketed(reply.inReplyTo)],
    references: reply.references.map(bracketed),
  }
}

/**
 * What a letter answers: the newest letter from the other side before it, or our own last one where
 * they have not written yet. Reports of machines and letters that never arrived are answered by nobody.
 */
export const parentOf = (
  messages: MessageEntry[],
  message: MessageEntry,
): MessageEntry | undefined => {
  const before = messages.filter(
    (other) => other.key !== message.key && other.at <= message.at && other.messageId !== undefined,
  )
  return (
    before.findLast(
      ({ direction, auto }) => direction === 'in' && auto !== 'bounce' && auto !== 'report',
    ) ??
    before.findLast(({ direction, state }) => direction === 'out' && state?.status !== 'failed')
  )
}

export interface OutgoingFile {
  name: string
  type: string
  cid?: string
  bytes: Uint8Array
}

export interface OutgoingLetter {
  account: Pick<AccountRow, 'access' | 'name' | 'address'>
  message: MessageEntry
  identity: LetterIdentity
  html: string | null
  files: OutgoingFile[]
}

export const recipientsOf = (message: Message): string[] => [
  ...new Set(
    [...(message.to ?? []), ...(message.cc ?? []), ...(message.bcc ?? [])].map(
      ({ address }) => address,
    ),
  ),
]

const mailAddress = ({ name, address }: MailAddress) => ({ name: name ?? '', address })

export const composeLetter = (letter: OutgoingLetter): Promise<Buffer> => {
  const { account, message, identity, html, files } = letter
  const options: MailComposerOptions = {
    from: { name: senderName(account, message.author), address: account.address },
    to: (message.to ?? []).map(mailAddress),
    cc: (message.cc ?? []).map(mailAddress),
    subject: message.subject ?? '',
    messageId: identity.messageId,
    ...(identity.inReplyTo.length > 0 && { inReplyTo: identity.inReplyTo.join(' ') }),
    ...(identity.references.length > 0 && { references: identity.references }),
    date: new Date(message.at),
    text: message.text,
    ...(html !== null && { html }),
    attachments: files.map(({ name, type, cid, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
      ...(cid !== undefined && html !== null && { cid }),
    })),
    // The same boundaries on every try: the letter is the same letter.
    baseBoundary: identity.messageId.replace(/[^a-z0-9]/gi, '').slice(0, 40),
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  }
  return new MailComposer(options).compile().build()
}
