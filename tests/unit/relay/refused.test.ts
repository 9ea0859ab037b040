import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { maxUpdateBytes } from '../../../shared/protocol/push.ts'
import { maxClockAdvance } from '../../../sync-server/commit/admit.ts'
import { connector, newClient, newMailbox, newWriter, openLab } from './lab.ts'
import { pushed, updateBy } from './updates.ts'

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

const merged =
  (...edits: ((doc: Y.Doc) => void)[]) =>
  (doc: Y.Doc) => {
    doc.getMap('f').set('kind', 'organisation')
    doc.getMap('f').set('name', 'Клевер')
    for (const edit of edits) edit(doc)
  }

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
