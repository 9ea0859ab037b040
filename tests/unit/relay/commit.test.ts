import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { maxUpdateBytes } from '../../../shared/protocol/push.ts'
import { maxClockAdvance } from '../../../sync-server/commit/admit.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import type { DocumentWrite, Store } from '../../../sync-server/store/store.ts'
import { connector, newClient, newMailbox, newWriter, openLab, type Person } from './lab.ts'

/** An update made by plain Yjs, with no regard to our records. */
const updateBy = (writer: number, edit: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc({ guid: 'hostile' })
  doc.clientID = writer
  edit(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** One struct that says: so many deleted characters. */
const clockBomb = (client: number, clock: number, length: number): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1) // clients
  encoding.writeVarUint(encoder, 1) // structs
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeUint8(encoder, 0) // GC
  encoding.writeVarUint(encoder, length)
  encoding.writeVarUint(encoder, 0) // deletions
  return encoding.toUint8Array(encoder)
}

const pushed = async (who: Person, update: Uint8Array, id = newId(), type = 'client') => {
  const [outcome] = await who.push({ id, type, update })
  if (!outcome) throw new Error('no outcome')
  const { n: _, ...rest } = outcome
  return rest
}

const merged =
  (...edits: ((doc: Y.Doc) => void)[]) =>
  (doc: Y.Doc) => {
    doc.getMap('f').set('kind', 'organisation')
    doc.getMap('f').set('name', 'Клевер')
    for (const edit of edits) edit(doc)
  }

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

describe('an update is refused', () => {
  test('as malformedUpdate when it does not decode', async () => {
    const { anna } = await openLab()
    for (const bytes of [[], [1], [0, 0], [1, 1, 5, 0, 4, 9], [255, 255, 255, 255, 15, 1]])
      expect(await pushed(anna, new Uint8Array(bytes))).toEqual({
        ok: false,
        reason: 'malformedUpdate',
      })
  })

  test('as tooLarge over the size of an update, and over the size of a record', async () => {
    const { anna } = await openLab()
    const huge = updateBy(newWriter(), (doc) =>
      doc.getMap('f').set('name', 'я'.repeat(maxUpdateBytes / 2)),
    )
    expect(await pushed(anna, huge)).toEqual({ ok: false, reason: 'tooLarge' })
    const large = updateBy(
      newWriter(),
      merged((doc) => doc.getMap('f').set('fullName', 'z'.repeat(1_000_001))),
    )
    expect(await pushed(anna, large)).toEqual({ ok: false, reason: 'tooLarge' })
  })

  test('as foreignWriter under the client id of another user', async () => {
    const { anna, join } = await openLab()
    const boris = await join('boris@romashka.ru')
    const writer = newWriter()
    const shared = (doc: Y.Doc) => doc.getMap('f').set('managers', [boris.id])
    const own = updateBy(writer, merged(shared))
    expect(await pushed(anna, own)).toMatchObject({ ok: true })
    expect(await pushed(boris, updateBy(writer, merged(shared)))).toEqual({
      ok: false,
      reason: 'foreignWriter',
    })
  })

  test('as foreignWriter also where both come in one group', async () => {
    const { anna, join } = await openLab()
    const boris = await join('boris@romashka.ru')
    const writer = newWriter()
    const update = updateBy(
      writer,
      merged((doc) => doc.getMap('f').set('managers', [boris.id])),
    )
    const outcomes = await Promise.all([pushed(anna, update), pushed(boris, update)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, reason: 'foreignWriter' })
  })

  test('but not for holding what others wrote before', async () => {
    const { anna, join, relay } = await openLab()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, { ...newClient, managers: [boris.id] })
    const state = (await relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array()
    boris.hold(id, state)
    const whole = Y.mergeUpdates([state, boris.make('client', id, { name: 'Лютик' })])
    // 4 is that Boris is told of it (see notices.ts).
    expect(await pushed(boris, whole, id)).toMatchObject({ ok: true, seq: 5 })
  })

  test('as causalGap when something before it is missing', async () => {
    const { anna } = await openLab()
    const id = newId()
    const first = anna.make('client', id, newClient)
    const second = anna.make('client', id, { name: 'Лютик' })
    const third = anna.make('client', id, { inn: '7707083893' })
    expect(await pushed(anna, second, id)).toEqual({ ok: false, reason: 'causalGap' })
    expect(await pushed(anna, first, id)).toMatchObject({ ok: true })
    expect(await pushed(anna, third, id)).toEqual({ ok: false, reason: 'causalGap' })
    // Two updates merged over a gap name it with a Skip struct.
    expect(await pushed(anna, Y.mergeUpdates([first, third]), id)).toEqual({
      ok: false,
      reason: 'causalGap',
    })
    expect(await pushed(anna, second, id)).toMatchObject({ ok: true })
  })

  test('as causalGap when it builds on, or deletes, what nobody wrote', async () => {
    const { anna } = await openLab()
    const id = newId()
    await anna.write('client', id, { ...newClient, note: 'один' })
    const stranger = newWriter()
    const doc = new Y.Doc({ guid: id })
    doc.clientID = stranger
    doc.getText('note').insert(0, 'ab')
    const base = Y.encodeStateVector(doc)
    doc.clientID = newWriter()
    doc.getText('note').insert(1, 'x')
    expect(await pushed(anna, Y.encodeStateAsUpdate(doc, base), id)).toEqual({
      ok: false,
      reason: 'causalGap',
    })
    const before = Y.encodeStateVector(doc)
    doc.getText('note').delete(0, 1)
    expect(await pushed(anna, Y.encodeStateAsUpdate(doc, before), id)).toEqual({
      ok: false,
      reason: 'causalGap',
    })
  })

  test('as clockJump when a few bytes claim a client id for ever', async () => {
    const { anna } = await openLab()
    const bomb = clockBomb(newWriter(), 0, 2 ** 50)
    expect(bomb.length).toBeLessThan(20)
    expect(await pushed(anna, bomb)).toEqual({ ok: false, reason: 'clockJump' })
    expect(await pushed(anna, clockBomb(newWriter(), 0, maxClockAdvance + 1))).toEqual({
      ok: false,
      reason: 'clockJump',
    })
    // Structs of no length would be a clock that does not move.
    expect(await pushed(anna, clockBomb(newWriter(), 0, 0))).toEqual({
      ok: false,
      reason: 'malformedUpdate',
    })
  })

  test('as unknownType, and as invalidRequest under an id that is none', async () => {
    const { anna } = await openLab()
    const update = updateBy(newWriter(), merged())
    expect(await pushed(anna, update, newId(), 'unicorn')).toEqual({
      ok: false,
      reason: 'unknownType',
    })
    expect(await pushed(anna, update, newId(), '__proto__')).toEqual({
      ok: false,
      reason: 'unknownType',
    })
    expect(await pushed(anna, update, '../../etc/passwd')).toEqual({
      ok: false,
      reason: 'invalidRequest',
    })
  })

  test.each([
    ['an unknown root', (doc: Y.Doc) => doc.getMap('shadow').set('a', 1), 'shadow'],
    ['a root named __proto__', (doc: Y.Doc) => doc.getMap('__proto__').set('a', 1), '__proto__'],
    ['an unknown key', (doc: Y.Doc) => doc.getMap('f').set('shadow', 1), 'shadow'],
    [
      'a key named __proto__',
      (doc: Y.Doc) => doc.getMap('f').set('__proto__', { admin: true }),
      '__proto__',
    ],
    [
      'a key named constructor',
      (doc: Y.Doc) => doc.getMap('f').set('constructor', 1),
      'constructor',
    ],
  ])('as unknownField for %s', async (_, edit, field) => {
    const { anna } = await openLab()
    expect(await pushed(anna, updateBy(newWriter(), merged(edit)))).toEqual({
      ok: false,
      reason: 'unknownField',
      field,
    })
  })

  test.each([
    ['a value of the wrong kind', (doc: Y.Doc) => doc.getMap('f').set('name', 5)],
    ['a nested type', (doc: Y.Doc) => doc.getMap('f').set('name', new Y.Map())],
    ['a list under the fields', (doc: Y.Doc) => doc.getArray('f').push(['unseen'])],
    ['a key in a text', (doc: Y.Doc) => doc.getMap('note').set('unseen', 1)],
    ['formatting', (doc: Y.Doc) => doc.getText('note').insert(0, 'a', { bold: true })],
    ['an embedded object', (doc: Y.Doc) => doc.getText('note').insertEmbed(0, { image: 'x' })],
    ['a subdocument', (doc: Y.Doc) => doc.getMap('f').set('name', new Y.Doc())],
    ['bytes', (doc: Y.Doc) => doc.getMap('f').set('name', new Uint8Array(3))],
    [
      'a value nested without end',
      (doc: Y.Doc) => {
        let deep: unknown = 1
        for (let i = 0; i < 1000; i++) deep = [deep]
        doc.getMap('f').set('tags', deep)
      },
    ],
  ])('as invalidValue for %s', async (_, edit) => {
    const { anna } = await openLab()
    // By two documents: one would not hold both a map and a list under one name.
    const update = Y.mergeUpdates([updateBy(newWriter(), merged()), updateBy(newWriter(), edit)])
    expect(await pushed(anna, update)).toMatchObject({
      ok: false,
      reason: 'invalidValue',
    })
  })

  test('as missingRequired without a required field', async () => {
    const { anna } = await openLab()
    const update = updateBy(newWriter(), (doc) => doc.getMap('f').set('name', 'Клевер'))
    expect(await pushed(anna, update)).toEqual({
      ok: false,
      reason: 'missingRequired',
      field: 'kind',
    })
  })

  test('as forbidden without the right, and as immutableField for what is not theirs', async () => {
    const { anna, join, app } = await openLab()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, newClient)
    const foreign = updateBy(newWriter(), (doc) => doc.getMap('f').set('name', 'Моё'))
    expect(await pushed(boris, foreign, id)).toEqual({ ok: false, reason: 'forbidden' })

    const mailbox = newId()
    await connector(app).write('account', mailbox, newMailbox())
    const moved = updateBy(newWriter(), (doc) => doc.getMap('f').set('address', 'x@y.ru'))
    expect(await pushed(anna, moved, mailbox, 'account')).toEqual({
      ok: false,
      reason: 'immutableField',
      field: 'address',
    })
    expect(await pushed(anna, moved, mailbox, 'client')).toEqual({
      ok: false,
      reason: 'immutableField',
      field: 'type',
    })
  })

  test('and its client id stays free', async () => {
    const { anna, join } = await openLab()
    const boris = await join('boris@romashka.ru')
    const writer = newWriter()
    expect(await pushed(boris, updateBy(writer, merged()))).toMatchObject({ reason: 'forbidden' })
    expect(await pushed(anna, updateBy(writer, merged()))).toMatchObject({ ok: true })
  })

  test('and says nothing of a record that one may not read', async () => {
    const { anna, join } = await openLab()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, newClient)
    expect(await pushed(boris, new Uint8Array([0, 0]), id)).toEqual({
      ok: false,
      reason: 'forbidden',
    })
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
