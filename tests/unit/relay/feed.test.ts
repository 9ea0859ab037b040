import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import {
  beatEvery,
  type Cursor,
  type FeedFrame,
  silenceLimit,
} from '../../../shared/protocol/feed.ts'
import { connector, type Lab, newClient, newMailbox, openLab, rowsOf } from './lab.ts'

const query = (cursor: Cursor) => `head=${cursor.head}&below=${cursor.below}`

const cursorOf = (frame: FeedFrame): Cursor | null => ('cursor' in frame ? frame.cursor : null)

const clients = async ({ anna }: Lab, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, newId)
  for (let from = 0; from < count; from += 400)
    await anna.push(
      ...ids
        .slice(from, from + 400)
        .map((id, n) => ({ id, update: anna.make('client', id, { ...newClient, name: `К${n}` }) })),
    )
  return ids
}

describe('a first sync', () => {
  test('sends everything once, newest first, with a total', async () => {
    const lab = await openLab()
    const ids = await clients(lab, 300)
    const frames = await (await lab.anna.feed()).until('caughtUp')
    const [hello] = frames
    expect(hello).toMatchObject({ kind: 'hello', hello: { total: 301, head: 301 } })
    const entries = frames.flatMap((frame) => (frame.kind === 'records' ? frame.entries : []))
    expect(entries.map(({ id }) => id)).toEqual([...ids.toReversed(), lab.anna.id])
    expect(cursorOf(frames.at(-1) ?? { kind: 'forget', ids: [] })).toEqual({ head: 301, below: 0 })
  })

  test('cut after any frame is resumed with nothing missing and nothing twice', async () => {
    const lab = await openLab()
    await clients(lab, 2500)
    const all = await (await lab.anna.feed()).until('caughtUp')
    expect(all.length).toBeGreaterThan(4)
    const whole = rowsOf(all)
    for (let cut = 1; cut < all.length; cut++) {
      const got = all.slice(0, cut)
      const cursor = got.map(cursorOf).findLast((found) => found !== null) ?? { head: 0, below: 0 }
      const rest = await (await lab.anna.feed(query(cursor))).until('caughtUp')
      const sent = rest.flatMap((frame) => (frame.kind === 'records' ? frame.entries : []))
      const held = rowsOf(got)
      expect(sent.filter(({ id }) => held.has(id))).toEqual([])
      expect(rowsOf(rest, held)).toEqual(whole)
    }
  })

  test('sends what changed meanwhile once it is complete', async () => {
    const lab = await openLab()
    const ids = await clients(lab, 1500)
    const feed = await lab.anna.feed()
    const first = [await feed.next(), await feed.next()]
    const oldest = ids[0] ?? ''
    await lab.anna.write('client', oldest, { name: 'Лютик' })
    const rows = rowsOf([...first, ...(await feed.until('caughtUp'))])
    expect(rows.get(oldest)).toMatchObject({ name: 'Лютик' })
    expect(rows.size).toBe(1501)
  })

  test('of a connector holds only the types it asks for', async () => {
    const lab = await openLab()
    await clients(lab, 3)
    const frames = await (await connector(lab.app).feed('types=employee')).until('caughtUp')
    expect([...rowsOf(frames).keys()]).toEqual([lab.anna.id])
    expect(frames[0]).toMatchObject({ hello: { total: 1, subject: 'connector' } })
  })

  test('begins anew with a cursor of another epoch', async () => {
    const lab = await openLab()
    await clients(lab, 2)
    const frames = await (await lab.anna.feed('head=900&epoch=of-yesterday')).until('caughtUp')
    expect(rowsOf(frames).size).toBe(3)
  })
})

describe('a live stream', () => {
  test('brings a change as an update, with the row', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru', 'administrator')
    const [id = ''] = await clients(lab, 1)
    const feed = await boris.feed()
    await feed.until('caughtUp')
    const update = lab.anna.make('client', id, { name: 'Лютик' })
    await lab.anna.push({ id, update })
    expect(await feed.next()).toMatchObject({
      kind: 'changes',
      cursor: { head: 4, below: 0 },
      entries: [{ id, seq: 4, bytes: update, row: { name: 'Лютик' } }],
    })
  })

  test('resumes at any frame', async () => {
    const lab = await openLab()
    const feed = await lab.anna.feed()
    await feed.until('caughtUp')
    const ids = await clients(lab, 2)
    await lab.anna.write('client', ids[0] ?? '', { name: 'Лютик' })
    const frame = await feed.next()
    const rest = await (await lab.anna.feed(query(cursorOf(frame) ?? { head: 0, below: 0 }))).until(
      'caughtUp',
    )
    expect(rowsOf(rest, rowsOf([frame])).get(ids[0] ?? '')).toMatchObject({ name: 'Лютик' })
  })

  test('of one without the right hears nothing, but its cursor moves on', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const feed = await boris.feed()
    await feed.until('caughtUp')
    await clients(lab, 3)
    const own = newId()
    await boris.write('client', own, { ...newClient, managers: [boris.id] })
    expect(await feed.next()).toMatchObject({
      kind: 'changes',
      cursor: { head: 6 },
      entries: [{ id: own }],
    })
  })

  test('of one segment brings only the messages that changed', async () => {
    const lab = await openLab()
    const [mailbox, dialog, id] = [newId(), newId(), newId()]
    const service = connector(lab.app)
    await service.write('account', mailbox, newMailbox())
    const message = (text: string, at: number) =>
      ({ at, direction: 'in', kind: 'letter', author: { address: 'a@b.ru' }, text }) as const
    const at = Date.UTC(2026, 10, 5)
    await service.write('segment', id, {
      dialog,
      account: mailbox,
      month: '2026-11',
      messages: { 'mail:1': message('первое', at) },
    })
    const feed = await lab.anna.feed()
    await feed.until('caughtUp')
    await service.write('segment', id, { messages: { 'mail:2': message('второе', at + 1) } })
    expect(await feed.next()).toMatchObject({
      entries: [{ row: { messages: [{ key: 'mail:2', text: 'второе' }], lastAt: at + 1 } }],
    })
  })

  test('ends with restarting when the relay stops', async () => {
    const lab = await openLab()
    const feed = await lab.anna.feed()
    await feed.until('caughtUp')
    await lab.relay.stop()
    expect(await feed.next()).toEqual({ kind: 'end', reason: 'restarting' })
  })
})

describe('rights that change', () => {
  const shared = { ...newClient, open: 'read' } as const

  test('by the record itself: access gained sends the whole record, lost forgets it', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const [id = ''] = await clients(lab, 1)
    const feed = await boris.feed()
    await feed.until('caughtUp')
    await lab.anna.write('client', id, { managers: [boris.id] })
    const gained = await feed.next()
    expect(gained).toMatchObject({ kind: 'records', entries: [{ id, row: { name: 'К0' } }] })
    expect(await feed.next()).toMatchObject({ entries: [{ type: 'notice', row: { about: id } }] })
    await lab.anna.write('client', id, { managers: [] })
    expect(await feed.next()).toEqual({ kind: 'forget', ids: [id] })
  })

  test('by the record itself are told to a device that was away', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const [lost, gained] = [newId(), newId()]
    await lab.anna.write('client', lost, shared)
    await lab.anna.write('client', gained, newClient)
    const before = await (await boris.feed()).until('caughtUp')
    const cursor = cursorOf(before.at(-1) ?? { kind: 'forget', ids: [] })
    await lab.anna.write('client', lost, { open: 'closed' })
    await lab.anna.write('client', gained, { open: 'read' })
    const rest = await (await boris.feed(query(cursor ?? { head: 0, below: 0 }))).until('caughtUp')
    expect(rest).toContainEqual({ kind: 'forget', ids: [lost] })
    const rows = rowsOf(rest, rowsOf(before))
    expect(rows.has(gained)).toBe(true)
    expect(rows.has(lost)).toBe(false)
  })

  const withMailbox = async (clock = () => Date.now()) => {
    const lab = await openLab({ clock })
    const boris = await lab.join('boris@romashka.ru')
    const [mailbox, dialog] = [newId(), newId()]
    const service = connector(lab.app)
    await service.write('account', mailbox, newMailbox({ access: 'list', users: [lab.anna.id] }))
    const peer = { address: 'ivan@zavod.ru' }
    await service.write('dialog', dialog, { account: mailbox, channel: 'mail', peer })
    const grant = (users: string[]) => service.write('account', mailbox, { users })
    return { ...lab, boris, mailbox, dialog, service, grant }
  }

  test('by an account reach an open stream', async () => {
    const { anna, boris, dialog, mailbox, grant } = await withMailbox()
    const feed = await boris.feed()
    expect(rowsOf(await feed.until('caughtUp')).has(dialog)).toBe(false)
    await grant([anna.id, boris.id])
    const gained = rowsOf(await feed.until('caughtUp'))
    expect(gained.has(dialog)).toBe(true)
    expect(gained.has(mailbox)).toBe(true)
    await grant([anna.id])
    const lost = await feed.until('caughtUp')
    expect(lost.flatMap((frame) => (frame.kind === 'forget' ? frame.ids : [])).toSorted()).toEqual(
      [dialog, mailbox].toSorted(),
    )
  })

  test('by an account reach a device that was away', async () => {
    const { anna, boris, dialog, grant } = await withMailbox()
    await grant([anna.id, boris.id])
    const first = await boris.feed()
    const held = await first.until('caughtUp')
    expect(rowsOf(held).has(dialog)).toBe(true)
    await first.close()
    await grant([anna.id])
    const cursor = cursorOf(held.at(-1) ?? { kind: 'forget', ids: [] }) ?? { head: 0, below: 0 }
    const second = await boris.feed(query(cursor))
    const rest = await second.until('caughtUp')
    expect(rowsOf(rest, rowsOf(held)).has(dialog)).toBe(false)
    await second.close()
    // Not known to have arrived: told again, as long as no stream has lived on with it.
    const again = await (await boris.feed(query(cursor))).until('caughtUp')
    expect(again.flatMap((frame) => (frame.kind === 'forget' ? frame.ids : []))).toContain(dialog)
    await grant([anna.id, boris.id])
    const back = await (
      await boris.feed(query(cursorOf(rest.at(-1) ?? { kind: 'forget', ids: [] }) ?? cursor))
    ).until('caughtUp')
    expect(rowsOf(back).has(dialog)).toBe(true)
  })

  test('are not told again once a stream has lived on with them', async () => {
    let now = Date.now()
    const { anna, boris, dialog, grant } = await withMailbox(() => now)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    await grant([anna.id, boris.id])
    const feed = await boris.feed()
    await feed.until('caughtUp')
    await grant([anna.id])
    const told = await feed.until('caughtUp')
    expect(told.some(({ kind }) => kind === 'forget')).toBe(true)
    const beat = feed.until('beat')
    now += silenceLimit
    await vi.advanceTimersByTimeAsync(beatEvery)
    const cursor = cursorOf((await beat).at(-1) ?? { kind: 'forget', ids: [] })
    await feed.close()
    const again = await (await boris.feed(query(cursor ?? { head: 0, below: 0 }))).until('caughtUp')
    expect(again.map(({ kind }) => kind)).toEqual(['hello', 'caughtUp'])
    await grant([anna.id, boris.id])
    const back = await (await boris.feed(query(cursor ?? { head: 0, below: 0 }))).until('caughtUp')
    expect(rowsOf(back).has(dialog)).toBe(true)
  })

  test('of one who becomes an administrator open what was closed', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const ids = await clients(lab, 5)
    const feed = await boris.feed()
    expect(rowsOf(await feed.until('caughtUp')).size).toBe(2)
    const state = (await lab.relay.workspace?.pipeline.read(boris.id))?.state
    lab.anna.hold(boris.id, state ?? new Uint8Array())
    await lab.anna.write('employee', boris.id, { role: 'administrator' })
    const rows = rowsOf(await feed.until('caughtUp'))
    expect(ids.every((id) => rows.has(id))).toBe(true)
    expect(rows.get(boris.id)).toMatchObject({ role: 'administrator' })
  })

  test('end the streams and the session of one who is blocked', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const feed = await boris.feed()
    await feed.until('caughtUp')
    const state = (await lab.relay.workspace?.pipeline.read(boris.id))?.state
    lab.anna.hold(boris.id, state ?? new Uint8Array())
    await lab.anna.write('employee', boris.id, { state: 'blocked' })
    expect(await feed.next()).toEqual({ kind: 'end', reason: 'blocked' })
    const session = await lab.app.request('/api/session', { headers: boris.headers })
    expect(session.status).toBe(401)
  })
})

describe('a slow device', () => {
  test('is sent whole records for what it was too slow to hear', async () => {
    const lab = await openLab()
    const feed = await lab.anna.feed()
    await feed.until('caughtUp')
    // More than an inbox holds, while nobody reads.
    const ids = await clients(lab, 2_400)
    const rows = new Map()
    while (rows.size < ids.length) rowsOf([await feed.next()], rows)
    expect(ids.every((id) => rows.has(id))).toBe(true)
  })
})
