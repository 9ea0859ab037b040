import { expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { History } from '../../../shared/protocol/api.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { privateValueId } from '../../../shared/records/private-value.ts'
import { until } from '../../lab/processes.ts'
import { connector, openLab, type Person, rowsOf } from './lab.ts'

const stored = { seq: expect.any(Number) }

/** Boris and Vera work with a client; a field of clients that only Vera of the two may see. */
const openOffice = async () => {
  const lab = await openLab()
  const { anna, relay, app } = lab
  const boris = await lab.join('boris@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const field = newId()
  await anna.write('field', field, {
    recordType: 'client',
    kind: 'text',
    name: 'Скидка',
    readers: [vera.id],
  })
  const client = newId()
  const managers = [boris.id, vera.id]
  await boris.write('client', client, {
    kind: 'person',
    name: 'Иван',
    managers,
    createdBy: boris.id,
  })
  const value = privateValueId(client, field)
  const writeValue = (who: Person, text: string | null, more: object = {}) =>
    who.write('privateValue', value, {
      record: client,
      recordType: 'client',
      field,
      access: { managers },
      value: text,
      ...more,
    })
  const seenBy = async (who: Person): Promise<Map<string, Row>> => {
    const feed = await who.feed()
    const rows = rowsOf(await feed.until('caughtUp'))
    await feed.close()
    return rows
  }
  const rowAt = async (id: string) => (await relay.workspace?.pipeline.read(id))?.row
  const historyFor = async (who: Person) => {
    const answer = await app.request(`/api/history/${client}`, { headers: who.headers })
    return ((await answer.json()) as History).entries.flatMap(({ changes }) =>
      Object.entries(changes).filter(([name]) => name.startsWith('custom/')),
    )
  }
  return { ...lab, boris, vera, field, client, value, writeValue, seenBy, rowAt, historyFor }
}

it('the value of a field goes to those only who may read both the record and the field', async () => {
  const { anna, boris, vera, join, value, writeValue, seenBy } = await openOffice()
  const gleb = await join('gleb@romashka.ru')
  expect(await writeValue(vera, 'Сорок')).toMatchObject(stored)
  expect((await seenBy(vera)).get(value)).toMatchObject({ value: 'Сорок' })
  expect((await seenBy(anna)).get(value)).toMatchObject({ value: 'Сорок' })
  expect((await seenBy(boris)).has(value)).toBe(false)
  expect((await seenBy(gleb)).has(value)).toBe(false)
})

it('goes to a role, and to a department with all below it', async () => {
  const { anna, app, boris, value, vera, field, writeValue, seenBy } = await openOffice()
  await writeValue(vera, 'Сорок')
  const [role, top, below] = [newId(), newId(), newId()]
  const service = connector(app)
  service.hold(boris.id, (await anna.feed().then(stateOf(boris.id))) ?? new Uint8Array())
  await anna.write('role', role, { name: 'Бухгалтер' })
  await anna.write('department', top, { name: 'Продажи' })
  await anna.write('department', below, { name: 'Север', parent: top })
  await anna.write('field', field, { readers: [role, top] })
  expect((await seenBy(boris)).has(value)).toBe(false)
  await service.write('employee', boris.id, { roles: [role] })
  expect((await seenBy(boris)).has(value)).toBe(true)
  await service.write('employee', boris.id, { roles: null, department: below })
  expect((await seenBy(boris)).has(value)).toBe(true)
  await anna.write('department', below, { parent: null })
  expect((await seenBy(boris)).has(value)).toBe(false)
})

it('is written by nobody else, whatever they say of the record', async () => {
  const { anna, boris, join, client, field, value, writeValue } = await openOffice()
  const gleb = await join('gleb@romashka.ru')
  await anna.write('field', field, { readers: [gleb.id] })
  expect(await writeValue(boris, 'Пять')).toMatchObject({ reason: 'forbidden' })
  // Gleb sees the field and does not see the client.
  expect(await writeValue(gleb, 'Пять', { access: { managers: [gleb.id] } })).toMatchObject({
    reason: 'forbidden',
  })
  expect(
    await gleb.write('privateValue', newId(), {
      record: client,
      recordType: 'client',
      field,
      access: { managers: [gleb.id] },
      value: 'Пять',
    }),
  ).toMatchObject({ reason: 'invalidValue' })
  const nowhere = newId()
  expect(
    await gleb.write('privateValue', privateValueId(nowhere, field), {
      record: nowhere,
      recordType: 'client',
      field,
      access: { managers: [gleb.id] },
      value: 'Пять',
    }),
  ).toMatchObject({ reason: 'forbidden' })
  expect(value).toBe(privateValueId(client, field))
})

it('follows the client to other people, and the field to other readers', async () => {
  const { anna, boris, vera, client, field, value, writeValue } = await openOffice()
  await writeValue(vera, 'Сорок')
  const veras = await vera.feed()
  await veras.until('caughtUp')
  await anna.hold(client, (await anna.feed().then(stateOf(client))) ?? new Uint8Array())
  await anna.write('client', client, { managers: [boris.id] })
  expect((await veras.until('forget')).at(-1)).toMatchObject({
    ids: expect.arrayContaining([client]),
  })
  const borises = await boris.feed()
  await borises.until('caughtUp')
  await anna.write('field', field, { readers: [boris.id] })
  const told = rowsOf(await borises.until('records'))
  expect(told.get(value)).toMatchObject({ value: 'Сорок', access: { managers: [boris.id] } })
})

it('is not let into the open record, nor into what merges and imports leave there', async () => {
  const { vera, client, field, boris } = await openOffice()
  const refused = { reason: 'fieldRestricted', field: `custom/${field}` }
  expect(await boris.write('client', client, { custom: { [field]: 'Пять' } })).toMatchObject({
    reason: 'immutableField',
  })
  const own = newId()
  const named = { kind: 'person', name: 'Пётр', managers: [vera.id] }
  expect(await vera.write('client', own, { ...named, custom: { [field]: 'Пять' } })).toMatchObject(
    refused,
  )
  const part = { at: 1, by: vera.id, order: 'a0', set: { [`custom/${field}`]: [null, 'Пять'] } }
  const merged = { [newId()]: part }
  expect(await vera.write('client', newId(), { ...named, merged })).toMatchObject(refused)
})

it('moves what a field held when it is restricted, and back when it is opened', async () => {
  const office = await openOffice()
  const { anna, boris, vera, client, rowAt, historyFor, seenBy } = office
  const field = newId()
  const definition = { recordType: 'client', kind: 'text', name: 'Долг' }
  await anna.write('field', field, definition)
  const value = privateValueId(client, field)
  await boris.write('client', client, { custom: { [field]: 'Миллион' } })
  await connector(office.app).write('client', newId(), { kind: 'person', name: 'Пустой' })
  await anna.write('field', field, { readers: [vera.id] })
  await until('the value lies apart', async () => (await rowAt(field))?.apart === true || undefined)
  expect((await rowAt(client))?.custom).toBeUndefined()
  expect(await rowAt(value)).toMatchObject({ value: 'Миллион', record: client, field })
  const seen = JSON.stringify([...(await seenBy(boris))])
  expect(seen).not.toContain('Миллион')
  expect(await historyFor(boris)).toEqual([])
  expect(await historyFor(vera)).toContainEqual([`custom/${field}`, [null, 'Миллион']])
  expect((await office.relay.workspace?.pipeline.read(client))?.state).toSatisfy(
    (state: Uint8Array) => !Buffer.from(state).includes('Миллион'),
  )

  await anna.write('field', field, { readers: null })
  await until('it is back', async () => (await rowAt(field))?.apart === undefined || undefined)
  expect((await rowAt(client))?.custom).toEqual({ [field]: 'Миллион' })
  expect((await rowAt(value))?.value).toBeUndefined()
})

it('goes when its client is erased', async () => {
  const { anna, vera, client, value, writeValue, post, rowAt } = await openOffice()
  await writeValue(vera, 'Сорок')
  const answer = await post(
    '/api/erase',
    { record: client, confirm: 'Иван', persons: false, messages: false },
    anna.headers,
  )
  expect(await answer.json()).toEqual({ erased: 2 })
  expect(await rowAt(value)).toBeUndefined()
})

const stateOf = (id: string) => async (feed: Awaited<ReturnType<Person['feed']>>) => {
  const frames = await feed.until('caughtUp')
  await feed.close()
  for (const frame of frames)
    if (frame.kind === 'records') {
      const found = frame.entries.find((entry) => entry.id === id)
      if (found) return found.bytes
    }
  return undefined
}
