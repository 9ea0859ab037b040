import { describe, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import type { DocumentWrite, Store } from '../../../sync-server/store/store.ts'
import { newClient, newWriter, openLab, type Person } from './lab.ts'
import { pushed, updateBy } from './updates.ts'

describe('a push', () => {
  test('is answered with the seq of each entry, in order', async () => {
    const { anna } = await openLab()
    const [a, b] = [newId(), newId()]
    const outcomes = await anna.push(
      { n: 1, id: a, update: anna.make('client', a, newClient) },
      { n: 2, id: b, update: anna.make('client', b, newClient) },
      { n: 3, id: a, update: anna.make('client', a, { name: 'Лютик' }) },
    )
    // The administrator's own record has seq 1.
    expect(outcomes).toEqual([
      { n: 1, ok: true, seq: 2 },
      { n: 2, ok: true, seq: 3 },
      { n: 3, ok: true, seq: 4 },
    ])
  })

  test('of what is stored already is answered with the same seq and stores nothing', async () => {
    const { anna } = await openLab()
    const id = newId()
    const entry = { id, update: anna.make('client', id, newClient) }
    const [first] = await anna.push({ ...entry, n: 1 })
    const [again] = await anna.push({ ...entry, n: 1 })
    expect(again).toEqual(first)
    const other = newId()
    const [next] = await anna.push({ id: other, update: anna.make('client', other, newClient) })
    expect(next).toMatchObject({ seq: 3 })
  })

  test('that holds one entry twice stores it once', async () => {
    const { anna } = await openLab()
    const id = newId()
    const update = anna.make('client', id, newClient)
    const [first, second] = await anna.push({ id, update }, { id, update })
    expect(first).toMatchObject({ ok: true, seq: 2 })
    expect(second).toMatchObject({ ok: true, seq: 2 })
  })

  test('refuses one entry without touching those beside it', async () => {
    const { anna } = await openLab()
    const [good, bad, after] = [newId(), newId(), newId()]
    const outcomes = await anna.push(
      { n: 1, id: good, update: anna.make('client', good, newClient) },
      { n: 2, id: bad, update: new Uint8Array([1, 2, 3]) },
      { n: 3, id: after, update: anna.make('client', after, newClient) },
    )
    expect(outcomes).toEqual([
      { n: 1, ok: true, seq: 2 },
      { n: 2, ok: false, reason: 'malformedUpdate' },
      { n: 3, ok: true, seq: 3 },
    ])
  })

  test('that is refused leaves the record as it was', async () => {
    const { anna, relay } = await openLab()
    const id = newId()
    await anna.write('client', id, newClient)
    const before = await relay.workspace?.store.documents([id])
    await pushed(
      anna,
      updateBy(newWriter(), (doc) => doc.getMap('f').set('inn', 5)),
      id,
    )
    expect(await relay.workspace?.store.documents([id])).toEqual(before)
    // And the next change is judged against that, not against what was tried.
    expect(await anna.write('client', id, { name: 'Лютик' })).toMatchObject({ ok: true })
  })

  test('is answered 400 where it is no push', async () => {
    const { anna, app } = await openLab()
    const request = { method: 'POST', headers: anna.headers, body: new Uint8Array([255, 255]) }
    const response = await app.request('/push', request)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ reason: 'invalidRequest' })
  })
})

describe('changes that wait together', () => {
  const spied = () => {
    const groups: number[] = []
    let failing = false
    const base = openSqlite(':memory:')
    const store: Store = {
      ...base,
      of: (workspace) => {
        const real = base.of(workspace)
        return {
          ...real,
          commit: async (writes: DocumentWrite[]) => {
            groups.push(writes.length)
            if (failing) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
            return real.commit(writes)
          },
        }
      },
    }
    return {
      store,
      groups,
      fail: (now: boolean) => {
        failing = now
      },
    }
  }

  test('share one transaction', async () => {
    const { store, groups } = spied()
    const { anna } = await openLab({ store })
    groups.length = 0
    await Promise.all(Array.from({ length: 20 }, () => anna.write('client', newId(), newClient)))
    expect(groups.length).toBeLessThan(5)
    expect(groups.reduce((sum, size) => sum + size)).toBe(20)
  })

  test('are published and answered only after they are stored', async () => {
    const steps: string[] = []
    const { store } = spied()
    const { anna, relay } = await openLab({ store, fault: (point) => steps.push(point) })
    relay.workspace?.pipeline.observe(() => steps.push('published'))
    steps.length = 0
    await anna.write('client', newId(), newClient).then(() => steps.push('answered'))
    expect(steps).toEqual([
      'before-commit',
      'after-commit',
      'published',
      'after-publish',
      'answered',
    ])
  })

  test('are refused when the disk is full, change nothing, and can be sent again', async () => {
    const { store, fail } = spied()
    const { anna } = await openLab({ store })
    const id = newId()
    await anna.write('client', id, newClient)
    const update = anna.make('client', id, { name: 'Лютик' })
    fail(true)
    expect(await pushed(anna, update, id)).toEqual({ ok: false, reason: 'storageFull' })
    fail(false)
    expect(await pushed(anna, update, id)).toMatchObject({ ok: true, seq: 3 })
  })
})

describe('history', () => {
  const historyOf = async (
    app: Awaited<ReturnType<typeof openLab>>['app'],
    who: Person,
    id: string,
  ) => {
    const response = await app.request(`/api/history/${id}`, { headers: who.headers })
    return { status: response.status, body: await response.json() }
  }

  test('says who changed which field from what to what, newest first', async () => {
    const { anna, app } = await openLab({ clock: () => 1_700_000_000_000 })
    const id = newId()
    await anna.write('client', id, newClient)
    await anna.write('client', id, { name: 'Лютик' })
    const { body } = await historyOf(app, anna, id)
    const common = { at: 1_700_000_000_000, user: anna.id, device: anna.device }
    expect(body).toEqual({
      entries: [
        { ...common, seq: 3, changes: { name: ['Василёк', 'Лютик'] } },
        { ...common, seq: 2, changes: { name: [null, 'Василёк'], kind: [null, 'organisation'] } },
      ],
      devices: {},
    })
  })

  test('joins the letters of one run of typing', async () => {
    let now = 1_700_000_000_000
    const { anna, app } = await openLab({ clock: () => now })
    const id = newId()
    await anna.write('client', id, { ...newClient, note: 'з' })
    for (const note of ['зв', 'зво', 'звон']) {
      await anna.write('client', id, { note })
      now += 1000
    }
    now += 120_000
    await anna.write('client', id, { note: 'звоню' })
    const { body } = await historyOf(app, anna, id)
    expect(
      (body as { entries: { changes: unknown }[] }).entries.map(({ changes }) => changes),
    ).toEqual([
      { note: ['звон', 'звоню'] },
      { note: ['з', 'звон'] },
      expect.objectContaining({ note: [null, 'з'] }),
    ])
  })

  test('of a record one may not read is not found', async () => {
    const { anna, join, app } = await openLab()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, newClient)
    expect(await historyOf(app, boris, id)).toEqual({ status: 404, body: { reason: 'notFound' } })
  })
})
