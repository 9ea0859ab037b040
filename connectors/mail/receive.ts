/**
 * Receiving: one IMAP connection for an account, kept open.
 *
 *     connect ─▶ folders ─▶ take INBOX ─▶ take Sent (now and then) ─▶ IDLE ─▶ woken ─┐
 *        ▲                      ▲                                                    │
 *        └── backoff ◀── closed └────────────────────────────────────────────────────┘
 *
 * IDLE is called explicitly: imapflow's own starts after 15 s of silence and is blind in between. A
 * cursor is stored at the relay only after the letters before it are.
 */
import type { ImapFlow } from 'imapflow'
import { minute, second } from '../../shared/clock.ts'
import { sameValue } from '../../shared/equality.ts'
import { isPassing, type Reason, type Result } from '../../shared/reasons.ts'
import type { MailServer } from '../../shared/records/account.ts'
import type { AccountContext } from '../channel.ts'
import { reconnecting, refused, waitBefore } from '../host/backoff.ts'
import { pause } from '../host/pause.ts'
import { failureOf, needsPerson } from './failures.ts'
import { foldersOf, sentFolder } from './folders.ts'
import { openImap } from './imap.ts'
import type { LetterParser } from './letter/parser.ts'
import type { Network } from './network.ts'
import { cursorOf, type FolderCursor, firstSince, firstUids, syncPlan } from './sync-plan.ts'
import { takeLetter } from './take-letter.ts'

/** Between two looks at the Sent folder; also proves that the connection is alive. */
const lookEvery = minute
/** Servers without IDLE are asked this often. */
const pollEvery = 15 * second
const listFoldersEvery = 10 * minute
/** Letters between two stored cursors: after a crash so many are recognised again, at most. */
const cursorEvery = 20
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
  client.on('exists', alarm.ring)
  client.on('close', alarm.ring)
  const poll = client.capabilities.has('IDLE') ? lookEvery : pollEvery
  let sent = await listFolders(context, client)
  let listedAt = context.clock()
  let sentLookedAt = 0
  alive()
  context.reportHealth({ state: 'connected' })

  while (!signal.aborted && client.usable) {
    alarm.reset()
    if (sent !== null && context.clock() - sentLookedAt >= lookEvery) {
      await take(options, client, { path: sent, direction: 'out' })
      sentLookedAt = context.clock()
    }
    if (context.clock() - listedAt >= listFoldersEvery) {
      sent = await listFolders(context, client)
      listedAt = context.clock()
    }
    // The inbox last: it stays selected, and IDLE watches the selected folder.
    await take(options, client, { path: 'INBOX', direction: 'in' })
    if (alarm.rung()) continue
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

interface Folder {
  path: string
  direction: 'in' | 'out'
}

/** Takes what is new in a folder. Throws where the connection ends; waits where the relay is away. */
const take = async (options: ReceiveOptions, client: ImapFlow, folder: Folder): Promise<void> => {
  const { context, signal } = options
  const { relay, account } = context
  const selected =
    client.mailbox && client.mailbox.path === folder.path
      ? client.mailbox
      : await client.mailboxOpen(folder.path, { readOnly: true })
  const key = `imap:${folder.path}`
  const stored = await persist(context, signal, () => relay.state(account.id, key))
  if (!stored) return
  const plan = syncPlan(cursorOf(stored.value), selected)
  const uidValidity = String(selected.uidValidity)

  const first = plan.kind === 'first'
  const freshFrom = first ? selected.uidNext : plan.freshFrom
  const uids = first
    ? firstUids(
        (await client.search({ since: new Date(firstSince(context.clock())) }, { uid: true })) ||
          [],
      )
    : await uidsFrom(client, plan.next)
  let saved = first ? null : plan.next
  const save = async (next: number): Promise<void> => {
    if (saved === next) return
    const cursor: FolderCursor = { uidValidity, next, freshFrom }
    const kept = await persist(context, signal, () => relay.setState(account.id, key, cursor))
    if (kept) saved = next
  }
  let next = first ? (uids[0] ?? selected.uidNext) : plan.next
  await save(next)
  for (const [at, uid] of uids.entries()) {
    const taken = await takeLetter(options, client, { ...folder, uid, fresh: uid >= freshFrom })
    if (!taken) break
    next = uid + 1
    if ((at + 1) % cursorEvery === 0) await save(next)
  }
  await save(next)
}

/** Uids not taken yet, oldest first. "5:*" names the last letter even where it is older than 5. */
const uidsFrom = async (client: ImapFlow, next: number): Promise<number[]> => {
  const found = (await client.search({ uid: `${next}:*` }, { uid: true })) || []
  return found.filter((uid) => uid >= next).sort((a, b) => a - b)
}

/** Asks the relay until it answers. Null where we were told to stop meanwhile, or it refuses for good. */
const persist = async <T>(
  context: AccountContext,
  signal: AbortSignal,
  ask: () => Promise<Result<T>>,
): Promise<{ value: T } | null> => {
  for (let attempt = 0; !signal.aborted; attempt++) {
    const answer = await ask()
    if (answer.ok) return { value: answer.value }
    if (!isPassing(answer.reason)) {
      context.log.error({ failure: answer }, 'The relay refuses')
      return null
    }
    await pause(waitBefore(reconnecting, attempt, context.random()), signal)
  }
  return null
}
