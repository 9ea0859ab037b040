import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { entryId, tagId } from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { openLab } from './lab.ts'

const clientType = entryId('contactType', 'client')
const partner = entryId('contactType', 'partner')

/** Anna at a device that has the entry. */
const holding = async (id: string) => {
  const lab = await openLab({ firstEntries: defaultEntries })
  const stored = await lab.relay.workspace?.pipeline.read(id)
  if (!stored) throw new Error('no such entry')
  lab.anna.hold(id, stored.state)
  return lab
}

describe('directories at the relay', () => {
  it('hold their default entries from the beginning', async () => {
    const { relay } = await openLab({ firstEntries: defaultEntries })
    const rows = await relay.workspace?.store.documentsOfType('directory')
    expect(rows?.length).toBe(defaultEntries.filter(({ type }) => type === 'directory').length)
  })

  it('refuse to delete a type that a client has, and say what has it', async () => {
    const { anna } = await holding(clientType)
    const client = { kind: 'person', name: 'Иван', contactType: clientType }
    await anna.write('client', newId(), client)
    await anna.write('client', newId(), client)
    expect(await anna.write('directory', clientType, { deletedAt: 1 })).toMatchObject({
      reason: 'inUse',
      field: 'client:2',
    })
  })

  it('refuse it also where the client came in the same moment', async () => {
    const { anna } = await holding(clientType)
    const id = newId()
    const [made, deleted] = await anna.push(
      {
        id,
        type: 'client',
        update: anna.make('client', id, {
          kind: 'person',
          name: 'Иван',
          contactType: clientType,
        }),
      },
      {
        id: clientType,
        type: 'directory',
        update: anna.make('directory', clientType, { deletedAt: 1 }),
      },
    )
    expect(made).toMatchObject({ seq: expect.any(Number) })
    expect(deleted).toMatchObject({ reason: 'inUse' })
  })

  it('refuse another name for a type in use, not another place', async () => {
    const { anna } = await holding(clientType)
    await anna.write('client', newId(), { kind: 'person', name: 'И', contactType: clientType })
    expect(await anna.write('directory', clientType, { order: 'a9' })).toMatchObject({
      seq: expect.any(Number),
    })
    expect(await anna.write('directory', clientType, { name: 'Заказчик' })).toMatchObject({
      reason: 'inUse',
    })
  })

  it('let go of a type that nobody has, or only what is in the trash', async () => {
    const { anna } = await holding(partner)
    await anna.write('client', newId(), {
      kind: 'person',
      name: 'Иван',
      contactType: partner,
      deletedAt: 1,
    })
    expect(await anna.write('directory', partner, { deletedAt: 1 })).toMatchObject({
      seq: expect.any(Number),
    })
  })

  it.each([
    ['does not go', { deletedAt: 1 }, { reason: 'inUse', field: 'task:1' }],
    [
      'gives way to another one (F144)',
      { mergedInto: entryId('taskCategory', 'meeting') },
      { seq: expect.any(Number) },
    ],
  ])('hold a category that tasks have: it %s', async (_what, patch, outcome) => {
    const lunch = entryId('taskCategory', 'lunch')
    const { anna } = await holding(lunch)
    const task = { title: 'Обед', kind: 'meeting', category: lunch, responsible: anna.id }
    await anna.write('task', newId(), { ...task, createdAt: 1, createdBy: anna.id })
    expect(await anna.write('directory', lunch, patch)).toMatchObject(outcome)
  })

  it('let no other entry stand for another one', async () => {
    const { anna } = await holding(partner)
    expect(await anna.write('directory', partner, { mergedInto: clientType })).toMatchObject({
      reason: 'invalidValue',
    })
  })

  it('keep what the program relies on', async () => {
    const rouble = entryId('currency', 'RUB')
    const { anna } = await holding(rouble)
    expect(await anna.write('directory', rouble, { deletedAt: 1 })).toMatchObject({
      reason: 'systemEntry',
    })
  })

  it('are changed by administrators, but for new tags', async () => {
    const { join } = await openLab({ firstEntries: defaultEntries })
    const oleg = await join('oleg@romashka.ru')
    const entry = (directory: string) => ({ directory, name: 'Новое', createdBy: oleg.id })
    expect(await oleg.write('directory', newId(), entry('heat'))).toMatchObject({
      reason: 'forbidden',
    })
    const tag = tagId('Новое')
    expect(await oleg.write('directory', tag, entry('tag'))).toMatchObject({
      seq: expect.any(Number),
    })
    expect(await oleg.write('directory', tag, { name: 'Другое' })).toMatchObject({
      reason: 'forbidden',
    })
  })
})
