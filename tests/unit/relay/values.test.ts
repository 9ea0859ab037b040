import { expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { connector, openLab } from './lab.ts'

const stored = { seq: expect.any(Number) }
const option = newId()

const openOffice = async () => {
  const lab = await openLab()
  const boris = await lab.join('boris@romashka.ru')
  const client = newId()
  const managers = [boris.id]
  await boris.write('client', client, { kind: 'person', name: 'Иван', managers })
  const define = async (kind: string, more: object = {}) => {
    const id = newId()
    await lab.anna.write('field', id, { recordType: 'client', kind, name: kind, ...more })
    return id
  }
  const fill = (field: string, value: unknown) =>
    boris.write('client', client, { custom: { [field]: value } })
  return { ...lab, boris, client, managers, define, fill }
}

it.each([
  ['text', 'Слово', 5],
  ['number', 5, '5'],
  ['money', { amount: 5, currency: 'RUB' }, 5],
  ['date', '2026-11-22', '22.11.2026'],
  ['yesNo', false, 'нет'],
  ['oneOf', option, newId()],
  ['manyOf', [option], [option, newId()]],
  ['phone', '+79161234567', 'п'.repeat(501)],
  ['email', 'ivan@zavod.ru', 'ivan'],
  ['link', 'https://zavod.ru', true],
])('of the kind %s a value is taken, what is none is refused', async (kind, right, wrong) => {
  const { define, fill } = await openOffice()
  const field = await define(kind, { options: { [option]: { name: 'Первый', order: 'a0' } } })
  expect(await fill(field, right)).toMatchObject(stored)
  expect(await fill(field, wrong)).toMatchObject({
    reason: 'invalidValue',
    field: `custom/${field}`,
  })
})

it('a value that names a record names one of its kind that is there', async () => {
  const { anna, client, define, fill } = await openOffice()
  const [ofClient, ofEmployee] = [await define('client'), await define('employee')]
  expect(await fill(ofClient, client)).toMatchObject(stored)
  expect(await fill(ofEmployee, anna.id)).toMatchObject(stored)
  expect(await fill(ofClient, newId())).toMatchObject({ reason: 'invalidValue' })
})

it.each([
  ['text', 'Слово', 5],
  ['money', { amount: 5, currency: 'RUB' }, '5 ₽'],
  ['number', 5, 'today'],
  ['date', 'today', 'tomorrow'],
  ['date', '2026-11-22', '22.11.2026'],
  ['yesNo', false, 'нет'],
  ['oneOf', option, newId()],
  ['manyOf', [option], [option, newId()]],
])('a field of the kind %s begins with a value of its kind alone', async (kind, right, wrong) => {
  const { anna, define } = await openOffice()
  const field = await define(kind, { options: { [option]: { name: 'Первый', order: 'a0' } } })
  const begin = (value: unknown) => anna.write('field', field, { default: value })
  expect(await begin(right)).toMatchObject(stored)
  expect(await begin(wrong)).toMatchObject({ reason: 'invalidValue', field: 'default' })
})

it('no field begins with a file', async () => {
  const { anna, define } = await openOffice()
  const sheet = ['a'.repeat(64), 'договор.pdf', 'application/pdf']
  expect(await anna.write('field', await define('file'), { default: sheet })).toMatchObject({
    reason: 'invalidValue',
    field: 'default',
  })
})

it('a default that names a record names one of its kind; one whose option went hinders no change', async () => {
  const { anna, client, define } = await openOffice()
  const begin = (field: string, value: unknown) => anna.write('field', field, { default: value })
  const [ofClient, ofEmployee] = [await define('client'), await define('employee')]
  expect(await begin(ofClient, client)).toMatchObject(stored)
  expect(await begin(ofClient, anna.id)).toMatchObject({ reason: 'invalidValue' })
  expect(await begin(ofEmployee, anna.id)).toMatchObject(stored)
  expect(await begin(ofEmployee, newId())).toMatchObject({ reason: 'invalidValue' })
  const one = await define('oneOf', { options: { [option]: { name: 'Первый', order: 'a0' } } })
  expect(await begin(one, option)).toMatchObject(stored)
  expect(await anna.write('field', one, { options: { [option]: null } })).toMatchObject(stored)
  expect(await anna.write('field', one, { name: 'Иначе' })).toMatchObject(stored)
})

it('a value of before the definition changed hinders no other change, and merges as it is', async () => {
  const { anna, boris, client, managers, define, fill } = await openOffice()
  const field = await define('oneOf', { options: { [option]: { name: 'Первый', order: 'a0' } } })
  expect(await fill(field, option)).toMatchObject(stored)
  await anna.write('field', field, { options: { [option]: null } })
  expect(await boris.write('client', client, { name: 'Пётр' })).toMatchObject(stored)
  const main = newId()
  await boris.write('client', main, { kind: 'person', name: 'Пётр', managers })
  expect(
    await boris.write('client', main, {
      custom: { [field]: option },
      merged: {
        [client]: {
          at: 1,
          by: boris.id,
          order: 'a0',
          set: { [`custom/${field}`]: [null, option] },
        },
      },
    }),
  ).toMatchObject(stored)
})

it('what says that it comes from a file asks for the right to import', async () => {
  const { anna, app, boris, client, managers } = await openOffice()
  const service = connector(app)
  service.hold(boris.id, (await stateOf(boris, boris.id)) ?? new Uint8Array())
  await service.write('employee', boris.id, { exceptions: { client: { import: 'none' } } })
  const load = (id: string) =>
    boris.write('client', id, { imports: { [newId()]: { at: 1, order: 'a0', set: {} } } })
  expect(await load(client)).toMatchObject({ reason: 'forbidden', field: 'imports' })
  const other = newId()
  expect(
    await boris.write('client', other, {
      kind: 'person',
      name: 'Олег',
      managers,
      imports: { [newId()]: { at: 1, order: 'a0', created: 'x' } },
    }),
  ).toMatchObject({ reason: 'forbidden', field: 'imports' })
  // By hand they may go on, and administrators may load.
  const third = newId()
  expect(
    await boris.write('client', third, { kind: 'person', name: 'Олег', managers }),
  ).toMatchObject(stored)
  expect(
    await anna.write('client', newId(), {
      kind: 'person',
      name: 'Олег',
      imports: { [newId()]: { at: 1, order: 'a0', created: 'x' } },
    }),
  ).toMatchObject(stored)
})

const stateOf = async (who: Awaited<ReturnType<typeof openOffice>>['boris'], id: string) => {
  const feed = await who.feed()
  const frames = await feed.until('caughtUp')
  await feed.close()
  for (const frame of frames)
    if (frame.kind === 'records')
      for (const entry of frame.entries) if (entry.id === id) return entry.bytes
  return undefined
}
