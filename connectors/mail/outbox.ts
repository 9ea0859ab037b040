/**
 * Sending: the queued messages of an account, one at a time, oldest first.
 *
 *     queued ─▶ compose ─▶ connect, log in ─▶ claim (sending, on the relay's disk) ─▶ DATA ─┬▶ sent ─▶ copy in Sent
 *       ▲                                                                                   ├▶ failed (5xx)
 *       └────────────────────────────── 4xx, or it surely did not leave ◀───────────────────┤
 *                                                                                           └▶ unknown (no answer)
 *
 * SMTP has no idempotency of its own: what may have left is never sent again without a person's word.
 */
import { hour, second } from '../../shared/clock.ts'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import { isPassing } from '../../shared/reasons.ts'
import type { MessageEntry, MessageState } from '../../shared/records/segment.ts'
import type { AccountContext, Outgoing } from '../channel.ts'
import { reconnecting, refused, resending, waitBefore } from '../host/backoff.ts'
import { identityOf, type LetterIdentity, recipientsOf } from './compose.ts'
import { needsPerson } from './failures.ts'
import type { Fault } from './faults.ts'
import type { Network } from './network.ts'
import { prepareLetter } from './prepare.ts'
import { fileInSent, foundInSent } from './sent-folder.ts'
import { openSmtp } from './smtp.ts'

/** RFC 5321 §4.5.4.1 gives 4-5 days; people expect to hear of a letter that does not go much sooner. */
const giveUpAfter = 48 * hour
/** How long a stop waits for the relay to take the outcome of a letter that left. */
const lastWord = 8 * second

export interface Outbox {
  add(outgoing: Outgoing): void
  withdraw(key: string): void
  stop(): Promise<void>
}

/** `soon`: nothing was tried, since the relay or the lease is away; `later`: the mail server is to be left alone a while. */
type Progress = 'done' | 'soon' | 'later'

interface Waiting {
  outgoing: Outgoing
  attempt: number
  /** When this process heard of it: a letter written offline days ago has all its tries yet, ms. */
  since: number
  /** Not before this moment, ms. */
  due: number
}

/**
 * Messages that this process handed to a server, at least in part, and whose outcome the relay does not
 * have yet; the outcome, null while there is none. It outlives an outbox: an account whose lease ran out
 * while the relay was away is begun anew by the same process, and must not take what it has sent
 * for something that has never left.
 */
export type Begun = Map<string, MessageState | null>

export const createOutbox = (
  context: AccountContext,
  network: Network,
  fault: Fault,
  begun: Begun,
): Outbox => {
  const { account, records, holder, clock, log } = context
  const waiting = new Map<string, Waiting>()
  let stopping = false
  let wake: () => void = () => {}
  let inFlight: string | null = null
  /** Failed logins hold back the whole account, not one message. */
  let loginAttempt = 0
  let loginDue = 0

  const setState = (
    segment: string,
    key: string,
    state: MessageState,
    from: MessageState['status'],
  ) =>
    records.change('segment', segment, (row) => {
      const entry = row?.messages.find((each) => each.key === key)
      // Somebody decided otherwise meanwhile: their word stands.
      return entry?.state?.status === from ? { states: { [key]: state } } : null
    })

  /** Writes an outcome until the relay has it; gives up only some time after being told to stop. */
  const settle = async (segment: string, key: string, state: MessageState): Promise<void> => {
    begun.set(key, state)
    let left = lastWord
    for (let attempt = 0; ; attempt++) {
      const written = await setState(segment, key, state, 'sending')
      if (written.ok) {
        begun.delete(key)
        return
      }
      if (!isPassing(written.reason)) {
        log.error({ failure: written, key }, 'The outcome of a letter was refused')
        return
      }
      const pause = Math.min(waitBefore(reconnecting, attempt, context.random()), second * 5)
      if (stopping) {
        left -= pause
        if (left < 0) return
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  const stateOf = (status: MessageState['status'], failure?: ApiFailure): MessageState => ({
    status,
    at: clock(),
    ...(failure && {
      reason: failure.reason,
      ...(failure.detail && { detail: failure.detail.slice(0, 1000) }),
    }),
  })

  /** Left in the middle by a process that is no more: the Sent folder may know. */
  const resolve = async ({ segment, message }: Outgoing): Promise<Progress> => {
    const imap = account.connection?.imap
    const { messageId } = identityOf(account, message, undefined)
    const found = imap ? await foundInSent(network, imap, context.password, messageId) : null
    if (found !== null && !found.ok && !needsPerson.has(found.failure.reason)) return 'later'
    const sent = found?.ok === true && found.value
    log.warn({ key: message.key, sent }, 'A letter was left in the middle of sending')
    await settle(
      segment,
      message.key,
      sent ? stateOf('sent') : stateOf('unknown', { reason: 'outcomeUnknown' }),
    )
    return 'done'
  }

  const sendOne = async (item: Waiting): Promise<Progress> => {
    const { segment, dialog } = item.outgoing
    const { key } = item.outgoing.message
    const fresh = await records.read('segment', segment)
    if (!fresh.ok) return 'soon'
    const message = fresh.value?.messages.find((each) => each.key === key)
    if (!fresh.value || message?.direction !== 'out') return 'done'
    if (message.state?.status === 'sending' && message.state.by !== holder) {
      return resolve({ ...item.outgoing, message })
    }
    if (message.state?.status === 'sending') {
      // Claimed by this process. If DATA was begun it has left, with an outcome or none; if not, nothing has.
      const outcome = begun.get(key)
      if (outcome) {
        await settle(segment, key, outcome)
        return outcome.status === 'queued' ? 'later' : 'done'
      }
      if (outcome === null) return resolve({ ...item.outgoing, message })
      const freed = await setState(segment, key, stateOf('queued'), 'sending')
      return freed.ok || isPassing(freed.reason) ? 'soon' : 'done'
    }
    // Whatever is known of it is of a try that the relay has heard of.
    begun.delete(key)
    if (message.state?.status !== 'queued') return 'done'

    const refuse = async (failure: ApiFailure): Promise<Progress> => {
      const written = await setState(segment, key, stateOf('failed', failure), 'queued')
      return written.ok || !isPassing(written.reason) ? 'done' : 'soon'
    }
    const smtp = account.connection?.smtp
    if (account.send === false) return refuse({ reason: 'forbidden' })
    if (!smtp) return refuse({ reason: 'parametersNotFound' })
    if (recipientsOf(message).length === 0) return refuse({ reason: 'recipientRefused' })

    const prepared = await prepareLetter(context, dialog, fresh.value, message)
    if (!prepared.ok)
      return isPassing(prepared.reason) ? 'soon' : refuse({ reason: prepared.reason })
    const { identity, raw } = prepared.value

    const opened = await openSmtp(network, smtp, context.password)
    if (!opened.ok) {
      const { failure } = opened
      log.warn({ failure }, 'SMTP connection failed')
      const personal = needsPerson.has(failure.reason)
      loginDue =
        clock() + waitBefore(personal ? refused : reconnecting, loginAttempt, context.random())
      loginAttempt += 1
      if (personal || loginAttempt > 2)
        context.reportHealth({ state: 'failing', reason: failure.reason })
      return 'later'
    }
    loginAttempt = 0
    const session = opened.value
    try {
      if (stopping || !context.leaseHeld()) return 'soon'
      inFlight = key
      fault('before-claim')
      if (!(await claim(segment, message, identity)) || !context.leaseHeld()) return 'soon'
      fault('after-claim')
      begun.set(key, null)
      const outcome = await session.send(
        { from: account.address, to: recipientsOf(message) },
        raw,
        fault,
      )
      switch (outcome.kind) {
        case 'sent': {
          fault('accepted')
          const words = outcome.refused
            .map(({ address, words }) => `${address}: ${words}`)
            .join('; ')
          await settle(
            segment,
            key,
            words
              ? stateOf('sent', { reason: 'recipientRefused', detail: words })
              : stateOf('sent'),
          )
          fault('settled')
          context.reportHealth({ state: 'connected', lastOut: clock() })
          log.info({ key }, 'Letter sent')
          await keepCopy(identity, raw)
          return 'done'
        }
        case 'permanent':
          await settle(segment, key, stateOf('failed', outcome.failure))
          return 'done'
        case 'unknown':
          await settle(segment, key, stateOf('unknown', outcome.failure))
          return 'done'
        case 'temporary':
          if (clock() - item.since > giveUpAfter) {
            await settle(segment, key, stateOf('failed', outcome.failure))
            return 'done'
          }
          log.warn({ key, failure: outcome.failure }, 'Letter put off by the server')
          await settle(segment, key, stateOf('queued', outcome.failure))
          return 'later'
      }
    } finally {
      inFlight = null
      session.close()
    }
  }

  /**
   * `sending` on the relay's disk, with the ids the letter is going to have. Read back: had a device
   * cancelled at the same moment, one of the two words stands, and only the relay knows which.
   */
  const claim = async (
    segment: string,
    message: MessageEntry,
    identity: LetterIdentity,
  ): Promise<boolean> => {
    const { key, state: _state, ...body } = message
    const folder = body.folder ?? (await sentPath())
    const claimed = await records.change('segment', segment, (row) => {
      const present = row?.messages.find((each) => each.key === key)
      if (present?.state?.status !== 'queued') return null
      return {
        states: { [key]: { status: 'sending', at: clock(), by: holder } },
        messages: {
          [key]: {
            ...body,
            ...(folder && { folder }),
            messageId: identity.messageId,
            ...(identity.inReplyTo.length > 0 && { inReplyTo: identity.inReplyTo }),
            ...(identity.references.length > 0 && { references: identity.references }),
          },
        },
      }
    })
    if (!claimed.ok) return false
    const stands = await records.read('segment', segment)
    const state = stands.ok ? stands.value?.messages.find((each) => each.key === key)?.state : null
    return state?.status === 'sending' && state.by === holder
  }

  /** Where the letter is going to lie; the mailbox's folders are listed on the account by receiving. */
  const sentPath = async (): Promise<string | undefined> => {
    const row = await records.read('account', account.id)
    return row.ok ? row.value?.folders?.find(({ use }) => use === '\\Sent')?.path : undefined
  }

  /** The copy in Sent, unless the server filed one itself. The letter has left: a failure is only logged. */
  const keepCopy = async (identity: LetterIdentity, raw: Buffer): Promise<void> => {
    const imap = account.connection?.imap
    if (!imap) return
    const kept = await fileInSent(network, imap, context.password, identity.messageId, raw)
    if (!kept.ok) log.warn({ failure: kept.failure }, 'No copy in Sent')
  }

  const nextDue = (): Waiting | null => {
    let first: Waiting | null = null
    for (const item of waiting.values()) {
      if (item.due > clock()) continue
      if (first === null || item.outgoing.message.at < first.outgoing.message.at) first = item
    }
    return loginDue > clock() ? null : first
  }

  const run = async (): Promise<void> => {
    while (!stopping) {
      const item = nextDue()
      if (item === null) {
        const dues = [...waiting.values()].map(({ due }) => Math.max(due, loginDue))
        const pause = dues.length === 0 ? hour : Math.max(10, Math.min(...dues) - clock())
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(pause, hour))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        continue
      }
      const { key } = item.outgoing.message
      const result = await sendOne(item)
      if (waiting.get(key) !== item) continue
      if (result === 'done') waiting.delete(key)
      else {
        const plan = result === 'soon' ? reconnecting : resending
        item.due = clock() + waitBefore(plan, item.attempt, context.random())
        // A login or a relay that failed is waited for elsewhere: the message itself was not refused.
        if (loginDue > clock()) item.due = loginDue
        item.attempt += 1
      }
    }
  }
  const running = run().catch((error: unknown) => log.error({ err: error }, 'The outbox broke'))

  return {
    add(outgoing) {
      const { key } = outgoing.message
      // A repeat of what waits already must not shorten its wait; one in flight is ours to finish.
      if (key === inFlight || waiting.has(key)) return
      waiting.set(key, { outgoing, attempt: 0, since: clock(), due: 0 })
      wake()
    },
    withdraw(key) {
      if (key !== inFlight) waiting.delete(key)
    },
    async stop() {
      stopping = true
      wake()
      await running
    },
  }
}
