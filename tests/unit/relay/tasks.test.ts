/** Tasks at the relay: whose they are, and what goes with their client. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { openLab, rowsOf } from './lab.ts'

const stored = { seq: expect.any(Number) }

const office = async () => {
  const lab = await openLab({ firstEntries: defaultEntries })
  const oleg = await lab.join('oleg@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const newTask = (who: { id: string }, more: Patch = {}): Patch => ({
    title: 'Позвонить',
    kind: 'call',
    responsible: who.id,
    createdAt: 1,
    createdBy: who.id,
    ...more,
  })
  return { ...lab, oleg, vera, newTask }
}

const seenBy = async (who: { feed: Awaited<ReturnType<typeof openLab>>['anna']['feed'] }) =>
  rowsOf(await (await who.feed()).until('caughtUp'))

describe('a task', () => {
  it('is everybody’s to read and change until it is restricted, and not theirs to delete', async () => {
    const { oleg, vera, newTask, relay } = await office()
    const id = newId()
    expect(await oleg.write('task', id, newTask(oleg))).toMatchObject(stored)
    expect((await seenBy(vera)).get(id)).toMatchObject({ title: 'Позвонить' })
    const held = await relay.workspace?.pipeline.read(id)
    vera.hold(id, held?.state ?? new Uint8Array())
    expect(await vera.write('task', id, { result: 'Перезвонит' })).toMatchObject(stored)
    expect(await vera.write('task', id, { deletedAt: 1, deletedBy: vera.id })).toMatchObject({
      reason: 'forbidden',
    })
    oleg.hold(id, (await relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array())
    expect(await oleg.write('task', id, { restricted: true })).toMatchObject(stored)
    expect((await seenBy(vera)).has(id)).toBe(false)
    expect(await oleg.write('task', id, { members: [vera.id] })).toMatchObject(stored)
    expect((await seenBy(vera)).get(id)).toMatchObject({ restricted: true })
  })

  it('shows its title but no client to one who may not read the client', async () => {
    const { oleg, vera, newTask } = await office()
    const [client, id] = [newId(), newId()]
    await oleg.write('client', client, {
      kind: 'person',
      name: 'Секретный клиент',
      managers: [oleg.id],
      createdAt: 1,
      createdBy: oleg.id,
    })
    await oleg.write('task', id, newTask(oleg, { client }))
    const seen = await seenBy(vera)
    expect(seen.get(id)).toMatchObject({ title: 'Позвонить', client })
    expect(seen.has(client)).toBe(false)
  })

  it('goes with its client that is erased, and alone by its title', async () => {
    const { anna, newTask, post, relay } = await office()
    const [client, of, other] = [newId(), newId(), newId()]
    await anna.write('client', client, { kind: 'person', name: 'Иван', createdBy: anna.id })
    await anna.write('task', of, newTask(anna, { client }))
    await anna.write('task', other, newTask(anna, { title: 'Личное' }))
    const erase = (record: string, confirm: string) =>
      post(
        '/api/erase',
        { record, confirm, persons: true, messages: false },
        { cookie: anna.cookie },
      )
    expect((await erase(client, 'Иван')).status).toBe(200)
    expect(await relay.workspace?.pipeline.read(of)).toBeNull()
    expect((await erase(other, 'Другое')).status).toBe(403)
    expect((await erase(other, 'Личное')).status).toBe(200)
    expect(await relay.workspace?.pipeline.read(other)).toBeNull()
  })

  it('keeps its category from being deleted', async () => {
    const { anna, newTask, relay } = await office()
    const lunch = entryId('taskCategory', 'lunch')
    await anna.write('task', newId(), newTask(anna, { category: lunch }))
    anna.hold(lunch, (await relay.workspace?.pipeline.read(lunch))?.state ?? new Uint8Array())
    expect(await anna.write('directory', lunch, { deletedAt: 1 })).toMatchObject({
      reason: 'inUse',
      field: 'task:1',
    })
  })
})
