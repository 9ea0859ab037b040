import 'fake-indexeddb/auto'
import { expect, onTestFinished, test } from 'vitest'
import { indexRecords, search } from '../../../client/duplicates/record-index.ts'
import { similarRecords } from '../../../client/duplicates/similar.ts'
import { identitiesOf, resolveRow } from '../../../client/replica/resolve.ts'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

const openTestBase = async (): Promise<ReplicaBase> => {
  const base = openBase(`test-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete())
  return base
}

const anna = newId()
const who: Subject = {
  kind: 'employee',
  id: anna,
  administrator: false,
  tokens: tokensOf({ id: anna, administrator: false }, []),
}

const rowOf = (id: string, fields: Record<string, unknown>) =>
  storedRow({
    id,
    type: 'client',
    kind: 'organisation',
    name: 'Ромашка',
    managers: [anna],
    phones: [],
    emails: [],
    merged: [],
    ...fields,
  }) as never // as much of a row as is read here

const put = (base: ReplicaBase, id: string, fields: Record<string, unknown>) =>
  base.client.put(rowOf(id, fields))

const part = (id: string, more = {}) => ({ id, order: 'a0', at: 1, by: anna, set: {}, ...more })

test('a link to a duplicate that this user may not read leads to the main record', async () => {
  const base = await openTestBase()
  const [main, hidden, taken] = [newId(), newId(), newId()]
  await put(base, main, { merged: [part(hidden), part(taken, { undoneAt: 2 })] })
  expect((await resolveRow(base, 'client', hidden))?.id).toBe(main)
  expect(await resolveRow(base, 'client', taken)).toBeUndefined()
  expect(await identitiesOf(base, 'client', main)).toEqual([main, hidden])
})

test('what a record says of itself counts more than what another claims', async () => {
  const base = await openTestBase()
  const [main, other, duplicate] = [newId(), newId(), newId()]
  await put(base, main, { merged: [part(duplicate)] })
  await put(base, other, { merged: [part(duplicate)] })
  await put(base, duplicate, { mergedInto: other })
  expect((await resolveRow(base, 'client', duplicate))?.id).toBe(other)
  expect(await identitiesOf(base, 'client', main)).toEqual([main])
  expect(await identitiesOf(base, 'client', other)).toEqual([other, duplicate])
})

test('the search reads rows in chunks, leaves out the merged and the deleted, and tells progress', async () => {
  const base = await openTestBase()
  const ids = Array.from({ length: 1_200 }, newId)
  await base.client.bulkPut(ids.map((id, n) => rowOf(id, { name: `Клиент ${n}` })))
  const [first = '', second = '', third = '', fourth = ''] = ids
  await put(base, first, { name: 'ООО «Лютик»', managers: [] })
  await put(base, second, { name: 'Лютик', inn: '7707083893' })
  await put(base, third, { name: 'Lyutik LLC', mergedInto: second })
  await put(base, fourth, { name: 'Лютик', deletedAt: 1 })
  const told: number[] = []
  const index = await indexRecords(base, 'client', (done) => told.push(done))
  expect(told).toEqual([1_000, 1_200])
  const { groups } = await search(base, index, ['name'], who)
  // What the user may only read comes last (F233).
  expect(groups).toEqual([{ main: second, duplicates: [{ id: first, matched: ['name'] }] }])
})

test('what is typed is compared with the records that are there', async () => {
  const base = await openTestBase()
  const [one, other] = [newId(), newId()]
  const phones = [{ id: 'p', order: 'a0', value: '+74951234567', kind: 'work' }]
  await put(base, one, { name: 'ООО «Ромашка»', phones })
  await put(base, other, { name: 'ООО «Ромашка плюс»' })
  const found = await similarRecords(base, 'client', { name: 'ромашка', phone: '84951234567' }, 3)
  expect(found.map(({ row, matched }) => [row.id, matched])).toEqual([[one, ['name', 'phone']]])
  expect(await similarRecords(base, 'client', { name: 'Ромаш' }, 3)).toEqual([])
})
