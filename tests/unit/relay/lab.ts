/** A relay in memory, and people at devices who use its doors. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import type { Clock } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Setup } from '../../../shared/protocol/api.ts'
import { type FeedFrame, readFrames } from '../../../shared/protocol/feed.ts'
import { gunzip } from '../../../shared/protocol/gzip.ts'
import { deviceHeader } from '../../../shared/protocol/program.ts'
import {
  encodePush,
  type PushAnswer,
  type PushEntry,
  type PushOutcome,
} from '../../../shared/protocol/push.ts'
import { fail } from '../../../shared/reasons.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { DefaultEntry } from '../../../shared/records/first-entries.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { vault } from '../../../sync-server/accounts/vault.ts'
import { createApp } from '../../../sync-server/app.ts'
import { openArchiveShelf } from '../../../sync-server/archives/shelf.ts'
import { type Fault, noFault } from '../../../sync-server/commit/faults.ts'
import type { FindCompanies } from '../../../sync-server/companies/dadata.ts'
import { openFileDisk } from '../../../sync-server/files/disk.ts'
import type { Env } from '../../../sync-server/http/context.ts'
import { openMetrics } from '../../../sync-server/metrics.ts'
import type { FindPicture } from '../../../sync-server/pictures/find-picture.ts'
import { openRelay, type Relay } from '../../../sync-server/relay.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import type { Store } from '../../../sync-server/store/store.ts'

export const connectorToken = 'connector-token-of-the-tests'
export const bearer = { authorization: `Bearer ${connectorToken}` }
export const password = 'correct horse battery'

export const company: Setup = {
  kind: 'organisation',
  fullName: 'Анна Петрова',
  email: 'anna@romashka.ru',
  password,
  phone: '+7 495 123-45-67',
  company: 'ООО «Ромашка»',
  inn: '7707083893',
  employees: 5,
  locale: 'ru',
}

let lastWriter = 1000
/** A Yjs client id that no other page load of this process has. */
export const newWriter = (): number => ++lastWriter

export interface Lab {
  relay: Relay
  app: Hono<Env>
  /** The administrator at the device that set the company up. */
  anna: Person
  /** Invites and lets in one more employee. */
  join(email: string, role?: 'administrator' | 'employee'): Promise<Person>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

export interface LabOptions {
  clock?: Clock
  fault?: Fault
  store?: Store
  clientDir?: string
  findCompanies?: FindCompanies
  findPicture?: FindPicture | null
  /** None unless given: most tests count records. */
  firstEntries?: readonly DefaultEntry[]
}

export const openTestRelay = async (options: LabOptions = {}): Promise<Relay> => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-relay-'))
  const clock = options.clock ?? (() => Date.now())
  const log = pino({ level: 'silent' })
  const relay = await openRelay({
    store: options.store ?? openSqlite(':memory:'),
    disk: await openFileDisk(join(directory, 'files')),
    archives: await openArchiveShelf(join(directory, 'archives'), { clock, log }),
    vault: vault(new Uint8Array(32).fill(7)),
    findCompanies: options.findCompanies ?? (async () => fail('serviceUnavailable')),
    findPicture: options.findPicture ?? null,
    clock,
    log,
    metrics: openMetrics(),
    fault: options.fault ?? noFault,
    connectorToken,
    publicUrl: null,
    clientDir: options.clientDir ?? null,
    minimumProgram: 1,
    firstEntries: options.firstEntries ?? [],
    newId,
    random32: newWriter,
  })
  onTestFinished(async () => {
    await relay.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return relay
}

export const cookieOf = (response: Response): string =>
  response.headers.get('set-cookie')?.split(';')[0] ?? ''

export const openLab = async (options: LabOptions = {}): Promise<Lab> => {
  const relay = await openTestRelay(options)
  const app = createApp(relay)
  const post: Lab['post'] = async (path, body, headers = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const signedIn = await post('/api/setup', company)
  const session = (await signedIn.json()) as { user: { id: string } }
  return {
    relay,
    app,
    post,
    anna: person(app, session.user.id, cookieOf(signedIn)),
    join: async (email, role = 'employee') => {
      const invited = await post('/api/invites', { role }, { cookie: cookieOf(signedIn) })
      const { token } = (await invited.json()) as { token: string }
      const accepted = await post(`/api/invites/${token}/accept`, {
        name: email,
        email,
        password,
        locale: 'ru',
      })
      const { user } = (await accepted.json()) as { user: { id: string } }
      return person(app, user.id, cookieOf(accepted))
    },
  }
}

export interface Person {
  id: string
  cookie: string
  device: string
  headers: Record<string, string>
  /** Makes a change on this device, as its replica would; nothing is sent. */
  make(type: RecordType, id: string, patch: Patch): Uint8Array
  push(...entries: Partial<PushEntry>[]): Promise<PushOutcome[]>
  /** Makes and pushes; the outcome of the one change. */
  write(type: RecordType, id: string, patch: Patch): Promise<PushOutcome>
  /** Takes the relay's state of a record into this device. */
  hold(id: string, state: Uint8Array): void
  feed(query?: string, headers?: Record<string, string>): Promise<Feed>
}

/** Somebody at a device: a page load with a Yjs client id of its own. */
export const person = (
  app: Hono<Env>,
  id: string,
  cookie: string,
  device: string = newId(),
): Person => {
  const writer = newWriter()
  const states = new Map<string, Uint8Array>()
  const headers: Record<string, string> = cookie.startsWith('Bearer ')
    ? { authorization: cookie, [deviceHeader]: device }
    : { cookie, [deviceHeader]: device }
  let n = 0
  const self: Person = {
    id,
    cookie,
    device,
    headers,
    make: (type, recordId, patch) => {
      const made = change(type, recordId, states.get(recordId) ?? null, patch, writer)
      if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
      if (!made.value.update) throw new Error('nothing changed')
      states.set(recordId, made.value.state)
      return made.value.update
    },
    push: async (...entries) => {
      const response = await app.request('/push', {
        method: 'POST',
        headers,
        body: encodePush(
          entries.map((entry) => ({
            n: ++n,
            id: newId(),
            type: 'client',
            at: 1,
            update: new Uint8Array(),
            ...entry,
          })),
        ) as Uint8Array<ArrayBuffer>, // made in this process, never shared
      })
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      return ((await response.json()) as PushAnswer).outcomes
    },
    write: async (type, recordId, patch) => {
      const [outcome] = await self.push({
        id: recordId,
        type,
        update: self.make(type, recordId, patch),
      })
      if (!outcome) throw new Error('no outcome')
      return outcome
    },
    hold: (recordId, state) => {
      const own = states.get(recordId)
      states.set(recordId, own ? Y.mergeUpdates([own, state]) : state)
    },
    feed: async (query = '', more = {}) =>
      openFeed(await app.request(`/feed?${query}`, { headers: { ...headers, ...more } })),
  }
  return self
}

/** The connectors' service, as a device of its own. */
export const connector = (app: Hono<Env>): Person =>
  person(app, 'connector', `Bearer ${connectorToken}`)

export interface Feed {
  next(): Promise<FeedFrame>
  /** All frames up to and including the first of a kind. */
  until(kind: FeedFrame['kind']): Promise<FeedFrame[]>
  close(): Promise<void>
}

export const openFeed = (response: Response): Feed => {
  const { body } = response
  if (response.status !== 200 || !body) throw new Error(`feed answered ${response.status}`)
  const stop = new AbortController()
  async function* chunks(stream: ReadableStream<Uint8Array>) {
    const source = stream.getReader()
    stop.signal.addEventListener('abort', () => void source.cancel())
    for (;;) {
      const { done, value } = await source.read()
      if (done) return
      yield value
    }
  }
  const frames = readFrames(chunks(body), gunzip)
  const close = async () => {
    stop.abort()
  }
  onTestFinished(close)
  const next = async () => {
    const { done, value } = await frames.next()
    if (done) throw new Error('the feed ended')
    return value
  }
  return {
    next,
    until: async (kind) => {
      const read: FeedFrame[] = []
      while (read.at(-1)?.kind !== kind) read.push(await next())
      return read
    },
    close,
  }
}

/** Rows of the records and changes among frames, by id; what was forgotten is gone. */
export const rowsOf = (frames: FeedFrame[], rows = new Map<string, Row>()): Map<string, Row> => {
  for (const frame of frames) {
    if (frame.kind === 'records' || frame.kind === 'changes')
      for (const { id, row } of frame.entries) rows.set(id, row)
    if (frame.kind === 'forget') for (const id of frame.ids) rows.delete(id)
  }
  return rows
}

export const newClient = { kind: 'organisation', name: 'Василёк' } as const

/** An account as the relay would write it after a check; tests write it as the service. */
export const newMailbox = (more: Patch = {}): Patch => ({
  channel: 'mail',
  name: 'Ромашка',
  address: 'info@romashka.ru',
  receive: true,
  send: true,
  access: 'all',
  ...more,
})
