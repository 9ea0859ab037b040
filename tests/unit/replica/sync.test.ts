import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChannelMessage, ReplicaChannel } from '../../../client/replica/channel.ts'
import type { SyncReport } from '../../../client/replica/status.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { type WriteDeps, writeRecords } from '../../../client/replica/writes.ts'
import { runSync } from '../../../client/sync/sync.ts'
import { newId } from '../../../shared/ids.ts'
import {
  type Cursor,
  encodeEntriesFrame,
  encodeFrame,
  type WireEntry,
} from '../../../shared/protocol/feed.ts'
import { gzip } from '../../../shared/protocol/gzip.ts'
import { decodePush, type PushEntry, type PushOutcome } from '../../../shared/protocol/push.ts'
import type { Reason } from '../../../shared/reasons.ts'
import { change, mergeStates, type Patch } from '../../../shared/records/change.ts'
import { openDoc } from '../../../shared/records/projection.ts'
import type { Subject } from '../../../shared/rights.ts'
import { until } from '../../lab/processes.ts'

const user = newId()
const subject: Subject = {
  kind: 'employee',
  id: user,
  administrator: true,
  tokens: new Set(['all', 'admin']),
}

const recordOf = (patch: Patch, seq = 1): WireEntry => {
  const id = newId()
  const made = change('client', id, null, { kind: 'person', name: 'Иван', ...patch }, 7)
  if (!made.ok) throw new Error(made.reason)
  const { state, row } = made.value
  return { id, type: 'client', seq, bytes: state, rowJson: JSON.stringify(row) }
}

const hello = (epoch: string, total = 0) =>
  encodeFrame({
    kind: 'hello',
    hello: { workspace: 'w', epoch, head: 9, total, subject: user },
  })
const records = (cursor: Cursor, ...entries: WireEntry[]) =>
  encodeEntriesFrame('records', cursor, entries, gzip)
const caughtUp = (head: number) => encodeFrame({ kind: 'caughtUp', cursor: { head, below: 0 } })

/** The relay as a script: each connection to the feed takes the next answer. */
interface Connection {
  url: URL
  send: (...frames: Uint8Array[]) => void
  cut: () => void
}

describe('the syncing engine', () => {
  let base: ReplicaBase
  let ending: AbortController
  let running: Promise<void>
  let reports: SyncReport[]
  let connections: Connection[]
  let pushed: PushEntry[]
  let broughtBack: PushEntry[]
  let listener: (message: ChannelMessage) => void
  /** What the relay says to a request for the feed; null lets it in. */
  let refusal: Reason | null
  /** The network takes pushes and delivers nothing. */
  let swallowing: boolean
  let swallowed: number
  let outcome: (entry: PushEntry) => PushOutcome

  const channel: ReplicaChannel = {
    send: (message) => {
      if (message.kind === 'report') reports.push(message.report)
    },
    listen: (heard) => {
      listener = heard
      return () => {}
    },
    close: () => {},
  }

  const relay: typeof fetch = async (input, init) => {
    const url = new URL(String(input), 'http://relay')
    if (url.pathname === '/reconcile') {
      const entries = decodePush(init?.body as Uint8Array) // what the engine gives
      broughtBack.push(...entries)
      return Response.json({ epoch: 'two', outcomes: entries.map((entry) => outcome(entry)) })
    }
    if (url.pathname === '/push' && swallowing)
      return new Promise((_, reject) => {
        swallowed++
        init?.signal?.addEventListener('abort', () => reject(new DOMException('late')))
      })
    if (url.pathname === '/push') {
      const entries = decodePush(init?.body as Uint8Array) // what the engine gives
      pushed.push(...entries)
      return Response.json({ epoch: 'one', outcomes: entries.map((entry) => outcome(entry)) })
    }
    if (refusal) return Response.json({ reason: refusal }, { status: 401 })
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const cut = () => controller.error(new TypeError('cut'))
        init?.signal?.addEventListener('abort', cut)
        connections.push({
          url,
          send: (...frames) => {
            for (const frame of frames) controller.enqueue(frame)
          },
          cut,
        })
      },
    })
    return new Response(body)
  }

  beforeEach(async () => {
    base = openBase(`sync-${newId()}`)
    await base.open()
    ending = new AbortController()
    reports = []
    connections = []
    pushed = []
    broughtBack = []
    refusal = null
    swallowing = false
    swallowed = 0
    outcome = ({ n }) => ({ n, ok: true, seq: 1 })
  })

  afterEach(async () => {
    ending.abort()
    await running
    await base.delete()
  })

  const start = () => {
    const deps = { base, channel, fetch: relay, clock: () => 1000, random: () => 0 }
    running = runSync({ ...deps, draw: drawClientId, device: 'd' }, ending.signal)
  }
  const connection = (n: number) =>
    until(`connection ${n}`, () => connections[n]).catch((error: Error) => {
      throw new Error(`${error.message} ${JSON.stringify(reports)}`)
    })
  const last = () => reports.at(-1)?.connection
  const edit = (id: string, patch: Patch, stored?: WriteDeps['stored']) =>
    writeRecords(
      {
        base,
        writer: createWriter(drawClientId),
        subject: () => subject,
        clock: () => 1000,
        ...(stored && { stored }),
      },
      [{ type: 'client', id, patch }],
    )

  it('stores what comes with its cursor, and resumes there after a cut', async () => {
    start()
    const first = await connection(0)
    const one = recordOf({ name: 'Первый' })
    first.send(hello('one', 2), await records({ head: 9, below: 5 }, one))
    await until('the first record', () => base.client.get(one.id))
    first.cut()
    const second = await connection(1)
    expect(Object.fromEntries(second.url.searchParams)).toEqual({
      head: '9',
      below: '5',
      epoch: 'one',
    })
    second.send(hello('one'), caughtUp(9))
    await until('the end of the first sync', async () =>
      (await base.meta.get('complete')) ? true : undefined,
    )
    expect(reports.some(({ progress }) => progress?.done === 1 && progress.total === 2)).toBe(true)
    expect(reports.at(-1)).toEqual({ connection: { kind: 'online' }, progress: null })
  })

  it('pushes a change as soon as it is told of one', async () => {
    start()
    ;(await connection(0)).send(hello('one'), caughtUp(9))
    await until('the connection', () => (last()?.kind === 'online' ? true : undefined))
    const id = newId()
    await edit(id, { kind: 'person', name: 'Иван' })
    listener({ kind: 'outbox' })
    await until('the push', () => (pushed.length === 1 ? true : undefined))
    await until('an empty outbox', async () =>
      (await base.outbox.count()) === 0 ? true : undefined,
    )
    expect(pushed[0]?.id).toBe(id)
  })

  it('pushes a change that it is told whole without looking into the outbox', async () => {
    start()
    ;(await connection(0)).send(hello('one'), caughtUp(9))
    await until('the connection', () => (last()?.kind === 'online' ? true : undefined))
    const isSent = (count: number) =>
      until('the push', async () =>
        pushed.length === count && (await base.outbox.count()) === 0 ? true : undefined,
      )
    await edit(newId(), { kind: 'person', name: 'Первый' })
    listener({ kind: 'outbox' })
    await isSent(1)
    const looks = vi.spyOn(base.outbox, 'orderBy')
    let made = 1
    const tellEdit = async () => {
      looks.mockClear()
      await edit(newId(), { kind: 'person', name: `${++made}-й` }, (entries) =>
        listener({ kind: 'outbox', entries }),
      )
    }
    // The end of catching up is a reason to look as well, and may come beside the first of them.
    do {
      await tellEdit()
      await isSent(made)
    } while (looks.mock.calls.length > 0 && made < 10)
    expect(looks).not.toHaveBeenCalled()
    // One that nobody told comes to light with the next.
    await edit(newId(), { kind: 'person', name: `${++made}-й` })
    await tellEdit()
    await isSent(made)
    expect(looks).toHaveBeenCalled()
    expect(pushed.map(({ n }) => n)).toEqual(Array.from({ length: made }, (_, at) => at + 1))
  })

  it('takes hundreds of pushed changes out of the outbox in one go, and counts on after them', async () => {
    for (let at = 1; at <= 40; at++) await edit(newId(), { kind: 'person', name: `${at}-й` })
    const oneByOne = vi.spyOn(base.outbox, 'bulkDelete')
    start()
    ;(await connection(0)).send(hello('one'), caughtUp(9))
    const isEmpty = async () =>
      (await base.outbox.count()) + (await base.acknowledged.count()) === 0 ? true : undefined
    await until('an empty outbox', isEmpty)
    expect(oneByOne).not.toHaveBeenCalled()
    await edit(newId(), { kind: 'person', name: 'Следующий' }, (entries) =>
      listener({ kind: 'outbox', entries }),
    )
    await until('the push', () => pushed[40])
    await until('an empty outbox', isEmpty)
    expect(pushed.map(({ n }) => n)).toEqual(Array.from({ length: 41 }, (_, at) => at + 1))
  })

  it('stores changes that come while others are stored together', async () => {
    start()
    const stream = await connection(0)
    const one = recordOf({ name: 'Первый' })
    stream.send(hello('one'), await records({ head: 1, below: 0 }, one), caughtUp(1))
    await until('the record', () => base.client.get(one.id))
    const notes = await base.searchLog.count()
    const frames: Uint8Array[] = []
    let { bytes } = one
    for (let head = 2; head <= 5; head++) {
      const made = change('client', one.id, bytes, { name: `${head}-й` }, 7)
      if (!made.ok || !made.value.update) throw new Error('no change')
      bytes = made.value.state
      const entry = { ...one, seq: head, bytes: made.value.update }
      const rowJson = JSON.stringify(made.value.row)
      const cursor = { head, below: 0 }
      frames.push(await encodeEntriesFrame('changes', cursor, [{ ...entry, rowJson }], gzip))
    }
    stream.send(...frames)
    await until('the last change', async () =>
      (await base.docs.get(one.id))?.seq === 5 ? true : undefined,
    )
    expect(await base.client.get(one.id)).toMatchObject({ name: '5-й' })
    expect(await base.meta.get('cursor')).toEqual({ head: 5, below: 0 })
    // A transaction for the first, and one for all that came meanwhile.
    expect((await base.searchLog.count()) - notes).toBeLessThanOrEqual(2)
  })

  it('puts no row anew when its own change comes back', async () => {
    start()
    const first = await connection(0)
    const one = recordOf({ name: 'Первый' })
    first.send(hello('one'), await records({ head: 1, below: 0 }, one), caughtUp(1))
    await until('the record', () => base.client.get(one.id))
    await edit(one.id, { name: 'Второй' })
    listener({ kind: 'outbox' })
    await until('the push', () => pushed[0])
    const notes = await base.searchLog.count()
    const entry = { ...one, seq: 2, bytes: pushed[0]?.update ?? new Uint8Array() }
    const told = async (rowJson: string, head: number) => {
      const changed = [{ ...entry, seq: head, rowJson }]
      first.send(await encodeEntriesFrame('changes', { head, below: 0 }, changed, gzip))
      await until('the change', async () =>
        (await base.docs.get(one.id))?.seq === head ? true : undefined,
      )
    }
    const row = { ...JSON.parse(one.rowJson), name: 'Второй' }
    await told(JSON.stringify(row), 2)
    expect(await base.searchLog.count()).toBe(notes)
    await told(JSON.stringify({ ...row, name: 'Третий' }), 3)
    expect(await base.searchLog.count()).toBe(notes + 1)
  })

  it('gives up a push that nobody answers after a while, and sends it again', async () => {
    const late = new AbortController()
    const patience = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(late.signal)
    try {
      swallowing = true
      start()
      ;(await connection(0)).send(hello('one'), caughtUp(9))
      await edit(newId(), { kind: 'person', name: 'Иван' })
      listener({ kind: 'outbox' })
      await until('the push', () => (swallowed === 1 ? true : undefined))
      // Half a minute, and what so many bytes take over a slow line.
      expect(patience.mock.calls[0]?.[0]).toBeGreaterThan(30_000)
      expect(patience.mock.calls[0]?.[0]).toBeLessThan(31_000)
      swallowing = false
      late.abort()
      await until('an empty outbox', async () =>
        (await base.outbox.count()) === 0 ? true : undefined,
      )
      expect(pushed).toHaveLength(1)
    } finally {
      patience.mockRestore()
    }
  })

  it('stops where the user has to sign in, keeps everything, and goes on when told', async () => {
    refusal = 'signedOut'
    await edit(newId(), { kind: 'person', name: 'Иван' })
    outcome = ({ n }) => ({ n, ok: false, reason: 'overloaded' })
    start()
    await until('the stop', () => (last()?.kind === 'stopped' ? true : undefined))
    expect(await base.outbox.count()).toBe(1)
    refusal = null
    outcome = ({ n }) => ({ n, ok: true, seq: 1 })
    listener({ kind: 'wake' })
    ;(await connection(0)).send(hello('one'), caughtUp(9))
    await until('an empty outbox', async () =>
      (await base.outbox.count()) === 0 ? true : undefined,
    )
    await until('the connection', () => (last()?.kind === 'online' ? true : undefined))
  })

  it('forgets a record with its files, and gives the user back their own words', async () => {
    start()
    const stream = await connection(0)
    const one = recordOf({ name: 'Тайна' })
    stream.send(hello('one'), await records({ head: 9, below: 0 }, one))
    await until('the record', () => base.client.get(one.id))
    outcome = ({ n }) => ({ n, ok: false, reason: 'overloaded' })
    await edit(one.id, { name: 'Моё имя' })
    const before = await base.meta.get('generation')
    stream.send(encodeFrame({ kind: 'forget', ids: [one.id] }))
    await until('the record to be gone', async () =>
      (await base.client.get(one.id)) ? undefined : true,
    )
    expect(await base.docs.count()).toBe(0)
    expect(await base.outbox.count()).toBe(0)
    expect(await base.acknowledged.count()).toBe(0)
    // What it held before is not theirs to keep.
    expect(await base.rejected.toArray()).toMatchObject([
      { doc: one.id, reason: 'forbidden', fields: { name: [undefined, 'Моё имя'] } },
    ])
    expect(await base.meta.get('generation')).not.toBe(before)
  })

  describe('in another epoch', () => {
    /** A device with three records, one of them edited with no answer, that meets epoch two. */
    const meetNewEpoch = async () => {
      start()
      const first = await connection(0)
      const [same, behind, gone] = [
        recordOf({ name: 'Как было' }),
        recordOf({ name: 'Отстал' }),
        recordOf({ name: 'Пропал' }),
      ]
      first.send(hello('one'), await records({ head: 9, below: 5 }, same, behind, gone))
      const newer = change('client', behind.id, behind.bytes, { name: 'Новее' }, 8)
      if (!newer.ok || !newer.value.update) throw new Error('no change')
      const entry = { ...behind, bytes: newer.value.update }
      const rowJson = JSON.stringify(newer.value.row)
      first.send(
        await encodeEntriesFrame('changes', { head: 9, below: 0 }, [{ ...entry, rowJson }], gzip),
      )
      await until('the records', async () =>
        (await base.client.get(behind.id))?.name === 'Новее' ? true : undefined,
      )
      outcome = ({ n }) => ({ n, ok: false, reason: 'overloaded' })
      await edit(gone.id, { name: 'Моя правка' })
      first.cut()
      ;(await connection(1)).send(hello('two'))
      return { same, behind, gone, stream: await connection(2) }
    }

    it('asks for everything, and keeps meanwhile what it has and what waits', async () => {
      const { same, stream } = await meetNewEpoch()
      expect(Object.fromEntries(stream.url.searchParams)).toEqual({
        head: '0',
        below: '0',
        epoch: 'two',
      })
      const names = (await base.client.toArray()).map(({ name }) => name)
      expect(names.sort()).toEqual(['Как было', 'Моя правка', 'Новее'])
      expect(await base.outbox.count()).toBe(1)
      stream.send(hello('two'), await records({ head: 3, below: 2 }, same))
      await until('one to be found again', async () =>
        (await base.lost.count()) === 2 ? true : undefined,
      )
      expect(broughtBack).toEqual([])
    })

    it('brings back what the relay lost, and then sends what waits', async () => {
      const { same, behind, gone, stream } = await meetNewEpoch()
      pushed = []
      outcome = ({ n }) => ({ n, ok: true, seq: 1 })
      stream.send(hello('two'), await records({ head: 3, below: 0 }, same, behind), caughtUp(3))
      await until('an empty outbox', async () =>
        (await base.outbox.count()) === 0 ? true : undefined,
      )
      const name = (id: string, ...updates: Uint8Array[]) => {
        const doc = openDoc(id, mergeStates(...updates))
        return doc.getMap('f').get('name')
      }
      const back = new Map(broughtBack.map(({ id, update }) => [id, update]))
      expect([...back.keys()].sort()).toEqual([behind.id, gone.id].sort())
      expect(name(behind.id, behind.bytes, back.get(behind.id) ?? new Uint8Array())).toBe('Новее')
      // Without the change that waited: that comes by itself, after it.
      expect(name(gone.id, back.get(gone.id) ?? new Uint8Array())).toBe('Пропал')
      expect(pushed.map(({ id }) => id)).toEqual([gone.id])
      expect(await base.lost.count()).toBe(0)
      expect(await base.rejected.count()).toBe(0)
      expect((await base.client.get(behind.id))?.name).toBe('Новее')
    })

    it('takes what the relay has where it may not bring back', async () => {
      const { same, behind, gone, stream } = await meetNewEpoch()
      outcome = ({ n }) => ({ n, ok: false, reason: 'forbidden' })
      stream.send(hello('two'), await records({ head: 3, below: 0 }, same, behind), caughtUp(3))
      await until('the answer', async () => ((await base.lost.count()) === 0 ? true : undefined))
      expect(await base.client.toArray()).toMatchObject([
        { id: same.id, name: 'Как было' },
        { id: behind.id, name: 'Отстал' },
      ])
      // The change of a record that is no more is not thrown away.
      expect(await base.rejected.toArray()).toMatchObject([{ doc: gone.id }])
      expect(await base.acknowledged.count()).toBe(0)
    })
  })

  it('says that it is offline where the network breaks, and tries again', async () => {
    start()
    ;(await connection(0)).cut()
    await until('the word', () => (last()?.kind === 'offline' ? true : undefined))
    ;(await connection(1)).send(hello('one'), caughtUp(9))
    await until('the connection', () => (last()?.kind === 'online' ? true : undefined))
  })
})
