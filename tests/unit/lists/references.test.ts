import { expect, onTestFinished, test } from 'vitest'
import { findRecords } from '../../../client/lists/find.ts'
import { openNameOrder } from '../../../client/lists/name-order.ts'
import type { Sort } from '../../../client/lists/query.ts'
import { readReferenceNames } from '../../../client/lists/references.ts'
import { openValueCache } from '../../../client/lists/value-cache.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { entriesBelow } from '../../../shared/fields/entries-below.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { everything, type Group } from '../../../shared/fields/filter.ts'
import { newId } from '../../../shared/ids.ts'
import { withProbability } from '../../../shared/interests/fields.ts'
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
        orderOf: () => clients,
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

test('contracts are sorted and found by who signs them and by the Interest they came of', async () => {
  const base = openBase(`signed-${newId()}`)
  await base.open()
  const [values, ...orders] = [
    openValueCache(base, 'contract'),
    ...(['contract', 'person', 'interest'] as const).map((table) => openNameOrder(base, table)),
  ] as const
  const [order, persons, interests] = orders
  onTestFinished(async () => {
    values.close()
    for (const each of orders) each.close()
    await base.delete()
  })
  if (!order || !persons || !interests) throw new Error('three were opened')
  const contacts = { phones: [], emails: [] }
  const merged = [{ id: 'lev2', at: 1, by: 'anna', set: {}, order: 'a0' }]
  await base.person.bulkPut(
    [
      { id: 'lev', name: 'Лев Яшин', merged, ...contacts },
      { id: 'lev2', name: 'Яшин', mergedInto: 'lev', ...contacts },
      { id: 'ada', name: 'Ада Бек', ...contacts },
    ].map((row) => storedRow({ type: 'person', ...row } as never)) as never[],
  )
  const position = { scenario: 's', stage: 'x', kind: 'open', since: 1 }
  await base.interest.bulkPut(
    ['Якорь', 'Борт'].map((name, at) =>
      storedRow({ id: `i${at}`, type: 'interest', name, position } as never),
    ) as never[],
  )
  await base.contract.bulkPut(
    [
      { id: 'd1', person: 'lev2', interest: 'i0' },
      { id: 'd2', person: 'ada', interest: 'i1' },
      { id: 'd3' },
      { id: 'd4', person: 'lev' },
    ].map((row) =>
      storedRow({ type: 'contract', subject: row.id, status: 'draft', ...row } as never),
    ) as never[],
  )
  const found = (filter: Group, sort: Sort | null = null) =>
    findRecords(
      { typed: '', filter, sort },
      {
        base,
        table: 'contract',
        kept: { order, values },
        orderOf: (kind) => (kind === 'person' ? persons : interests),
        infos: fieldsOf('contract', []),
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
  const by = (field: string, id: string): Group => ({
    join: 'all',
    of: [{ field, op: 'is', value: [id] }],
  })
  expect(await found(by('person', 'lev'))).toEqual(['d1', 'd4'])
  expect(await found(by('person', 'lev2'))).toEqual(['d1', 'd4'])
  expect(await found(by('interest', 'i1'))).toEqual(['d2'])
  expect(await found({ join: 'all', of: [{ field: 'person', op: 'empty' }] })).toEqual(['d3'])
  expect(await found(everything, { field: 'person', direction: 1 })).toEqual([
    'd2',
    ...['d1', 'd4'],
    'd3',
  ])
  expect(await found(everything, { field: 'interest', direction: 1 })).toEqual([
    ...['d2', 'd1'],
    ...['d3', 'd4'],
  ])
  const named = await readReferenceNames(base, { person: ['lev2', 'gone'], interest: ['i0'] })
  expect([...named]).toEqual([
    ['lev2', 'Лев Яшин'],
    ['i0', 'Якорь'],
  ])
})

test('a list filters by how likely an Interest is, which its stage may say', async () => {
  const base = openBase(`odds-${newId()}`)
  await base.open()
  const order = openNameOrder(base, 'interest')
  const values = openValueCache(base, 'interest')
  onTestFinished(async () => {
    order.close()
    values.close()
    await base.delete()
  })
  const position = { scenario: 's', stage: 'x', kind: 'open', since: 1 }
  await base.interest.bulkPut(
    [{ id: 'a' }, { id: 'b', probability: 70 }, { id: 'c', probability: 10 }].map((row) =>
      storedRow({ type: 'interest', name: row.id, position, ...row } as never),
    ) as never[],
  )
  const stages = [{ id: 'x', name: 'Встреча', kind: 'open', probability: 40, order: 'a0' }]
  const scenario = { id: 's', name: 'Продажа', stages } as never
  const above = (value: number) =>
    findRecords(
      {
        typed: '',
        filter: { join: 'all', of: [{ field: 'probability', op: 'more', value }] },
        sort: null,
      },
      {
        base,
        table: 'interest',
        kept: { order, values },
        orderOf: () => order,
        infos: withProbability(fieldsOf('interest', []), [scenario]),
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
  expect(await above(30)).toEqual(['a', 'b'])
  expect(await above(50)).toEqual(['b'])
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
