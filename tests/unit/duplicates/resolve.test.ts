import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRecordIndex, search } from '../../../client/duplicates/record-index.ts'
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
  const ids = Array.from({ length: 2_400 }, newId)
  await base.client.bulkPut(ids.map((id, n) => rowOf(id, { name: `Клиент ${n}` })))
  const [first = '', second = '', third = '', fourth = ''] = ids
  await put(base, first, { name: 'ООО «Лютик»', managers: [] })
  await put(base, second, { name: 'Лютик', inn: '7707083893' })
  await put(base, third, { name: 'Lyutik LLC', mergedInto: second })
  await put(base, fourth, { name: 'Лютик', deletedAt: 1 })
  const told: number[] = []
  const index = openRecordIndex(base, 'client')
  onTestFinished(index.close)
  await index.refresh((done) => told.push(done))
  expect(told).toEqual([2_000, 2_400])
  const { groups } = await search(base, index, ['name'], who)
  // What the user may only read comes last (F233).
  expect(groups).toEqual([{ main: second, duplicates: [{ id: first, matched: ['name'] }] }])
})

const names = ['Лютик', 'ООО «Лютик»', 'Lyutik LLC', 'Вектор', 'Заря']
const act = fc.record({
  n: fc.nat(9),
  name: fc.constantFrom(...names),
  more: fc.constantFrom<object>(
    {},
    { deletedAt: 1 },
    { mergedInto: 'id-0' },
    { distinct: [part('id-1'), part('id-2')] },
    { merged: [part('id-3')] },
  ),
  gone: fc.boolean(),
})

test('searched again, only what has changed is read, and the same is found as by reading all', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { maxLength: 4 }), { maxLength: 4 }),
      async (rounds) => {
        const base = openBase(`test-${newId()}`)
        await base.open()
        const progress = vi.fn()
        const kept = openRecordIndex(base, 'client')
        await base.client.bulkPut(names.map((name, n) => rowOf(`id-${n}`, { name })))
        await kept.refresh(() => {})
        for (const round of rounds) {
          for (const { n, name, more, gone } of round)
            if (gone) await base.client.delete(`id-${n}`)
            else await put(base, `id-${n}`, { name, ...more })
          await kept.refresh(progress)
          const fresh = openRecordIndex(base, 'client')
          await fresh.refresh(() => {})
          for (const part of ['records', 'distinct', 'merged'] as const)
            expect(Object.fromEntries(kept[part])).toEqual(Object.fromEntries(fresh[part]))
          expect(await search(base, kept, ['name'], who)).toEqual(
            await search(base, fresh, ['name'], who),
          )
          fresh.close()
        }
        // Told while all is read only.
        expect(progress).not.toHaveBeenCalled()
        kept.close()
        await base.delete()
      },
    ),
    { numRuns: 30 },
  ))

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
