import { expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { fieldRights } from '../../../shared/records/field.ts'
import { openLab } from './lab.ts'

const stored = { seq: expect.any(Number) }

it('a field that the administrator keeps to some is changed by them only', async () => {
  const { anna, join } = await openLab()
  const boris = await join('boris@romashka.ru')
  const vera = await join('vera@romashka.ru')
  const field = newId()
  await anna.write('field', field, {
    recordType: 'client',
    kind: 'text',
    name: 'Скидка',
    writers: [vera.id],
  })
  const id = newId()
  const managers = [boris.id, vera.id]
  await boris.write('client', id, { kind: 'person', name: 'Иван', managers })
  expect(await boris.write('client', id, { custom: { [field]: '10 %' } })).toMatchObject({
    reason: 'immutableField',
    field: `custom/${field}`,
  })
  const own = newId()
  expect(
    await vera.write('client', own, {
      kind: 'person',
      name: 'Пётр',
      managers,
      custom: { [field]: '5 %' },
    }),
  ).toMatchObject(stored)
  // Opened to everyone, it is open at once.
  await anna.write('field', field, { writers: null })
  const later = newId()
  expect(
    await boris.write('client', later, {
      kind: 'person',
      name: 'Олег',
      managers,
      custom: { [field]: '7 %' },
    }),
  ).toMatchObject(stored)
})

it('a role may be among those who change it, and administrators always are', () => {
  const [field, role] = [newId(), newId()]
  const definitions = [{ id: field, writers: [role] }]
  const closed = (roles: string[], administrator = false) =>
    fieldRights(definitions, { id: newId(), administrator, groups: new Set(roles) }).closed
  expect(closed([role]).size).toBe(0)
  expect(closed([])).toEqual(new Set([field]))
  expect(closed([], true).size).toBe(0)
})
