/**
 * The host: runs the channel accounts that this process has leases for.
 *
 *     leases ──┐
 *     accounts ┼─▶ a worker per account ─▶ the channel (mail …)
 *     secrets ─┘        ▲
 *     segments ─▶ unfinished messages of ours, to the worker of their account
 *     jobs ─▶ checks of the account form
 */
import { type Clock, second } from '../../shared/clock.ts'
import type { AccountRow, Channel } from '../../shared/records/account.ts'
import type { AccountWorker, ChannelKind, Log, Outgoing } from '../channel.ts'
import { type FeedPosition, type Subscription, subscribe } from './feeds.ts'
import { healthReporter } from './health.ts'
import { takeJobs } from './jobs.ts'
import { keepLeases } from './leases.ts'
import { segmentNews } from './outgoing.ts'
import { remoteRecords } from './records.ts'
import { NotSetUp, type Relay } from './relay.ts'

/** Positions in the feed are stored this often; after a crash so much is read again. */
const storePositionsEvery = 30 * second
const positionKey = 'feed'

export interface HostOptions {
  relay: Relay
  kinds: Record<Channel, ChannelKind>
  /** A UUID of this process. */
  holder: string
  clock: Clock
  random: () => number
  log: Log & { child(fields: object): Log }
  /** Life of a lease, ms. */
  leaseTtl: number
}

interface Running {
  /** What it was started with; another means a restart. */
  settings: string
  /** The moment of the last wish to connect anew, such as a new password; a later one means a restart. */
  asked: number
  worker: AccountWorker
}

export const startHost = (options: HostOptions): { stop(): Promise<void> } => {
  const { relay, kinds, holder, clock, random, log } = options
  const records = remoteRecords(relay, clock)
  const health = healthReporter(records, clock)
  const accounts = new Map<string, AccountRow>()
  const running = new Map<string, Running>()
  const unfinished = new Map<string, Map<string, Outgoing>>()
  /** Accounts whose unfinished messages the segments feed has covered, from their stored position. */
  const covered = new Set<string>()
  let segments: Subscription | null = null
  /** Where the feed of segments was begun: null at the very start, undefined before there is one. */
  let readFrom: FeedPosition | null | undefined
  let stopping = false
  let turn: Promise<void> = Promise.resolve()

  const leases = keepLeases({
    relay,
    holder,
    clock,
    ttl: options.leaseTtl,
    onChange: () => reconcile(),
  })

  let saidNotSetUp = false
  const broken = (words: string) => (error: unknown) => {
    if (!(error instanceof NotSetUp)) return log.warn({ err: error }, words)
    // Before the first-run form this goes on for as long as nobody fills it in.
    if (!saidNotSetUp) log.info({}, 'Nothing to connect yet: the company is not set up')
    saidNotSetUp = true
  }

  const accountsFeed = subscribe({
    relay,
    types: ['account'],
    from: null,
    random,
    onEntries: (entries) => {
      for (const { row } of entries) {
        const account = row as AccountRow // of the one type asked for
        accounts.set(row.id, account)
        if (isRun(account) && !leases.isHeld(row.id)) leases.askSoon()
      }
      reconcile()
    },
    onBroken: broken('The feed of accounts broke'),
  })
  const jobs = takeJobs({ relay, kinds, random, log })

  /** One reconciliation at a time, and one more where something changed meanwhile. */
  let wanted = false
  const reconcile = (): void => {
    if (wanted || stopping) return
    wanted = true
    turn = turn.then(async () => {
      wanted = false
      await arrange()
    })
    turn.catch((error: unknown) => log.error({ err: error }, 'Arranging the accounts broke'))
  }

  const arrange = async (): Promise<void> => {
    const due = new Map<string, AccountRow>()
    for (const id of stopping ? [] : leases.held()) {
      const account = accounts.get(id)
      if (account && isRun(account)) due.set(id, account)
    }
    for (const [id, { settings, asked, worker }] of [...running]) {
      const account = due.get(id)
      if (account && settingsOf(account) === settings && askedAt(account) <= asked) continue
      running.delete(id)
      await worker.stop()
      log.info({ account: id }, 'Account stopped')
    }
    for (const [id, account] of due) if (!running.has(id)) await startAccount(id, account)
    await coverSegments()
  }

  const startAccount = async (id: string, account: AccountRow): Promise<void> => {
    const secret = await relay.secret(id)
    if (!secret.ok) {
      log.warn({ account: id, failure: secret }, 'No secret of the account')
      return
    }
    health.restarted(id)
    const worker = kinds[account.channel].start({
      account,
      password: secret.value.password,
      relay,
      records,
      holder,
      clock,
      random,
      log: log.child({ account: id }),
      leaseHeld: () => leases.isHeld(id),
      reportHealth: (report) => health.report(id, report),
    })
    running.set(id, { settings: settingsOf(account), asked: askedAt(account), worker })
    for (const outgoing of unfinished.get(id)?.values() ?? []) worker.send(outgoing)
    log.info({ account: id, address: account.address }, 'Account started')
  }

  /** Has the feed of segments read from where the account that was read least was left. */
  const coverSegments = async (): Promise<void> => {
    const fresh = [...running.keys()].filter((id) => !covered.has(id))
    if (fresh.length === 0) return
    let from = readFrom
    for (const id of fresh) {
      const stored = await relay.state(id, positionKey)
      // Without an answer it would have to be read from the start: ask again at the next renewal.
      if (!stored.ok) return
      from = from === undefined ? positionOf(stored.value) : earlier(from, positionOf(stored.value))
    }
    for (const id of fresh) covered.add(id)
    if (from === undefined || (segments !== null && from === readFrom)) return
    readFrom = from
    await segments?.stop()
    segments = subscribe({
      relay,
      types: ['segment'],
      from,
      random,
      onEntries: (entries) => {
        for (const entry of entries) if (entry.type === 'segment') takeNews(segmentNews(entry))
      },
      onBroken: broken('The feed of messages broke'),
    })
  }

  const takeNews = ({
    account,
    unfinished: added,
    finished,
  }: ReturnType<typeof segmentNews>): void => {
    const worker = running.get(account)?.worker
    const known = unfinished.get(account) ?? new Map<string, Outgoing>()
    for (const outgoing of added) {
      known.set(outgoing.message.key, outgoing)
      worker?.send(outgoing)
    }
    for (const key of finished) {
      if (known.delete(key)) worker?.withdraw(key)
    }
    if (known.size > 0) unfinished.set(account, known)
    else unfinished.delete(account)
  }

  /** Where each account's messages were read to; held back while some of them are unfinished. */
  const storePositions = async (): Promise<void> => {
    const position = segments?.position()
    if (!position) return
    for (const id of running.keys()) {
      if (!unfinished.has(id) && covered.has(id)) await relay.setState(id, positionKey, position)
    }
  }
  const storing = setInterval(() => void storePositions(), storePositionsEvery)

  return {
    async stop() {
      stopping = true
      clearInterval(storing)
      await turn
      // What is on its way comes first: whoever stops us waits ten seconds and then kills.
      await Promise.all([
        accountsFeed.stop(),
        jobs.stop(),
        ...[...running.values()].map(({ worker }) => worker.stop()),
      ])
      await storePositions()
      await segments?.stop()
      await health.stop()
      await leases.stop()
    },
  }
}

const isRun = (account: AccountRow): boolean =>
  account.deletedAt === undefined && account.health?.state !== 'paused'

/** What a worker has to be restarted for. */
const settingsOf = (account: AccountRow): string => {
  const { channel, address, name, access, receive, send, connection, responsible } = account
  const { appealSource, reasonRequired } = account
  return JSON.stringify([
    channel,
    address,
    name,
    access,
    receive,
    send,
    connection,
    responsible,
    appealSource,
    reasonRequired,
  ])
}

const askedAt = ({ health }: AccountRow): number =>
  health?.state === 'connecting' ? health.since : 0

/** The earlier of two positions; null, the very start, where they cannot be compared. */
const earlier = (a: FeedPosition | null, b: FeedPosition | null): FeedPosition | null => {
  if (a === null || b === null || a.epoch !== b.epoch) return null
  return b.head < a.head ? b : a
}

const positionOf = (value: unknown): FeedPosition | null => {
  if (typeof value !== 'object' || value === null) return null
  const { epoch, head }: Partial<Record<keyof FeedPosition, unknown>> = value
  return typeof epoch === 'string' && typeof head === 'number' ? { epoch, head } : null
}
