/**
 * A letter as the rest of the connector knows it: plain values, no MIME. Made by `parseLetter`,
 * which never throws: what cannot be parsed comes back with `parsed: false` and whatever its
 * headers still tell, and the caller keeps the raw bytes.
 */

export interface Mailbox {
  /** Empty where the letter gives none. */
  name: string
  /** As written; compare through `normaliseEmail`. */
  address: string
}

export interface LetterFile {
  name: string
  /** MIME type, lower case. */
  type: string
  /** Content-ID without angle brackets, of pictures that the HTML refers to as `cid:…`. */
  cid?: string
  /** Whether the letter's HTML shows the file in place, so that it is not an attachment to people. */
  inline: boolean
  bytes: Uint8Array
}

export interface Letter {
  parsed: boolean
  /** Message ids are kept without angle brackets everywhere. */
  messageId: string | null
  inReplyTo: string[]
  references: string[]
  /** The first From header: a second one is a way to forge the sender. */
  from: Mailbox | null
  replyTo: Mailbox[]
  to: Mailbox[]
  cc: Mailbox[]
  subject: string
  /** Milliseconds since the epoch, null where the Date header is absent or absurd. */
  date: number | null
  /** Plain text, made from the HTML where the letter has no text of its own. */
  text: string
  html: string | null
  files: LetterFile[]
  /** Headers in lower case that the classification looks at; the first of each name. */
  headers: Record<string, string>
  /** Main Content-Type with its parameters, as written. */
  contentType: string
}

export const emptyLetter = (): Letter => ({
  parsed: false,
  messageId: null,
  inReplyTo: [],
  references: [],
  from: null,
  replyTo: [],
  to: [],
  cc: [],
  subject: '',
  date: null,
  text: '',
  html: null,
  files: [],
  headers: {},
  contentType: '',
})
