import { expect, test } from 'vitest'
import { findRecords } from '../../../client/lists/find.ts'
import { keptOf } from '../../../client/lists/kept.ts'
import { initialState } from '../../../client/lists/list-state.ts'
import { readClasses } from '../../../client/lists/read-classes.ts'
import {
  asksForClasses,
  classFields,
  rulesAskForClasses,
} from '../../../client/lists/use-classes.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { countSegments } from '../../../client/screens/segments/count.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import type { Group } from '../../../shared/fields/filter.ts'
import { usualRules } from '../../../shared/interests/classes.ts'
import { classificationId } from '../../../shared/records/classification.ts'

const now = new Date(2026, 10, 22).getTime()
const lastMonth = new Date(2026, 9, 10).getTime()

let interests = 0
const bought = (client: string, amount: number, more: object = {}) =>
  storedRow({
    type: 'interest',
    id: `i${++interests}`,
    name: 'Поставка',
    client,
    scenario: 's',
    stage: 'won',
    status: 'won',
    since: lastMonth,
    closedAt: lastMonth,
    amount: { amount, currency: 'RUB' },
    ...more,
  })

test('classes are of the main record, in one currency, and lists filter by them', async () => {
  const base = openBase('classes')
  const client = (id: string, more: object = {}) =>
    storedRow({ type: 'client', id, kind: 'organisation', name: id, ...more })
  await base.client.bulkPut([
    client('large'),
    client('small'),
    client('none'),
    client('duplicate', { mergedInto: 'large' }),
  ] as never[])
  await base.directory.bulkPut([
    {
      id: 'rub',
      type: 'directory',
      directory: 'currency',
      name: 'Рубль',
      code: 'RUB',
      chosenAt: 0,
    },
    { id: 'usd', type: 'directory', directory: 'currency', name: 'Доллар', code: 'USD', rate: 80 },
  ] as never[])
  await base.interest.bulkPut([
    bought('duplicate', 100, { amount: { amount: 100, currency: 'USD' } }),
    bought('large', 1_950),
    bought('small', 50),
    bought('small', 9_000_000, { status: 'lost' }),
    bought('small', 9_000_000, { amount: { amount: 1, currency: 'XXX' } }),
  ] as never[])
  const classes = await readClasses(base, now, 'anna')
  // 100 $ at 80 and 1,950 ₽ make 9,950 of 10,000 ₽.
  expect(classes.get('large')).toMatchObject({ abc: 'a', sum: 9_950, share: 99.5 })
  expect(classes.get('small')).toMatchObject({ abc: 'c', sum: 50 })
  expect(classes.has('none') || classes.has('duplicate')).toBe(false)

  const infos = [...fieldsOf('client', []), ...classFields(classes)]
  const kept = keptOf(base, 'client')
  const context = { user: 'anna', today: new Date(now) }
  const names = {
    language: 'ru' as const,
    entries: new Map(),
    records: new Map(),
    currency: 'RUB',
    today: new Date(now),
  }
  const deps = {
    base,
    table: 'client' as const,
    kept,
    orderOf: () => kept.order,
    infos,
    names,
    context,
    isOver: () => false,
  }
  const of = (filter: Group, sort: { field: string; direction: 1 | -1 } | null = null) =>
    findRecords({ typed: '', filter, sort }, deps)
  const asked: Group = { join: 'all', of: [{ field: 'abc', op: 'is', value: ['a'] }] }
  expect(await of(asked)).toEqual(['large'])
  expect(await of({ join: 'all', of: [] }, { field: 'abc', direction: -1 })).toEqual([
    'small',
    'large',
    'none',
  ])

  // A segment may have a rule over them.
  const rules = new Map([['best', asked]])
  const segments = { rows: new Map([['best', { id: 'best' }]]) as never, rules }
  expect(rulesAskForClasses(rules)).toBe(true)
  expect(rulesAskForClasses(new Map())).toBe(false)
  const counts = await countSegments(
    base,
    kept.values,
    segments,
    infos,
    { ...context, rules },
    () => false,
  )
  expect(counts?.get('best')).toBe(1)

  // The company counts each one's own, of the last month alone.
  await base.interest.put(
    bought('small', 7, { responsible: 'anna', closedAt: new Date(2026, 8, 10).getTime() }) as never,
  )
  await base.interest.put(bought('small', 5, { responsible: 'anna' }) as never)
  await base.classification.put({
    id: classificationId(),
    type: 'classification',
    rules: { ...usualRules, months: 1, whose: 'own' },
  })
  const own = await readClasses(base, now, 'anna')
  expect([...own].map(([id, { sum }]) => [id, sum])).toEqual([['small', 5]])
  // Such as a newer program may keep.
  await base.classification.put({
    id: classificationId(),
    type: 'classification',
    rules: { months: 'all' },
  } as never)
  expect((await readClasses(base, now, 'anna')).get('large')?.sum).toBe(9_950)

  const first = initialState('client')
  expect(asksForClasses(first)).toBe(false)
  expect(asksForClasses({ ...first, filter: asked })).toBe(true)
})
