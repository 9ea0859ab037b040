/**
 * What a letter is: written by a person, or by a program (RFC 3834, RFC 3464, RFC 2919). Only the
 * first kind makes appeals and counts as an answer.
 */
import type { Letter } from './letter.ts'
import { messageIdsOf } from './threading.ts'

/** What became of the letter for one recipient. */
export interface Fate {
  /** The addresses the report names: the one written to first, the one it was passed on to after it. */
  recipients: string[]
  /** Enhanced status code (RFC 3463), for example 5.1.1. */
  status: string | null
  /** What the server that refused said, in its own words. */
  diagnostic: string
}

export interface DeliveryReport {
  /** Message-ID of the letter of ours that the report is about, where it says so. */
  about: string | null
  /** Of those the report is about: where some were refused, of them alone. */
  fates: Fate[]
}

export type LetterKind =
  | { kind: 'personal' }
  /** Vacation notes and other robots' answers: shown in the thread, never an answer. */
  | { kind: 'auto' }
  | { kind: 'list' }
  | { kind: 'bounce'; report: DeliveryReport }
  /** Still being tried (Action: delayed). */
  | { kind: 'delayed'; report: DeliveryReport }
  /** A success report (Action: delivered, relayed, expanded). */
  | { kind: 'delivered'; report: DeliveryReport }

const maxDiagnostic = 500
/** A letter has at most 200 recipients (shared/records/segment.ts). */
const maxFates = 200

const textOfPart = (letter: Letter, ...types: string[]): string | null => {
  const part = letter.files.find((file) => types.includes(file.type))
  return part ? new TextDecoder().decode(part.bytes) : null
}

/** Fields of a delivery status, unfolded; a group of them per recipient. */
const statusGroups = (source: string): Map<string, string>[] =>
  source
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map((group) => {
      const fields = group.split('\n').flatMap((line): [string, string][] => {
        const colon = line.indexOf(':')
        return colon > 0
          ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]]
          : []
      })
      return new Map(fields)
    })

/** "rfc822; name@host" → "name@host". */
const afterType = (value: string | undefined): string | null => {
  if (value === undefined) return null
  return value.slice(value.indexOf(';') + 1).trim() || null
}

const messageIdIn = (source: string | null): string | null => {
  const header = /^message-id:\s*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im.exec(source ?? '')?.[1]
  return messageIdsOf(header)[0] ?? null
}

const reportOf = (letter: Letter): LetterKind | null => {
  const status = textOfPart(letter, 'message/delivery-status', 'message/global-delivery-status')
  if (status === null) return null
  const recipients = statusGroups(status).filter((group) => group.has('action'))
  // One refused recipient makes the report a bounce, whatever became of the others.
  const failed = recipients.filter((group) => group.get('action')?.toLowerCase() === 'failed')
  const told = failed.length > 0 ? failed : recipients
  const action = told[0]?.get('action')?.toLowerCase() ?? 'failed'
  const original = textOfPart(
    letter,
    'message/rfc822',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  )
  const report: DeliveryReport = {
    // Postfix reports carry no In-Reply-To: the id is inside the returned letter.
    about: messageIdIn(original) ?? letter.inReplyTo[0] ?? letter.references.at(-1) ?? null,
    fates: told.slice(0, maxFates).map((group) => ({
      recipients: [group.get('original-recipient'), group.get('final-recipient')].flatMap(
        (value) => afterType(value) ?? [],
      ),
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? null,
      diagnostic: (afterType(group.get('diagnostic-code')) ?? group.get('status') ?? '').slice(
        0,
        maxDiagnostic,
      ),
    })),
  }
  if (action === 'failed') return { kind: 'bounce', report }
  return { kind: action === 'delayed' ? 'delayed' : 'delivered', report }
}

const qmailWords = /^Hi\. This is the qmail-send program/m
const copyMark =
  /^---+ ?(?:Below this line is a copy of the message|This is a copy of the message|Копия письма)/im
const robotSender = /^(mailer-daemon|postmaster|mail-daemon)@/i

/** Bounces of qmail, Exim and others that have no machine-readable part: the words themselves. */
const plainBounce = (letter: Letter): LetterKind | null => {
  const robot = letter.from === null || robotSender.test(letter.from.address)
  const returned = letter.headers['return-path']?.replace(/\s/g, '') === '<>'
  const failedRecipients = letter.headers['x-failed-recipients']
  if (!qmailWords.test(letter.text) && failedRecipients === undefined && !(robot && returned))
    return null
  const code = /\b([45]\d\d)[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?/.exec(letter.text)
  const mark = copyMark.exec(letter.text)
  const original =
    mark !== null
      ? letter.text.slice(mark.index)
      : textOfPart(letter, 'message/rfc822', 'text/rfc822-headers')
  const about = messageIdIn(original) ?? letter.inReplyTo[0] ?? null
  // Without a code, a recipient or a returned letter it is just a word from a postmaster.
  if (code === null && failedRecipients === undefined && about === null) return null
  const line = code === null ? '' : (letter.text.slice(code.index).split('\n')[0] ?? '')
  const named = failedRecipients?.split(',') ?? [
    /^<([^<>\s]+@[^<>\s]+)>:/m.exec(letter.text)?.[1] ?? '',
  ]
  return {
    kind: 'bounce',
    report: {
      about,
      fates: named.slice(0, maxFates).map((recipient) => ({
        recipients: recipient.trim() ? [recipient.trim()] : [],
        status: code?.[2] ?? null,
        diagnostic: line.trim().slice(0, maxDiagnostic),
      })),
    },
  }
}

/** Kind of a letter; pure. */
export const classify = (letter: Letter): LetterKind => {
  if (/^multipart\/report\b/i.test(letter.contentType)) {
    const report = reportOf(letter)
    if (report !== null) return report
  }
  const bounce = plainBounce(letter)
  if (bounce !== null) return bounce

  const { headers } = letter
  // A comment may follow: "auto-replied (vacation)".
  const submitted = /^[a-z-]+/.exec(headers['auto-submitted']?.toLowerCase() ?? '')?.[0]
  // Before the lists: Dovecot marks its vacation replies "Precedence: bulk" as well.
  if (submitted === 'auto-replied') return { kind: 'auto' }
  const precedence = headers.precedence?.toLowerCase()
  const list =
    headers['list-id'] !== undefined ||
    headers['list-unsubscribe'] !== undefined ||
    precedence === 'list' ||
    precedence === 'bulk'
  if (list) return { kind: 'list' }
  const auto =
    (submitted !== undefined && submitted !== 'no') ||
    precedence === 'junk' ||
    precedence === 'auto_reply' ||
    headers['x-autoreply'] !== undefined ||
    headers['x-autorespond'] !== undefined ||
    headers['return-path']?.replace(/\s/g, '') === '<>' ||
    // Exchange puts "OOF, AutoReply" on ordinary letters of people too: only "All" means a robot.
    /\ball\b/i.test(headers['x-auto-response-suppress'] ?? '')
  return auto ? { kind: 'auto' } : { kind: 'personal' }
}
