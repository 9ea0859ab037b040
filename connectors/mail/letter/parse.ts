/**
 * Raw bytes → `Letter`. Runs inside the parsing thread (`thread.ts`), since a hostile letter may
 * cost any time and memory. postal-mime was chosen over mailparser by comparing both on 124
 * letters: it takes the first of two From headers, keeps delivery reports as parts and survives
 * huge headers; what it cannot parse (300 nested multiparts) falls back to the headers alone.
 */
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { htmlToText } from './html.ts'
import { emptyLetter, type Letter, type LetterFile, type Mailbox } from './letter.ts'
import { mendCharsets } from './mend.ts'
import { capReferences, messageIdsOf } from './threading.ts'

/** What the classification reads, and nothing else: headers may be a megabyte. */
const keptHeaders = new Set([
  'auto-submitted',
  'precedence',
  'list-id',
  'list-unsubscribe',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-failed-recipients',
  'return-path',
  'feedback-id',
])
const maxHeaderValue = 1000

/** A group ("Team: a@x, b@x;") has no address of its own: its members count. */
const mailboxes = (addresses: Address[] | undefined): Mailbox[] =>
  (addresses ?? [])
    .flatMap((address) => address.group ?? [address])
    .filter((mailbox) => mailbox.address !== '')
    .map(({ name, address }) => ({ name, address }))

/** Years outside are broken clocks; the time of arrival tells more. */
const earliest = Date.UTC(1990, 0)
const dateOf = (header: string | undefined): number | null => {
  const at = header === undefined ? Number.NaN : Date.parse(header)
  return Number.isFinite(at) && at > earliest ? at : null
}

const extensionByType: Record<string, string> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
}

const fileOf = (attachment: Attachment, at: number, html: string | undefined): LetterFile => {
  const { content } = attachment
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const cid = attachment.contentId?.replace(/^<|>$/g, '')
  const fallback = `${at + 1}.${extensionByType[attachment.mimeType] ?? 'bin'}`
  // Path separators never belong to a name; control characters break headers and file systems.
  const name = (attachment.filename ?? '').replace(/[\p{Cc}/\\]+/gu, '_').trim() || fallback
  const shown = cid !== undefined && (html ?? '').includes(`cid:${cid}`)
  return {
    name,
    type: attachment.mimeType || 'application/octet-stream',
    ...(cid === undefined ? {} : { cid }),
    inline: shown,
    bytes,
  }
}

const letterOf = (email: Email): Letter => {
  const headers: Record<string, string> = {}
  for (const { key, value } of email.headers) {
    if (keptHeaders.has(key) && !(key in headers))
      headers[key] = value.slice(0, maxHeaderValue).trim()
  }
  const header = (key: string) => email.headers.find((each) => each.key === key)?.value
  const html = email.html?.trim() ? email.html : null
  const text = email.text?.trim() ? email.text : html === null ? '' : htmlToText(html)
  return {
    parsed: true,
    messageId: messageIdsOf(email.messageId)[0] ?? null,
    inReplyTo: messageIdsOf(email.inReplyTo),
    references: capReferences(messageIdsOf(email.references)),
    from: mailboxes(email.from ? [email.from] : undefined)[0] ?? null,
    replyTo: mailboxes(email.replyTo),
    to: mailboxes(email.to),
    cc: mailboxes(email.cc),
    subject: (email.subject ?? '').replace(/\s+/g, ' ').trim(),
    date: dateOf(email.date),
    text: text.replace(/\r\n?/g, '\n').replace(/\0/g, '').trim(),
    html,
    files: email.attachments.map((attachment, at) => fileOf(attachment, at, email.html)),
    headers,
    contentType: header('content-type') ?? '',
  }
}

/** Everything up to the first blank line. */
const headerBlock = (raw: Uint8Array): Uint8Array => {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const ends = [source.indexOf('\r\n\r\n'), source.indexOf('\n\n')].filter((at) => at >= 0)
  return ends.length === 0 ? raw : raw.subarray(0, Math.min(...ends) + 2)
}

const parseMime = (raw: Uint8Array): Promise<Email> =>
  PostalMime.parse(raw, { forceRfc822Attachments: true })

/** Never throws. `parsed: false` = only the headers, or nothing at all, could be understood. */
export const parseLetter = async (raw: Uint8Array): Promise<Letter> => {
  try {
    return letterOf(await parseMime(mendCharsets(raw)))
  } catch {
    // Nesting beyond the parser's limit and the like; the headers alone usually still parse.
  }
  try {
    const letter = letterOf(await parseMime(mendCharsets(headerBlock(raw))))
    return { ...letter, parsed: false, text: '', html: null, files: [] }
  } catch {
    // Not even headers: the raw bytes are kept by the caller and shown as "not parsed".
    return emptyLetter()
  }
}
