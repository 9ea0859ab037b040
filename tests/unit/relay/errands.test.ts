/** Errands of segments at the relay: who gets a task, once for each cause, with whose rights. */
import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientSegmentRow, Errands } from '../../../shared/records/client-segment.ts'
import type { TaskRow } from '../../../shared/records/task.ts'
import { audienceOf } from '../../../shared/rights.ts'
import { errandJob, inSlice, mostInRun } from '../../../sync-server/errands/run.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import type { Workspace } from '../../../sync-server/workspace.ts'
import { newWriter, openLab, openTestRelay, type Person } from './lab.ts'

const never = () => false
const start = Date.UTC(2026, 10, 22, 9)
const stored = { seq: expect.any(Number) }
const buyers = { join: 'all', of: [{ field: 'relation', op: 'is', value: ['buyer'] }] }

const office = async () => {
  const time = { now: start }
  const store = openSqlite(':memory:')
  const clock = () => time.now
  const lab = await openLab({ clock, store })
  const { workspace } = lab.relay
  if (!workspace) throw new Error('no workspace')
  const tasks = async (): Promise<TaskRow[]> =>
    (await workspace.store.documentsOfType('task')).map(
      ({ rowJson }) => JSON.parse(rowJson) as TaskRow,
    )
  const row = async (id: string) =>
    (await workspace.pipeline.read(id))?.row as unknown as ClientSegmentRow
  return { ...lab, time, store, clock, workspace, tasks, row }
}

const newErrands = (who: Person, more: Partial<Errands> = {}): Errands => ({
  id: newId(),
  on: true,
  kind: 'call',
  title: 'Позвонить',
  due: 3,
  by: who.id,
  since: start,
  ...more,
})

const segmentOf = (who: Person, more: Patch = {}): Patch => ({
  name: 'Покупатели',
  owner: who.id,
  shared: true,
  filter: buyers,
  errands: newErrands(who),
  ...more,
})

const buyer = (who: Person, more: Patch = {}): Patch => ({
  kind: 'organisation',
  name: 'Василёк',
  relation: 'buyer',
  managers: [who.id],
  createdBy: who.id,
  ...more,
})

/** Straight into the base: through the doors so many take seconds. */
const many = async ({ store }: Workspace, count: number, who: Person) => {
  const ids = Array.from({ length: count }, newId)
  const none = { added: [], removed: [] }
  await store.commit(
    ids.map((id) => {
      const row = { id, type: 'client', ...buyer(who), phones: [], emails: [] }
      return {
        id,
        type: 'client',
        audience: audienceOf(row),
        state: new Uint8Array(),
        rowJson: JSON.stringify(row),
        lostTokens: [],
        lookups: none,
        files: none,
        trash: null,
        claims: [],
        claimant: who.id,
        user: who.id,
        device: 'test',
        at: start,
        madeAt: start,
        changesJson: '{}',
        takesIn: null,
      }
    }),
  )
  return ids
}

describe('errands of a segment', () => {
  it('give who answers for each client in it one task, in the name of who set them up', async () => {
    const { anna, join, workspace, tasks, row } = await office()
    const oleg = await join('oleg@romashka.ru')
    const [mine, nobodys, other, segment] = [newId(), newId(), newId(), newId()]
    await anna.write('client', mine, buyer(oleg, { createdBy: anna.id }))
    await anna.write('client', nobodys, buyer(anna, { managers: null }))
    await anna.write('client', other, buyer(anna, { relation: 'supplier' }))
    await anna.write('clientSegment', segment, segmentOf(anna))
    await workspace.errands.run(never)
    const made = await tasks()
    expect(made).toHaveLength(2)
    expect(made.find(({ client }) => client === mine)).toMatchObject({
      title: 'Позвонить',
      kind: 'call',
      responsible: oleg.id,
      createdBy: anna.id,
      createdAt: start,
      due: Date.UTC(2026, 10, 25),
      allDay: true,
    })
    expect(made.find(({ client }) => client === nobodys)?.responsible).toBe(anna.id)
    expect((await row(segment)).errandsMade).toMatchObject({ made: 2, at: start, waiting: 0 })
    const [entry] = await workspace.store.history(made[0]?.id ?? '', 1)
    expect(entry).toMatchObject({ user: anna.id, device: 'relay' })
  })

  it('come to a segment by hand, and to a chosen person', async () => {
    const { anna, join, workspace, tasks } = await office()
    const oleg = await join('oleg@romashka.ru')
    const [inside, segment] = [newId(), newId()]
    const errands = newErrands(anna, { to: oleg.id })
    await anna.write('clientSegment', segment, segmentOf(anna, { filter: null, errands }))
    await anna.write('client', inside, buyer(anna, { segments: [segment] }))
    await anna.write('client', newId(), buyer(anna))
    await workspace.errands.run(never)
    expect(await tasks()).toMatchObject([{ client: inside, responsible: oleg.id }])
  })

  it('are made once: over restarts, runs at the same time, and a clock that jumps', async () => {
    const { anna, store, clock, time, workspace, tasks } = await office()
    await anna.write('clientSegment', newId(), segmentOf(anna))
    const ids = await many(workspace, 250, anna)
    const other = errandJob({ ...workspace, clock, random32: newWriter })
    await Promise.all([workspace.errands.run(never), other.run(never)])
    expect(new Set((await tasks()).map(({ client }) => client))).toEqual(new Set(ids))
    expect(await tasks()).toHaveLength(250)
    for (const now of [start + 400 * day, start - 30 * day, start]) {
      time.now = now
      await workspace.errands.run(never)
    }
    expect(await tasks()).toHaveLength(250)
    const restarted = await openTestRelay({ store, clock })
    await restarted.workspace?.errands.run(never)
    expect(await tasks()).toHaveLength(250)
  })

  it('are finished by the next run where one was cut short', async () => {
    const { anna, workspace, tasks, row } = await office()
    const segment = newId()
    await anna.write('clientSegment', segment, segmentOf(anna))
    await many(workspace, 3 * inSlice, anna)
    let asked = 0
    // Once before the clients, then before each slice of them.
    await workspace.errands.run(() => ++asked > 3)
    expect(await tasks()).toHaveLength(2 * inSlice)
    await workspace.errands.run(never)
    expect(await tasks()).toHaveLength(3 * inSlice)
    expect((await row(segment)).errandsMade).toMatchObject({ made: 3 * inSlice, waiting: 0 })
  })

  it('are not made again for a client that leaves and comes back, nor for a task thrown away', async () => {
    const { anna, workspace, tasks, row } = await office()
    const [client, segment] = [newId(), newId()]
    await anna.write('clientSegment', segment, segmentOf(anna))
    await anna.write('client', client, buyer(anna))
    await workspace.errands.run(never)
    const [task] = await tasks()
    if (!task) throw new Error('no task')
    await anna.write('client', client, { relation: 'supplier' })
    await workspace.errands.run(never)
    await anna.write('client', client, { relation: 'buyer' })
    await workspace.errands.run(never)
    expect(await tasks()).toHaveLength(1)
    anna.hold(task.id, (await workspace.pipeline.read(task.id))?.state ?? new Uint8Array())
    await anna.write('task', task.id, { deletedAt: start, deletedBy: anna.id })
    await workspace.errands.run(never)
    expect(await tasks()).toHaveLength(1)
    await workspace.store.erase([task.id], start, anna.id)
    await workspace.errands.run(never)
    expect(await tasks()).toHaveLength(0)
    expect((await row(segment)).errandsMade).toMatchObject({ made: 1, refused: 0 })
  })

  it('come again with each period, but not while the one before is open', async () => {
    const { anna, time, workspace, tasks } = await office()
    const errands = newErrands(anna, { every: 30 })
    await anna.write('clientSegment', newId(), segmentOf(anna, { errands }))
    const client = newId()
    await anna.write('client', client, buyer(anna))
    const later = async (days: number) => {
      time.now = start + days * day
      await workspace.errands.run(never)
      return (await tasks()).length
    }
    expect(await later(0)).toBe(1)
    expect(await later(29)).toBe(1)
    expect(await later(31)).toBe(1)
    const [first] = await tasks()
    if (!first) throw new Error('no task')
    anna.hold(first.id, (await workspace.pipeline.read(first.id))?.state ?? new Uint8Array())
    await anna.write('task', first.id, { done: { at: time.now, by: anna.id } })
    expect(await later(32)).toBe(2)
    const second = (await tasks()).find(({ id }) => id !== first.id)
    if (!second) throw new Error('no second task')
    anna.hold(second.id, (await workspace.pipeline.read(second.id))?.state ?? new Uint8Array())
    await anna.write('task', second.id, { done: { at: time.now, by: anna.id } })
    expect(await later(59)).toBe(2)
    // Years later: one, not one for each period that was missed.
    expect(await later(900)).toBe(3)
    // The clock put back: the one of that period is there.
    expect(await later(32)).toBe(3)
  })

  it('concern only clients whom who set them up may read', async () => {
    const { join, workspace, tasks } = await office()
    const oleg = await join('oleg@romashka.ru')
    const vera = await join('vera@romashka.ru')
    const [his, hers] = [newId(), newId()]
    await oleg.write('client', his, buyer(oleg))
    await vera.write('client', hers, buyer(vera))
    await oleg.write('clientSegment', newId(), segmentOf(oleg))
    await workspace.errands.run(never)
    expect((await tasks()).map(({ client }) => client)).toEqual([his])
  })

  it('stop with words when who set them up is blocked, and go on when they are back', async () => {
    const { anna, join, workspace, tasks, row } = await office()
    const oleg = await join('oleg@romashka.ru')
    const segment = newId()
    await oleg.write('client', newId(), buyer(oleg))
    await oleg.write('clientSegment', segment, segmentOf(oleg))
    const state = async (state: string) => {
      anna.hold(oleg.id, (await workspace.pipeline.read(oleg.id))?.state ?? new Uint8Array())
      expect(await anna.write('employee', oleg.id, { state })).toMatchObject(stored)
      await workspace.errands.run(never)
    }
    await state('blocked')
    expect(await tasks()).toEqual([])
    expect((await row(segment)).errandsMade).toMatchObject({ made: 0, stopped: 'blocked' })
    await state('active')
    expect(await tasks()).toHaveLength(1)
    expect((await row(segment)).errandsMade).not.toHaveProperty('stopped')
  })

  it('stop where a condition cannot be asked, rather than find more', async () => {
    const { anna, workspace, tasks, row } = await office()
    await anna.write('client', newId(), buyer(anna))
    const [classes, gone, within] = [newId(), newId(), newId()]
    const rule = (field: string, value: string[]) => ({
      join: 'all',
      of: [...buyers.of, { field, op: 'is', value }],
    })
    await anna.write('clientSegment', classes, segmentOf(anna, { filter: rule('abc', ['a']) }))
    await anna.write('clientSegment', gone, segmentOf(anna, { filter: rule('custom/x', ['a']) }))
    await anna.write(
      'clientSegment',
      within,
      segmentOf(anna, { filter: rule('segments', [classes]) }),
    )
    await workspace.errands.run(never)
    expect(await tasks()).toEqual([])
    for (const id of [classes, gone, within])
      expect((await row(id)).errandsMade).toMatchObject({ stopped: 'rule' })
  })

  it('leave out nobody’s rights: another’s rule takes them over or is refused', async () => {
    const { anna, join, workspace } = await office()
    const oleg = await join('oleg@romashka.ru')
    const segment = newId()
    expect(
      await oleg.write('clientSegment', segment, segmentOf(oleg, { errands: newErrands(anna) })),
    ).toMatchObject({ reason: 'forbidden' })
    const own = newId()
    await oleg.write('clientSegment', own, segmentOf(oleg, { errands: null }))
    anna.hold(own, (await workspace.pipeline.read(own))?.state ?? new Uint8Array())
    const errands = newErrands(anna)
    expect(await anna.write('clientSegment', own, { errands })).toMatchObject(stored)
    const held = async () =>
      oleg.hold(own, (await workspace.pipeline.read(own))?.state ?? new Uint8Array())
    await held()
    const wider = { join: 'all', of: [{ field: 'name', op: 'filled' }] }
    expect(await oleg.write('clientSegment', own, { filter: wider })).toMatchObject({
      reason: 'forbidden',
    })
  })

  it('are not led by the rule of a colleague, whose segment is within; by an administrator’s they are', async () => {
    const { anna, join, workspace, tasks, row } = await office()
    const oleg = await join('oleg@romashka.ru')
    await anna.write('client', newId(), buyer(anna))
    const within = (named: string) => ({
      join: 'all',
      of: [{ field: 'segments', op: 'is', value: [named] }],
    })
    const [ofOleg, asking] = [newId(), newId()]
    await oleg.write('clientSegment', ofOleg, segmentOf(oleg, { errands: null }))
    const errands = newErrands(anna, { to: oleg.id })
    await anna.write('clientSegment', asking, segmentOf(anna, { filter: within(ofOleg), errands }))
    await workspace.errands.run(never)
    expect(await tasks()).toEqual([])
    expect((await row(asking)).errandsMade).toMatchObject({ made: 0, stopped: 'rule' })
    const [ofAnna, other] = [newId(), newId()]
    await anna.write('clientSegment', ofAnna, segmentOf(anna, { errands: null }))
    await oleg.write('client', newId(), buyer(oleg))
    await oleg.write(
      'clientSegment',
      other,
      segmentOf(oleg, { filter: within(ofAnna), errands: newErrands(oleg) }),
    )
    await workspace.errands.run(never)
    expect(await tasks()).toMatchObject([{ responsible: oleg.id, createdBy: oleg.id }])
  })

  it('are made no more once they are switched off', async () => {
    const { anna, workspace, tasks } = await office()
    const segment = newId()
    const errands = newErrands(anna)
    await anna.write('clientSegment', segment, segmentOf(anna, { errands }))
    await anna.write('client', newId(), buyer(anna))
    await anna.write('clientSegment', segment, { errands: { ...errands, on: false } })
    await workspace.errands.run(never)
    expect(await tasks()).toEqual([])
  })

  it('go through 10,000 clients in many turns of the event loop, so many tasks a run', async () => {
    const { anna, workspace, tasks, row } = await office()
    const segment = newId()
    await many(workspace, 10_000, anna)
    await anna.write('clientSegment', segment, segmentOf(anna))
    let turns = 0
    let over = false
    const count = () => {
      turns++
      if (!over) setImmediate(count)
    }
    setImmediate(count)
    await workspace.errands.run(never)
    over = true
    expect(turns).toBeGreaterThanOrEqual(10_000 / inSlice)
    expect(await tasks()).toHaveLength(mostInRun)
    expect((await row(segment)).errandsMade).toMatchObject({
      made: mostInRun,
      waiting: 10_000 - mostInRun,
    })
  })
})
