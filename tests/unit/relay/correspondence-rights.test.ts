import { beforeEach, describe, expect, it } from 'vitest'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import type { Matrix } from '../../../shared/rights-matrix.ts'
import { connector, type Lab, newMailbox, openLab, type Person, rowsOf } from './lab.ts'

/** Roles over what comes through a mailbox that is open to everyone (F279 over F16). */
const at = Date.UTC(2026, 10, 21)
const peer = { address: 'ivan@zavod.ru' }
let lab: Lab
let [boris, vera, service]: Person[] = []
let mailbox: string
const people = () => {
  if (!boris || !vera || !service) throw new Error('nobody is here')
  return { boris, vera, service }
}
const write = async (type: RecordType, id: string, patch: Patch) => {
  const written = await lab.relay.workspace?.write(type, id, patch)
  expect(written).toMatchObject({ ok: true })
}
const limit = (exceptions: Matrix) => write('employee', people().boris.id, { exceptions })
const message = (text: string, from: Person): Patch['messages'] => ({
  [`mail:${newId()}`]: {
    at,
    direction: 'out',
    kind: 'letter',
    author: { employee: from.id },
    text,
  },
})
const segmentOf = (dialog: string, more: Patch): Patch => ({
  dialog,
  account: mailbox,
  month: monthOf(at),
  ...more,
})
const makeDialog = async (responsible?: string) => {
  const id = newId()
  await write('dialog', id, {
    account: mailbox,
    channel: 'mail',
    peer,
    ...(responsible && { responsible }),
  })
  return id
}
const queued = (messages: Patch['messages']): Patch => ({
  messages,
  states: Object.fromEntries(
    Object.keys(messages ?? {}).map((key) => [key, { status: 'queued', at }]),
  ),
})
const rowOf = async (id: string) => (await lab.relay.workspace?.pipeline.read(id))?.row
const seenBy = async (who: Person) => {
  const feed = await who.feed()
  const rows = rowsOf(await feed.until('caughtUp'))
  await feed.close()
  return rows
}

beforeEach(async () => {
  lab = await openLab()
  boris = await lab.join('boris@romashka.ru')
  vera = await lab.join('vera@romashka.ru')
  service = connector(lab.app)
  mailbox = newId()
  await write('account', mailbox, newMailbox())
})

describe('a segment', () => {
  it('gets the responsible of its dialog, whatever its writer says', async () => {
    const { vera } = people()
    const dialog = await makeDialog(vera.id)
    const id = segmentId(dialog, at)
    const patch = segmentOf(dialog, { ...queued(message('Да', vera)), responsible: lab.anna.id })
    expect(await vera.write('segment', id, patch)).toMatchObject({ ok: true })
    expect((await rowOf(id))?.responsible).toBe(vera.id)
  })

  it('follows its dialog from hand to hand, in one group', async () => {
    const { boris, vera } = people()
    const dialog = await makeDialog(vera.id)
    const id = segmentId(dialog, at)
    await vera.write('segment', id, segmentOf(dialog, queued(message('Да', vera))))
    await limit({ dialog: { read: 'own' } })
    const feed = await boris.feed()
    const rows = rowsOf(await feed.until('caughtUp'))
    expect(rows.has(id)).toBe(false)
    await write('dialog', dialog, { responsible: boris.id })
    while (!rows.has(id)) rowsOf([await feed.next()], rows)
    expect(rows.get(id)?.responsible).toBe(boris.id)
    await write('dialog', dialog, { responsible: null })
    while (rows.has(id) || rows.has(dialog)) rowsOf([await feed.next()], rows)
    expect((await rowOf(id))?.responsible).toBeUndefined()
  })
})

describe('a role that narrows a mailbox', () => {
  it('shows one’s own dialogs, messages and appeals, and nothing else of it', async () => {
    const { boris, vera } = people()
    const dialogs = [await makeDialog(boris.id), await makeDialog(vera.id), await makeDialog()]
    const appeals: string[] = []
    for (const [index, dialog] of dialogs.entries()) {
      const id = newId()
      appeals.push(id)
      await write(
        'segment',
        segmentId(dialog, at),
        segmentOf(dialog, { messages: message('Да', vera) }),
      )
      const responsible = [boris.id, vera.id, undefined][index]
      await write('appeal', id, {
        account: mailbox,
        channel: 'mail',
        dialog,
        who: peer,
        at,
        state: 'new',
        ...(responsible && { responsible }),
      })
    }
    const of = (rows: ReadonlyMap<string, unknown>) => ({
      dialogs: dialogs.map((id) => rows.has(id)),
      segments: dialogs.map((id) => rows.has(segmentId(id, at))),
      appeals: appeals.map((id) => rows.has(id)),
    })
    const all = [true, true, true]
    const own = [true, false, false]
    expect(of(await seenBy(boris))).toEqual({ dialogs: all, segments: all, appeals: all })
    await limit({ dialog: { read: 'own' } })
    expect(of(await seenBy(boris))).toEqual({ dialogs: own, segments: own, appeals: all })
    await limit({ appeal: { read: 'own' } })
    expect(of(await seenBy(boris))).toEqual({ dialogs: all, segments: all, appeals: own })
    await limit({ dialog: { read: 'none' }, appeal: { read: 'none' } })
    const none = [false, false, false]
    expect(of(await seenBy(boris))).toEqual({ dialogs: none, segments: none, appeals: none })
  })

  it('opens what one’s department is responsible for (F279)', async () => {
    const { boris, vera } = people()
    const [department, role] = [newId(), newId()]
    await write('department', department, { name: 'Продажи' })
    const matrix: Matrix = {
      appeal: { read: 'department' },
      client: { read: 'department', change: 'none', delete: 'none' },
    }
    await write('role', role, { name: 'Лиды своего отдела', matrix })
    for (const { id } of [boris, vera]) await write('employee', id, { department })
    await write('employee', boris.id, { roles: [role] })
    const appeals = [vera.id, lab.anna.id].map((responsible) => ({ id: newId(), responsible }))
    for (const { id, responsible } of appeals)
      await write('appeal', id, {
        account: mailbox,
        channel: 'mail',
        dialog: newId(),
        who: peer,
        at,
        state: 'new',
        responsible,
      })
    const client = newId()
    await write('client', client, { kind: 'organisation', name: 'Завод', managers: [boris.id] })
    const rows = await seenBy(boris)
    expect(appeals.map(({ id }) => rows.has(id))).toEqual([true, false])
    boris.hold(
      client,
      (await lab.relay.workspace?.pipeline.read(client))?.state ?? new Uint8Array(),
    )
    // Neither changes nor deletes: but it adds.
    expect(await boris.write('client', client, { name: 'Фабрика' })).toMatchObject({
      ok: false,
      reason: 'forbidden',
    })
    const own = { kind: 'organisation', name: 'Новый', managers: [boris.id] } as const
    expect(await boris.write('client', newId(), own)).toMatchObject({ ok: true })
  })

  it('does not let one answer in, or whisper into, what is another’s', async () => {
    const { boris, vera } = people()
    const dialog = await makeDialog(vera.id)
    const note: Patch = {
      messages: {
        [`mail:${newId()}`]: {
          at,
          direction: 'out',
          kind: 'note',
          author: { employee: boris.id },
          text: 'Подсмотрено',
        },
      },
    }
    const add = (patch: Patch, id = dialog) =>
      boris.write('segment', segmentId(id, at), segmentOf(id, { responsible: boris.id, ...patch }))
    await limit({ dialog: { change: 'own' } })
    expect(await add(queued(message('Да', boris)))).toMatchObject({ reason: 'forbidden' })
    // He reads it, and so he may leave a note.
    const noted = await makeDialog(vera.id)
    expect(await add(note, noted)).toMatchObject({ ok: true })
    await limit({ dialog: { read: 'own' } })
    const closed = await makeDialog(vera.id)
    expect(await add(note, closed)).toMatchObject({ reason: 'forbidden' })
    expect(await rowOf(segmentId(closed, at))).toBeUndefined()
  })

  it('narrows nothing for an administrator, and opens no private mailbox to one', async () => {
    const { vera } = people()
    const dialog = await makeDialog(vera.id)
    await write('employee', lab.anna.id, { exceptions: { dialog: { read: 'none' } } })
    expect((await seenBy(lab.anna)).has(dialog)).toBe(true)
    await write('account', mailbox, { access: 'user', users: [vera.id] })
    expect((await seenBy(lab.anna)).has(dialog)).toBe(false)
  })
})
