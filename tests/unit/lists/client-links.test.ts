import 'fake-indexeddb/auto'
import { expect, onTestFinished, test } from 'vitest'
import { findRecords } from '../../../client/lists/find.ts'
import { openNameOrder } from '../../../client/lists/name-order.ts'
import type { Sort } from '../../../client/lists/query.ts'
import { openValueCache } from '../../../client/lists/value-cache.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { entriesBelow } from '../../../shared/fields/entries-below.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { everything, type Group } from '../../../shared/fields/filter.ts'
import { newId } from '../../../shared/ids.ts'
import type { DirectoryRow } from '../../../shared/records/directory.ts'

test('persons are sorted by their clients’ names and found by a client, merged ones included', async () => {
  const base = openBase(`links-${newId()}`)
  await base.open()
  const clients = openNameOrder(base, 'client')
  const order = openNameOrder(base, 'person')
  const values = openValueCache(base, 'person')
  onTestFinished(async () => {
    clients.close()
    order.close()
    values.close()
    await base.delete()
  })
  const stored = (type: 'client' | 'person', id: string, name: string, more: object = {}) =>
    storedRow({ id, type, name, kind: 'organisation', phones: [], emails: [], ...more } as never)
  const part = { at: 1, by: 'anna', set: {}, order: 'a0' }
  await base.client.bulkPut([
    stored('client', 'c1', 'Яхонт'),
    // Says of two that they were merged into it; this user may not read one of them.
    stored('client', 'c2', 'Агат', {
      merged: [
        { id: 'c3', ...part },
        { id: 'hidden', ...part },
      ],
    }),
    stored('client', 'c3', 'Ящик', { mergedInto: 'c2' }),
    stored('client', 'c4', 'Берилл'),
  ] as never[])
  const person = (n: number, client: object) =>
    stored('person', `p${n}`, `Человек ${n}`, client) as never
  await base.person.bulkPut([
    person(1, { client: 'c1' }),
    person(2, { client: 'c4' }),
    person(3, { client: 'c3' }),
    person(4, { client: 'hidden' }),
    person(5, {}),
    person(6, { client: 'c2' }),
  ])
  const found = (filter: Group, sort: Sort | null = null) =>
    findRecords(
      { typed: '', filter, sort },
      {
        base,
        table: 'person',
        kept: { order, values },
        clients,
        infos: fieldsOf('person', []),
        names: {
          language: 'ru',
          entries: new Map(),
          records: new Map(),
          currency: 'RUB',
          today: new Date(),
        },
        context: { user: 'anna', today: new Date() },
        isOver: () => false,
      },
    )
  expect(await found(everything, { field: 'client', direction: 1 })).toEqual([
    ...['p3', 'p4', 'p6'],
    'p2',
    'p1',
    'p5',
  ])
  expect(await found(everything, { field: 'client', direction: -1 })).toEqual([
    'p1',
    'p2',
    ...['p3', 'p4', 'p6'],
    'p5',
  ])
  const by = (client: string): Group => ({
    join: 'all',
    of: [{ field: 'client', op: 'is', value: [client] }],
  })
  expect(await found(by('c2'))).toEqual(['p3', 'p4', 'p6'])
  // A view that was saved before the merge.
  expect(await found(by('c3'))).toEqual(['p3', 'p4', 'p6'])
  expect(await found(by('c4'))).toEqual(['p2'])
})

test('a filter by an entry means what lies below it and what was joined into it', () => {
  const entry = (id: string, more: Partial<DirectoryRow> = {}): [string, DirectoryRow] => [
    id,
    { id, type: 'directory', directory: 'folder', name: id, ...more } as DirectoryRow, // what is read here
  ]
  const below = entriesBelow(
    new Map([
      entry('top'),
      entry('child', { parent: 'top' }),
      entry('grandchild', { parent: 'child' }),
      entry('joined', { mergedInto: 'child' }),
      entry('a', { parent: 'b' }),
      entry('b', { parent: 'a' }),
    ]) as never,
  )
  expect(below('top').sort()).toEqual(['child', 'grandchild', 'joined'])
  // Asked for by a view that was saved before it was joined.
  expect(below('joined').sort()).toEqual(['child', 'grandchild', 'joined'])
  expect(below('a').sort()).toEqual(['a', 'b'])
  expect(below('unknown')).toEqual([])
})
