/** Whom an answer goes to, and under what subject. */
import { normaliseEmail } from '../../../shared/emails.ts'
import type { MailAddress, Message } from '../../../shared/records/segment.ts'

type Addressed = Pick<Message, 'direction' | 'author' | 'to' | 'replyTo'>

/**
 * To the one who wrote, at the address they asked for (Reply-To); after a letter of our own, to
 * whom that went. `fallback` is the other side as the dialog knows it.
 */
export const recipientsOfReply = (
  last: Addressed | undefined,
  fallback: MailAddress,
): MailAddress[] => {
  if (last?.direction === 'out' && last.to?.length) return last.to
  if (last?.direction === 'in') {
    if (last.replyTo?.length) return last.replyTo
    if (last.author.address)
      return [{ address: last.author.address, ...(last.author.name && { name: last.author.name }) }]
  }
  return [fallback]
}

const replyPrefix = /^\s*(?:(?:re|aw|sv|antw|ответ|отв)\s*(?:\[\d+\])?\s*:\s*)+/i

/** One "Re:" before the subject, whatever stood there before. */
export const replySubject = (subject: string): string =>
  `Re: ${subject.replace(replyPrefix, '').trim()}`

const listed = /"([^"]*)"\s*<([^<>]+)>|([^<>,;]*)<([^<>]+)>|([^\s,;<>]+)/g

/**
 * Addresses typed in a line: `Иван <i@x.ru>, p@x.ru; …`. What is not an address is returned as
 * `wrong`, so that it can be shown.
 */
export const parseRecipients = (typed: string): { addresses: MailAddress[]; wrong: string[] } => {
  const addresses: MailAddress[] = []
  const wrong: string[] = []
  for (const found of typed.matchAll(listed)) {
    const raw = found[2] ?? found[4] ?? found[5] ?? ''
    const name = (found[1] ?? found[3] ?? '').trim()
    const address = normaliseEmail(raw)
    if (!address) wrong.push(raw.trim())
    else if (!addresses.some((other) => other.address === address))
      addresses.push(name ? { name, address } : { address })
  }
  return { addresses, wrong }
}

export const formatRecipients = (addresses: readonly MailAddress[]): string =>
  addresses
    .map(({ name, address }) => (name ? `${name.replace(/[<>",;]/g, ' ')} <${address}>` : address))
    .join(', ')
