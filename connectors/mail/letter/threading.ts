/**
 * Message ids and the threads they make (RFC 5322 §3.6.4). Ids are kept without angle brackets.
 */
import { domainOf } from '../../../shared/emails.ts'

/**
 * Letters with thousands of references are made by robots that answer themselves; the first (the
 * root of the thread) and the newest are what threads are found by.
 */
export const maxReferences = 100

/** RFC 5322 allows a header line of 998 characters; longer ids are nobody's. */
const maxIdLength = 900

/**
 * The ids of a Message-ID, In-Reply-To or References header. In-Reply-To may hold several, some
 * programs put words around them ("Message of Mon … <id>"), some leave the brackets out.
 */
export const messageIdsOf = (header: string | undefined): string[] => {
  if (!header) return []
  const bracketed = [...header.matchAll(/<([^<>]+)>/g)].map((found) => found[1] ?? '')
  const ids = (bracketed.length > 0 ? bracketed : header.split(/[\s,]+/))
    .map((id) => id.replace(/\s+/g, ''))
    .filter((id) => id.length > 0 && id.length <= maxIdLength)
  // Without brackets only something with an "@" can be told from words.
  const known = bracketed.length > 0 ? ids : ids.filter((id) => id.includes('@'))
  return [...new Set(known)]
}

/** References with the middle left out where there are too many: the root and the newest stay. */
export const capReferences = (ids: string[]): string[] => {
  if (ids.length <= maxReferences) return ids
  const [root] = ids
  return root === undefined ? [] : [root, ...ids.slice(1 - maxReferences)]
}

/** The ids a letter's thread may be known by, the most telling first: its parent, then back in time. */
export const threadKeys = (letter: { inReplyTo: string[]; references: string[] }): string[] => [
  ...new Set([...letter.inReplyTo, ...letter.references.toReversed()]),
]

/** The Message-ID of a letter of ours, derived from the message's own id, so that a repeat is the same letter. */
export const ownMessageId = (messageUuid: string, accountAddress: string): string =>
  `${messageUuid}@${domainOf(accountAddress)}`

/**
 * In-Reply-To and References of a reply (RFC 5322 §3.6.4): the parent's references and the parent
 * itself at the end.
 */
export const replyHeaders = (parent: {
  messageId: string
  references: string[]
}): { inReplyTo: string; references: string[] } => ({
  inReplyTo: parent.messageId,
  references: capReferences([
    ...parent.references.filter((id) => id !== parent.messageId),
    parent.messageId,
  ]),
})

const replyPrefix = /^\s*(?:(?:re|aw|sv|antw|ответ|отв|fwd?|пересл)\s*(?:\[\d+\])?\s*:\s*)+/i

/** A subject without its "Re:" and "Fwd:", the name of the conversation. */
export const bareSubject = (subject: string): string => subject.replace(replyPrefix, '').trim()

/** The subject of a reply: one "Re:", whatever stood there before. */
export const replySubject = (subject: string): string => `Re: ${bareSubject(subject)}`
