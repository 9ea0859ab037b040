/** A company with one employee who means harm, on a real relay whose memory can be read. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { invite, type NodeDevice, setUp } from '../../lab/device.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'

export interface Measured {
  /** Median and longest time of an honest edit, ms: with nobody else, and during the attack. */
  before: number
  during: number
  longest: number
  /** Honest edits acknowledged during the attack. */
  edits: number
  /** What the relay's memory grew by at its peak, MB. */
  grown: number
}

export interface Town {
  relay: Relay
  anna: NodeDevice
  /** Who means harm: an employee without any right to Anna's records. */
  mallory: NodeDevice
  /** A client of Anna's that nobody else may see, and one that Mallory may write as well. */
  closed: string
  shared: string
  stateOf(id: string): Promise<Uint8Array>
  /** One hash over all documents but the honest employee's own. */
  documents(): Promise<string>
  /** What an honest employee and the relay's memory go through during an attack. */
  during(attack: () => Promise<void>): Promise<Measured>
  stop(): Promise<void>
}

let lastWriter = Math.floor(Math.random() * 2 ** 31)
/** A Yjs client id that nobody has used. */
export const newWriter = (): number => ++lastWriter

/** A change as a device makes it. */
export const made = (
  type: RecordType,
  id: string,
  state: Uint8Array | null,
  patch: Patch,
  writer = newWriter(),
): Uint8Array => {
  const changed = change(type, id, state, patch, writer)
  if (!changed.ok || !changed.value.update) throw new Error(`no change: ${JSON.stringify(changed)}`)
  return changed.value.update
}

const megabyte = 1024 * 1024

/** Resident memory of a process, MB. */
export const memoryOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY

/** Long enough for fifty edits of the honest one. */
const calmMs = 1_000
const memoryEveryMs = 50

interface Report {
  took: number[]
  failed: string[]
}

const startHonest = async (url: string) => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'tests/integration/hostile/honest.ts', url],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const [record] = (await once(child, 'message')) as [string] // honest.ts sends it
  return {
    /** The client that it edits. */
    record,
    start: () => child.send('start'),
    stop: async (): Promise<Report> => {
      child.send('stop')
      const [report] = (await once(child, 'message')) as [Report] // honest.ts sends it
      return report
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

export const startTown = async (): Promise<Town> => {
  const relay = await startRelay({ env: { LOG_LEVEL: 'warn' } })
  const anna = await setUp(relay.url)
  const mallory = await invite(relay.url, anna, {
    name: 'Иван Недобров',
    email: 'mallory@romashka.test',
    password: 'очень длинный пароль',
  })
  const honest = await startHonest(relay.url)

  const written = async (patch: Patch): Promise<string> => {
    const id = newId()
    const update = made('client', id, null, patch)
    const { outcomes } = await anna.push([{ n: 1, id, type: 'client', at: 1, update }])
    if (!outcomes[0]?.ok) throw new Error(JSON.stringify(outcomes))
    return id
  }
  const managers = [anna.session.user.id]
  const closed = await written({ kind: 'organisation', name: 'Василёк', managers })
  const shared = await written({
    kind: 'organisation',
    name: 'Лютик',
    managers: [...managers, mallory.session.user.id],
    note: 'Звонить утром',
  })

  const everything = async () => {
    const found = new Map<string, { state: Uint8Array; row: unknown }>()
    for await (const frame of anna.feed()) {
      if (frame.kind === 'caughtUp') break
      if (frame.kind === 'records')
        for (const { id, bytes, row } of frame.entries) found.set(id, { state: bytes, row })
    }
    return found
  }

  return {
    relay,
    anna,
    mallory,
    closed,
    shared,
    stateOf: async (id) => {
      const found = (await everything()).get(id)
      if (!found) throw new Error(`no record ${id}`)
      return found.state
    },
    documents: async () => {
      const all = await everything()
      const hash = createHash('sha256')
      for (const id of [...all.keys()].toSorted()) {
        const kept = all.get(id)
        if (!kept || id === honest.record) continue
        hash.update(id).update(kept.state).update(JSON.stringify(kept.row))
      }
      return hash.digest('hex')
    },
    during: async (attack) => {
      honest.start()
      await sleep(calmMs)
      const calm = await honest.stop()
      const base = await memoryOf(relay.pid)
      let peak = base
      const watching = setInterval(() => {
        memoryOf(relay.pid).then(
          (now) => {
            peak = Math.max(peak, now)
          },
          () => {
            // It died: the test that expects an answer of it says so.
          },
        )
      }, memoryEveryMs)
      honest.start()
      try {
        await attack()
      } finally {
        clearInterval(watching)
      }
      const report = await honest.stop()
      if (report.failed.length > 0)
        throw new Error(`honest edits failed: ${report.failed.slice(0, 5).join('; ')}`)
      return {
        before: median(calm.took),
        during: median(report.took),
        longest: Math.max(...report.took),
        edits: report.took.length,
        grown: peak - base,
      }
    },
    stop: async () => {
      await honest.end()
      await relay.stop()
    },
  }
}

/** A web socket into a room, as `who`. It answers no pings unless told so by the caller. */
export const live = (
  { relay }: Pick<Town, 'relay'>,
  who: Pick<NodeDevice, 'cookie' | 'id'>,
  record: string,
): WebSocket => {
  const address = `${relay.url.replace('http', 'ws')}/live/${record}?device=${who.id}`
  const socket = new WebSocket(address, {
    headers: { cookie: who.cookie, origin: relay.url },
    perMessageDeflate: false,
  })
  // What the relay does with us is what the tests look at, by `close`.
  socket.on('error', () => undefined)
  return socket
}

/** Resolves with the code and the reason that a socket is closed with. */
export const closing = async (socket: WebSocket): Promise<{ code: number; reason: string }> => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer] // as `ws` documents
  return { code, reason: reason.toString() }
}

/** A bare connection to the relay that says what it is told, byte by byte. */
export const wire = async ({ relay }: Pick<Town, 'relay'>): Promise<Socket> => {
  const { port } = new URL(relay.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Head of a request by `who`. */
export const head = (
  { relay }: Pick<Town, 'relay'>,
  who: Pick<NodeDevice, 'cookie' | 'id'>,
  line: string,
  headers: Record<string, string> = {},
): string => {
  const all = { host: new URL(relay.url).host, cookie: who.cookie, origin: relay.url, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${[`${line} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`
}

export { megabyte }
