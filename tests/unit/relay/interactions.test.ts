import { beforeEach, describe, expect, it } from 'vitest'
import { type MergedRow, mergeWrites, undoWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Lab, openLab, type Person, rowsOf } from './lab.ts'

const at = Date.UTC(2026, 10, 21)
let lab: Lab
let boris: Person
let vera: Person

beforeEach(async () => {
  lab = await openLab()
  boris = await lab.join('boris@romashka.ru')
  vera = await lab.join('vera@romashka.ru')
})

const write = async (type: RecordType, id: string, patch: Patch) => {
  expect(await lab.relay.workspace?.write(type, id, patch)).toMatchObject({ ok: true })
}
const rowOf = async (id: string): Promise<Row | undefined> =>
  (await lab.relay.workspace?.pipeline.read(id))?.row
const seenBy = async (who: Person) => {
  const feed = await who.feed()
  const rows = rowsOf(await feed.until('caughtUp'))
  await feed.close()
  return rows
}
const client = async (managers: Person[], more: Patch = {}): Promise<string> => {
  const id = newId()
  const ids = managers.map((one) => one.id)
  await write('client', id, { kind: 'organisation', name: 'Василёк', managers: ids, ...more })
  return id
}
/** As the device of `who` makes it: it repeats what it knows of the contact, or what it likes. */
const interaction = (who: Person, contact: string, more: Patch = {}): Patch => ({
  kind: entryId('interactionKind', 'call'),
  at,
  text: 'Обсудили поставку',
  contact,
  contactType: 'client',
  managers: [who.id],
  ...more,
})

describe('an interaction written down by hand', () => {
  it('has fields of one’s own, whose values are of their kind and which hide from no reader', async () => {
    const [field, id] = [newId(), newId()]
    const definition = { recordType: 'interaction', kind: 'number', name: 'Минут' }
    expect(await lab.anna.write('field', field, definition)).toMatchObject({ ok: true })
    const contact = await client([boris])
    const custom = (value: unknown) => interaction(boris, contact, { custom: { [field]: value } })
    expect(await boris.write('interaction', id, custom(15))).toMatchObject({ ok: true })
    expect((await rowOf(id))?.custom).toEqual({ [field]: 15 })
    expect(await boris.write('interaction', newId(), custom('долго'))).toMatchObject({
      reason: 'invalidValue',
      field: `custom/${field}`,
    })
    // Who may see the event sees all of it: it follows its client, and a value cannot follow it.
    const hidden = { ...definition, readers: [vera.id] }
    expect(await lab.anna.write('field', newId(), hidden)).toMatchObject({ reason: 'invalidValue' })
  })

  it('is read by those who read its client, whatever its writer says', async () => {
    const shared = await client([boris, vera])
    const id = newId()
    expect(
      await boris.write('interaction', id, interaction(boris, shared, { open: 'write' })),
    ).toMatchObject({ ok: true })
    expect(await rowOf(id)).toMatchObject({ managers: [boris.id, vera.id], contactType: 'client' })
    expect((await rowOf(id))?.open).toBeUndefined()
    expect((await seenBy(vera)).has(id)).toBe(true)
    await write('client', shared, { managers: [boris.id] })
    expect((await seenBy(vera)).has(id)).toBe(false)
    await write('client', shared, { open: 'read' })
    expect((await seenBy(vera)).has(id)).toBe(true)
  })

  it('is refused to those who may not change the client', async () => {
    const open = await client([vera], { open: 'read' })
    const hidden = await client([vera])
    for (const contact of [open, hidden])
      expect(await boris.write('interaction', newId(), interaction(boris, contact))).toMatchObject({
        ok: false,
        reason: 'forbidden',
      })
    // Nor does it help to call the client a person, whom a role lets change.
    await write('employee', boris.id, { exceptions: { person: { change: 'all' } } })
    expect(
      await boris.write(
        'interaction',
        newId(),
        interaction(boris, hidden, { contactType: 'person' }),
      ),
    ).toMatchObject({ ok: false, reason: 'forbidden' })
    const id = newId()
    await vera.write('interaction', id, interaction(vera, open))
    const { state } = (await lab.relay.workspace?.pipeline.read(id)) ?? {}
    if (state) boris.hold(id, state)
    expect(await boris.write('interaction', id, { text: 'Другое' })).toMatchObject({
      ok: false,
      reason: 'forbidden',
    })
  })

  it('goes where its client goes in a merge, and comes back when it is undone', async () => {
    const main = await client([vera])
    const duplicate = await client([boris])
    const id = newId()
    await boris.write('interaction', id, interaction(boris, duplicate))
    expect((await seenBy(vera)).has(id)).toBe(false)
    const rows = async () =>
      (await Promise.all([main, duplicate].map(rowOf))) as unknown as [MergedRow, MergedRow]
    const act = { by: lab.anna.id, at: 1 }
    for (const one of mergeWrites('client', (await rows())[0], [(await rows())[1]], act))
      await write(one.type, one.id, one.patch)
    expect((await rowOf(id))?.managers).toEqual([vera.id])
    await write('client', main, { open: 'read' })
    expect((await rowOf(id))?.open).toBe('read')
    for (const one of undoWrites('client', (await rows())[0], duplicate, act))
      await write(one.type, one.id, one.patch)
    expect(await rowOf(id)).toMatchObject({ managers: [boris.id] })
    expect((await rowOf(id))?.open).toBeUndefined()
  })

  it('is erased with its client', async () => {
    const contact = await client([boris])
    const [kept, id] = [newId(), newId()]
    await boris.write('interaction', kept, interaction(boris, await client([boris])))
    await boris.write('interaction', id, interaction(boris, contact))
    const body = { record: contact, confirm: 'Василёк', persons: false, messages: false }
    const answer = await lab.post('/api/erase', body, { cookie: lab.anna.cookie })
    expect(await answer.json()).toEqual({ erased: 2 })
    expect(await rowOf(id)).toBeUndefined()
    expect(await rowOf(kept)).toBeDefined()
  })
})
