import { expect, onTestFinished, test } from 'vitest'
import { allCitations, citationsOf } from '../../../client/duplicates/citations.ts'
import { openBase } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'

test('links of every kind count, those to what was merged for the main record', async () => {
  const base = openBase(`citations-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete())
  const put = (table: string, id: string, row: object) =>
    base.table(table).put({ id, type: table, ...row })
  await put('client', 'main', {
    merged: [{ id: 'duplicate', order: 'a0' }],
    mergedIds: ['duplicate'],
  })
  await put('client', 'duplicate', { mergedInto: 'main' })
  await put('dialog', 'd1', { client: 'main' })
  await put('dialog', 'd2', { client: 'duplicate', person: 'p1' })
  await put('person', 'p1', { client: 'duplicate' })
  await put('client', 'branch', { parent: 'main' })
  await put('interest', 'i1', { client: 'main', person: 'p1' })
  await put('task', 't1', { client: 'duplicate', person: 'p1' })
  await put('interaction', 'e1', {
    places: [
      ['main', 5],
      ['p1', 5],
    ],
  })
  await put('interaction', 'e2', { places: [['duplicate', 9]] })

  expect(await citationsOf(base, 'client', 'main')).toBe(8)
  expect(await citationsOf(base, 'client', 'branch')).toBe(0)
  expect(await citationsOf(base, 'person', 'p1')).toBe(4)
  const clients = await allCitations(base, 'client', new Map([['main', ['duplicate']]]))
  expect(clients.get('main')).toBe(8)
  const persons = await allCitations(base, 'person', new Map())
  expect(persons.get('p1')).toBe(4)
})
