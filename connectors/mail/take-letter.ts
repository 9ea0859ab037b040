/**
 * One letter from the mailbox to the relay, for as long as it takes. A letter that cannot be stored
 * goes to quarantine with its raw bytes, and the stream goes on.
 */
import { createHash } from 'node:crypto'
import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow'
import { second } from '../../shared/clock.ts'
import { isPassing, ok } from '../../shared/reasons.ts'
import type { AccountContext } from '../channel.ts'
import { reconnecting, waitBefore } from '../host/backoff.ts'
import { once } from '../host/once.ts'
import { pause } from '../host/pause.ts'
import { type Delivered, deliver } from './deliver.ts'
import { classify } from './letter/classify.ts'
import { type LetterParser, maxLetterBytes } from './letter/parser.ts'

/** A refusal may be of the moment (a Yjs client id that is taken): one more try, under a new id. */
const triesBeforeQuarantine = 2

interface TakeOptions {
  context: AccountContext
  parser: LetterParser
  signal: AbortSignal
}

export interface Place {
  /** Folder. */
  path: string
  direction: 'in' | 'out'
  uid: number
  /** Came after the mailbox was connected. */
  fresh: boolean
}

/** `done`: stored, put aside, or no longer there. `stopped`: `signal` came before any of it. */
export type Taken = 'done' | 'known' | 'stopped'

type Outcome = { delivered: Delivered } | { passing: true } | { refused: string }

export const takeLetter = async (
  { context, parser, signal }: TakeOptions,
  client: Pick<ImapFlow, 'fetchAll'>,
  place: Place,
): Promise<Taken> => {
  const { relay, records, account, log } = context
  /** By uid, and of all that was said: a server may send word of letters before or after the answer (RFC 3501, 7). */
  const fetch = async (query: FetchQueryObject): Promise<FetchMessageObject | null> => {
    const said = await client.fetchAll(String(place.uid), { ...query, uid: true }, { uid: true })
    const [first, ...more] = said.filter(({ uid }) => uid === place.uid)
    return first ? Object.assign({}, first, ...more) : null
  }
  const listed = await fetch({ size: true, internalDate: true })
  // Deleted between the listing and now.
  if (!listed) return 'done'
  // Of a letter over the limit the headers are taken: it is shown, with a word that it is not whole.
  const tooLarge = (listed.size ?? 0) > maxLetterBytes
  const fetched = await fetch(tooLarge ? { headers: true } : { source: true })
  const raw = fetched ? (tooLarge ? fetched.headers : fetched.source) : undefined
  if (raw === undefined) return 'done'
  const parsed = await parser.parse(raw)
  const letter = tooLarge ? { ...parsed, parsed: false } : parsed
  const arrivedAt = new Date(listed.internalDate ?? context.clock()).getTime()

  const tryOnce = async (): Promise<Outcome> => {
    try {
      const { direction, path: folder, fresh } = place
      const arrival = { letter, raw, kind: classify(letter), direction, folder, arrivedAt, fresh }
      const result = await deliver({ relay, records, account }, arrival)
      if (result.ok) return { delivered: result.value }
      return isPassing(result.reason)
        ? { passing: true }
        : { refused: `${result.reason} ${result.field ?? ''}`.trim() }
    } catch (error) {
      // A fault of ours that this letter brought out: it must not hold up the letters behind it.
      log.error({ err: error, ...place }, 'Delivering a letter broke')
      return { refused: String(error).slice(0, 1000) }
    }
  }

  let refusals = 0
  for (let attempt = 0; !signal.aborted; attempt++) {
    const outcome = await tryOnce()
    if ('delivered' in outcome) {
      if (outcome.delivered === 'known') return 'known'
      if (place.direction === 'in') context.reportHealth({ lastIn: context.clock() })
      log.info({ ...place }, 'Letter taken')
      return 'done'
    }
    if ('refused' in outcome) {
      refusals += 1
      if (refusals < triesBeforeQuarantine) continue
      const { refused } = outcome
      const kept = await once(relay, {
        cause: ['quarantine', account.id, createHash('sha256').update(raw).digest('hex')],
        act: (id) =>
          relay.quarantine({
            id,
            account: account.id,
            error: refused,
            source: `${place.path} ${place.uid}`,
            raw: Buffer.from(raw).toString('base64'),
          }),
        ttl: 30 * second,
        // Doing it again lands on itself.
        happened: async () => ok(null),
      })
      // A process that died with the claim may have put nothing aside: asked again until it is known.
      const isKept = kept.ok && kept.value.kind === 'done'
      log.error({ ...place, cause: refused, kept: isKept }, 'Letter quarantined')
      if (isKept) context.reportHealth({ quarantined: 1 })
      // Too large even to be put aside: it stays in the mailbox, and in this log.
      if (isKept || (!kept.ok && kept.reason === 'tooLarge')) return 'done'
    }
    await pause(waitBefore(reconnecting, attempt, context.random()), signal)
  }
  return 'stopped'
}
