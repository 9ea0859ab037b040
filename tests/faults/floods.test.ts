/**
 * An employee who floods the relay: whatever they do, its memory stays flat, the others' edits go on,
 * and no document of others changes. Each flood meets a relay that was just started.
 */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { newId } from '../../shared/ids.ts'
import { encodePush, maxPushBytes, maxUpdateBytes } from '../../shared/protocol/push.ts'
import { change } from '../../shared/records/change.ts'
import {
  closing,
  head,
  live,
  type Measured,
  megabyte,
  newWriter,
  startTown,
  type Town,
  wire,
} from '../integration/hostile/town.ts'
import {
  manyStructs,
  manyWriters,
  presenceFrame,
  questionFrame,
} from '../integration/hostile/updates.ts'

const attackMs = 2_000
/** Node's heap breathes by some 60 MB whatever it does; without its limits the relay grows by 400 and more. */
const maxGrownMb = 250
/**
 * Attacker, relay and the honest one share two processors: some slowness is the machine's. Without
 * its limits the relay answers nobody for seconds.
 */
const maxTimes = 5
const maxMoreMs = 150
const maxLongestMs = 4_000
/** Of the edits that a calm relay would have taken in that time; without its limits they are none. */
const minShare = 0.05
/** Between two edits of the honest one, see honest.ts. */
const pauseMs = 15

const judge = (name: string, measured: Measured) => {
  const { before, during, longest, edits, grown } = measured
  console.log(
    `${name}: an honest edit ${before.toFixed(1)} → ${during.toFixed(1)} ms, longest ${longest.toFixed(0)} of ${edits}; memory +${grown.toFixed(0)} MB`,
  )
  expect(during).toBeLessThan(before * maxTimes + maxMoreMs)
  expect(longest).toBeLessThan(maxLongestMs)
  expect(edits).toBeGreaterThan((minShare * attackMs) / (before + pauseMs))
  expect(grown).toBeLessThan(maxGrownMb)
}

describe('an employee who floods the relay with', () => {
  let town: Town
  let before: string
  beforeAll(async () => {
    town = await startTown()
    before = await town.documents()
  })
  let logged = 0
  beforeEach(async () => {
    await town.relay.restart()
    logged = town.relay.logs.length
  })
  afterEach(async () => {
    expect(await town.documents()).toBe(before)
    expect(town.relay.logs.slice(logged)).not.toMatch(/"level":(50|60)/)
  })
  afterAll(() => town?.stop())

  const post = (body: Uint8Array) =>
    fetch(`${town.relay.url}/push`, {
      method: 'POST',
      headers: { cookie: town.mallory.cookie, origin: town.relay.url },
      body: body as Uint8Array<ArrayBuffer>, // made in this process, never shared
    })
  const reasonsOf = async (answers: Response[]) => {
    const reasons = new Set<string>()
    for (const answer of answers) {
      const told = (await answer.json()) as { reason?: string; outcomes?: { reason?: string }[] }
      if (told.reason) reasons.add(told.reason)
      for (const { reason } of told.outcomes ?? []) if (reason) reasons.add(reason)
    }
    return [...reasons].toSorted()
  }
  /** Says something on all sockets for as long as the attack takes; not all of it is heard. */
  const shout = async (sockets: WebSocket[], say: (socket: WebSocket, round: number) => void) => {
    const end = performance.now() + attackMs
    for (let round = 1; performance.now() < end; round++) {
      for (const socket of sockets)
        if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < megabyte)
          say(socket, round)
      await sleep(5)
    }
  }
  const enter = async (count: number) => {
    const sockets = Array.from({ length: count }, () => live(town, town.mallory, town.shared))
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    return sockets
  }

  it('pushes of six megabytes, forty at once', async () => {
    const update = new Uint8Array(maxUpdateBytes - 100).fill(1)
    const body = encodePush(
      [1, 2, 3].map((n) => ({ n, id: newId(), type: 'client', at: 1, update })),
    )
    let answers: Response[] = []
    const measured = await town.during(async () => {
      answers = await Promise.all(Array.from({ length: 40 }, () => post(body)))
      await sleep(attackMs)
    })
    const reasons = await reasonsOf(answers)
    expect(reasons).toContain('tooManyRequests')
    judge('pushes', measured)
  })

  it('updates of the smallest parts, and of a thousand writers', async () => {
    const costly = [
      manyStructs(19_000),
      manyWriters(990),
      manyStructs(150_000),
      manyWriters(60_000),
    ]
    const reasons = new Set<string>()
    const measured = await town.during(async () => {
      const end = performance.now() + attackMs
      while (performance.now() < end) {
        const { outcomes } = await town.mallory.push(
          costly.map((update, n) => ({ n, id: newId(), type: 'client', at: 1, update })),
        )
        for (const outcome of outcomes) reasons.add(outcome.ok ? 'stored' : outcome.reason)
      }
    })
    expect([...reasons].toSorted()).toEqual(['missingRequired', 'tooLarge'])
    judge('costly updates', measured)
  })

  it('bodies that are never finished, and heads that never end', async () => {
    let refused = 0
    const measured = await town.during(async () => {
      const bodies = await Promise.all(Array.from({ length: 60 }, () => wire(town)))
      const heads = await Promise.all(Array.from({ length: 200 }, () => wire(town)))
      const length = { 'content-length': String(maxPushBytes - 1) }
      const most = Buffer.alloc(maxPushBytes - 1_000)
      for (const socket of bodies) {
        socket.on('data', () => refused++)
        socket.write(head(town, town.mallory, 'POST /push', length))
        socket.write(most)
      }
      for (const socket of heads) socket.write('GET /feed HTTP/1.1\r\n')
      const end = performance.now() + attackMs
      while (performance.now() < end) {
        for (const socket of heads) socket.write('x: y\r\n')
        for (const socket of bodies) socket.write('x')
        await sleep(200)
      }
      for (const socket of [...bodies, ...heads]) socket.destroy()
    })
    // What is over one user's share is refused before it is read.
    expect(refused).toBeGreaterThan(50)
    judge('slow senders', measured)
  })

  it('messages of one byte', async () => {
    const measured = await town.during(async () => {
      const sockets = await enter(1)
      await shout(sockets, (socket) => {
        for (let time = 0; time < 2_000; time++) socket.send(new Uint8Array([3]))
      })
    })
    judge('one-byte messages', measured)
  })

  it('ten thousand questions for the whole document', async () => {
    let sockets: WebSocket[] = []
    let ends: Promise<{ reason: string }[]> = Promise.resolve([])
    const measured = await town.during(async () => {
      sockets = await enter(20)
      ends = Promise.all(sockets.map(closing))
      for (const socket of sockets)
        for (let time = 0; time < 500; time++) socket.send(questionFrame)
      await sleep(attackMs)
    })
    expect([...new Set((await ends).map(({ reason }) => reason))]).toEqual(['tooManyRequests'])
    judge('questions', measured)
  })

  it('pings whose answers it never reads', async () => {
    const measured = await town.during(async () => {
      const sockets = await enter(4)
      for (const socket of sockets) socket.pause()
      const words = Buffer.alloc(125)
      await shout(sockets, (socket) => {
        for (let time = 0; time < 1_000; time++) socket.ping(words)
      })
      for (const socket of sockets) socket.terminate()
    })
    judge('pings', measured)
  })

  it('presence as large as it may be, in sixty sockets that do not read', async () => {
    const large = 'x'.repeat(7_000)
    const measured = await town.during(async () => {
      const sockets = await enter(60)
      for (const socket of sockets) socket.pause()
      const ids = new Map(sockets.map((socket) => [socket, newWriter()]))
      await shout(sockets, (socket, round) =>
        socket.send(presenceFrame(ids.get(socket) ?? 0, round, { user: large })),
      )
      for (const socket of sockets) socket.terminate()
    })
    judge('presence', measured)
  })

  it('ten thousand joins of rooms', async () => {
    const reasons = new Map<string, number>()
    const measured = await town.during(async () => {
      const held = await enter(60)
      for (let left = 10_000; left > 0; left -= 250)
        await Promise.all(
          Array.from({ length: 250 }, async () => {
            const { reason } = await closing(live(town, town.mallory, town.shared))
            reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
          }),
        )
      for (const socket of held) socket.terminate()
    })
    expect(Object.fromEntries(reasons)).toEqual({ tooManyRequests: 10_000 })
    judge('joins', measured)
  })

  it('feeds that it never reads, while a record changes a thousand times', async () => {
    let refused = 0
    const mine = newId()
    const measured = await town.during(async () => {
      const sockets = await Promise.all(Array.from({ length: 400 }, () => wire(town)))
      for (const socket of sockets) {
        socket.once('data', (answer) => {
          if (answer.toString('latin1').startsWith('HTTP/1.1 429')) refused++
          socket.pause()
        })
        socket.write(head(town, town.mallory, 'GET /feed?head=0&below=0'))
        await sleep(1)
      }
      await editLarge(mine)
      await sleep(attackMs)
      for (const socket of sockets) socket.destroy()
    })
    expect(refused).toBeGreaterThan(100)
    judge('feeds', measured)
    // Its own record is new.
    before = await town.documents()
  })

  /** A thousand edits of a record of forty kilobytes, which wait for who does not read. */
  const editLarge = async (id: string) => {
    const writer = newWriter()
    let state: Uint8Array | null = null
    const note = 'ы'.repeat(20_000)
    for (let batch = 0; batch < 50; batch++) {
      const entries = []
      for (let edit = 0; edit < 20; edit++) {
        const managers = [town.mallory.session.user.id]
        const name = `Правка ${batch}/${edit}`
        const patch = { kind: 'organisation', name, note, managers }
        const made = change('client', id, state, patch, writer)
        if (!made.ok || !made.value.update) throw new Error(`no change: ${JSON.stringify(made)}`)
        state = made.value.state
        entries.push({ n: edit, id, type: 'client', at: 1, update: made.value.update })
      }
      const { outcomes } = await town.mallory.push(entries)
      const bad = outcomes.find(({ ok }) => !ok)
      if (bad) throw new Error(JSON.stringify(bad))
    }
  }
})
