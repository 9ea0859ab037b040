/**
 * Receiving: one IMAP connection for an account, kept open.
 *
 *     connect ─▶ folders ─▶ take Sent (now and then) ─▶ take INBOX ─▶ IDLE ─▶ woken ─┐
 *        ▲                      ▲                                                    │
 *        └── backoff ◀── closed └────────────────────────────────────────────────────┘
 *
 * IDLE is called explicitly: imapflow's own starts after 15 s of silence and is blind in between. It is
 * ended by new letters, by flags that another mail program set, and by letters that went away.
 */
import type { ImapFlow } from 'imapflow'
import { minute, second } from '../../shared/clock.ts'
import { sameValue } from '../../shared/equality.ts'
import type { Reason } from '../../shared/reasons.ts'
import type { MailServer } from '../../shared/records/account.ts'
import type { AccountContext } from '../channel.ts'
import { reconnecting, refused, waitBefore } from '../host/backoff.ts'
import { pause } from '../host/pause.ts'
import { failureOf, needsPerson } from './failures.ts'
import { foldersOf, sentFolder } from './folders.ts'
import { openImap } from './imap.ts'
import type { LetterParser } from './letter/parser.ts'
import { createMoves } from './moves.ts'
import type { Network } from './network.ts'
import { createSeen } from './seen.ts'
import { firstSince } from './sync-plan.ts'
import { type Folder, takeFolder } from './take-folder.ts'

/** Between two looks at the Sent folder; also proves that the connection is alive. */
const lookEvery = minute
/** Servers without IDLE are asked this often. */
const pollEvery = 15 * second
const listFoldersEvery = 10 * minute
/** A connection that broke once and came back is not worth a word to the administrator. */
const quietAttempts = 2

export interface ReceiveOptions {
  context: AccountContext
  server: MailServer
  network: Network
  parser: LetterParser
  signal: AbortSignal
}

/** Runs until `signal` aborts. */
export const receive = async (options: ReceiveOptions): Promise<void> => {
  const { context, server, network, signal } = options
  let attempt = 0
  while (!signal.aborted) {
    const opened = await openImap(network, server, context.password)
    let reason: Reason
    if (opened.ok) {
      const client = opened.value
      const stop = () => client.close()
      signal.addEventListener('abort', stop)
      try {
        await session(options, client, () => {
          attempt = 0
        })
        reason = 'providerError'
      } catch (error) {
        const failure = failureOf(error)
        reason = failure.reason
        if (!signal.aborted) context.log.warn({ failure }, 'IMAP connection ended')
      } finally {
        signal.removeEventListener('abort', stop)
        client.close()
      }
    } else {
      reason = opened.failure.reason
      context.log.warn({ failure: opened.failure }, 'IMAP connection failed')
    }
    if (signal.aborted) return
    const personal = needsPerson.has(reason)
    if (personal || attempt >= quietAttempts) context.reportHealth({ state: 'failing', reason })
    await pause(waitBefore(personal ? refused : reconnecting, attempt, context.random()), signal)
    attempt += 1
  }
}

/** One connection's life. Returns or throws when it is over. */
const session = async (
  options: ReceiveOptions,
  client: ImapFlow,
  alive: () => void,
): Promise<void> => {
  const { context, signal } = options
  const alarm = createAlarm()
  let sentLookedAt = 0
  let lookAtSent = true
  client.on('exists', alarm.ring)
  client.on('close', alarm.ring)
  client.on('flags', alarm.ring)
  client.on('expunge', () => {
    // It may have been moved to the other folder.
    lookAtSent = true
    alarm.ring()
  })
  const moves = createMoves(context, signal, (path) => path === 'INBOX' || path === sent)
  const seen = createSeen(context, signal)
  const take = (folder: Folder) => takeFolder({ ...options, moves, seen }, client, folder)
  const poll = client.capabilities.has('IDLE') ? lookEvery : pollEvery
  let sent = await listFolders(context, client)
  let listedAt = context.clock()
  alive()
  context.reportHealth({ state: 'connected' })

  while (!signal.aborted && client.usable) {
    alarm.reset()
    if (sent !== null && (lookAtSent || context.clock() - sentLookedAt >= lookEvery)) {
      // Before the look: what goes away meanwhile asks for another.
      lookAtSent = false
      sentLookedAt = context.clock()
      await take({ path: sent, direction: 'out' })
    }
    if (context.clock() - listedAt >= listFoldersEvery) {
      sent = await listFolders(context, client)
      listedAt = context.clock()
    }
    // The inbox last: it stays selected, and IDLE watches the selected folder.
    await take({ path: 'INBOX', direction: 'in' })
    lookAtSent ||= moves.toBeChecked(sent)
    if (alarm.rung() || seen.isBehind() || (lookAtSent && sent !== null)) continue
    // Ends by itself when the next command comes; what it answers says nothing that `usable` does not.
    client.idle().catch(() => {})
    await alarm.wait(poll)
  }
}

/** Something rings, someone waits; what rang before the wait counts too. */
const createAlarm = () => {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    reset: () => {
      rung = false
    },
    rung: () => rung,
    wait: (limit: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(done, limit)
        function done() {
          clearTimeout(timer)
          wake = null
          resolve()
        }
        wake = done
        if (rung) done()
      }),
  }
}

/** Shows the folders on the account, and since when its letters are taken. Returns the path of Sent. */
const listFolders = async (context: AccountContext, client: ImapFlow): Promise<string | null> => {
  const list = await client.list({ statusQuery: { messages: true } })
  const folders = foldersOf(list)
  await context.records.change('account', context.account.id, (row) =>
    row === null || (sameValue(row.folders, folders) && row.since !== undefined)
      ? null
      : { folders, since: row.since ?? firstSince(context.clock()) },
  )
  return sentFolder(list)
}
