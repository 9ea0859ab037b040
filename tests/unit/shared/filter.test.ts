import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { customField, type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import {
  type Condition,
  compileFilter,
  everything,
  type Filter,
  type FilterContext,
  filter,
  isGroup,
  me,
  type Operator,
  operatorsOf,
  withoutIdle,
} from '../../../shared/fields/filter.ts'
import { newId } from '../../../shared/ids.ts'
import type { FieldKind } from '../../../shared/records/field.ts'

const own = (kind: FieldKind): FieldInfo =>
  customField({
    id: `${kind}-0`,
    type: 'field',
    recordType: 'client',
    kind,
    name: kind,
    options: [],
  })
const kinds: FieldKind[] = ['number', 'money', 'date', 'yesNo', 'manyOf', 'longText', 'file']
const infos = [...fieldsOf('client', []), ...kinds.map(own)]

const [anna, ivan] = [newId(), newId()]
const context: FilterContext = { user: anna, today: new Date(2026, 10, 22) }

const part = (value: string) => ({ value, kind: 'work', id: newId(), order: 'a0' })
const row = {
  name: 'ООО «Ёлки-Палки»',
  kind: 'organisation',
  phones: [part('+74951112233'), part('+79161234567')],
  emails: [part('zakaz@elki.test')],
  managers: [anna, ivan],
  tags: ['t1', 't2'],
  dates: [{ value: '--12-31', kind: 'x', id: newId(), order: 'a0' }],
  createdAt: new Date(2026, 10, 20, 23, 59).getTime(),
  custom: {
    'number-0': 12,
    'money-0': { amount: 1500.5, currency: 'RUB' },
    'date-0': '2026-11-22',
    'yesNo-0': true,
    'manyOf-0': ['a', 'b'],
  },
}

const finds = (asked: Filter, of: object = row): boolean =>
  compileFilter(asked, infos, context).test(of as Record<string, unknown>)

describe('a condition', () => {
  test.each<[string, Operator, Condition['value'] | undefined, boolean]>([
    ['name', 'contains', 'елки', true],
    ['name', 'contains', 'ЁЛКИ-палки', true],
    ['name', 'containsNot', 'сосны', true],
    ['name', 'containsNot', 'палки', false],
    ['name', 'starts', 'ооо', true],
    ['name', 'is', 'ооо «елки-палки»', true],
    ['name', 'isNot', 'ооо «елки-палки»', false],
    ['inn', 'empty', undefined, true],
    ['inn', 'filled', undefined, false],
    ['inn', 'isNot', '7736050003', true],
    ['phones', 'is', '8 (916) 123-45-67', true],
    ['phones', 'is', '+7 495 111-22-33', true],
    ['phones', 'contains', '45-67', true],
    ['phones', 'isNot', '89161234567', false],
    ['emails', 'contains', '@ELKI.test', true],
    ['emails', 'empty', undefined, false],
    ['kind', 'is', ['organisation', 'person'], true],
    ['kind', 'isNot', ['person'], true],
    ['tags', 'is', ['t2', 't9'], true],
    ['tags', 'isNot', ['t2'], false],
    ['managers', 'is', [me], true],
    ['managers', 'isNot', [me], false],
    ['heat', 'is', ['hot'], false],
    ['heat', 'isNot', ['hot'], true],
    ['createdAt', 'is', '20.11.2026', true],
    ['createdAt', 'past', 2, true],
    ['createdAt', 'past', 1, false],
    ['createdAt', 'less', '21.11.2026', true],
    ['createdAt', 'more', '20.11.2026', false],
    ['custom/number-0', 'more', 11, true],
    ['custom/number-0', 'between', [20, 10], true],
    ['custom/number-0', 'is', 13, false],
    ['custom/money-0', 'less', 1500.5, false],
    ['custom/money-0', 'is', 1500.5, true],
    ['custom/date-0', 'is', 'сегодня', true],
    ['custom/date-0', 'next', 0, true],
    ['custom/date-0', 'between', ['1.11.2026', '30.11.2026'], true],
    ['custom/yesNo-0', 'is', true, true],
    ['custom/yesNo-0', 'is', false, false],
    ['custom/manyOf-0', 'is', ['b'], true],
    ['dates', 'next', 45, true],
    ['dates', 'next', 30, false],
    ['dates', 'between', ['20.12.2026', '10.01.2027'], true],
  ])('%s %s %j is %s', (field, op, value, expected) => {
    expect(finds({ field, op, ...(value !== undefined && { value }) })).toBe(expected)
  })

  test('«нет» finds what nobody said «да» of, what was never touched too', () => {
    const no: Condition = { field: 'custom/yesNo-0', op: 'is', value: false }
    const held = [{ 'yesNo-0': true }, { 'yesNo-0': false }, {}, undefined]
    expect(held.map((custom) => finds(no, { custom }))).toEqual([false, true, true, true])
    const yes: Condition = { ...no, value: true }
    expect(held.map((custom) => finds(yes, { custom }))).toEqual([true, false, false, false])
  })

  test('about a folder takes in what lies below it', () => {
    const compiled = compileFilter({ field: 'folder', op: 'is', value: ['top'] }, infos, {
      ...context,
      below: (entry) => (entry === 'top' ? ['middle', 'bottom'] : []),
    })
    expect(['top', 'bottom', 'other'].map((folder) => compiled.test({ folder }))).toEqual([
      true,
      true,
      false,
    ])
  })

  test.each<Condition>([
    { field: 'custom/gone', op: 'is', value: 'x' },
    { field: 'name', op: 'more', value: 'x' },
    { field: 'name', op: 'contains', value: ' ' },
    { field: 'custom/number-0', op: 'is', value: 'много' },
    { field: 'custom/date-0', op: 'is', value: 'когда-нибудь' },
    { field: 'custom/date-0', op: 'between', value: ['1.11.2026'] },
    { field: 'tags', op: 'is', value: [] },
    { field: 'phones', op: 'is', value: 'нет' },
  ])('that cannot be asked is left out and named: %j', (asked) => {
    const { test, problems } = compileFilter({ join: 'all', of: [asked] }, infos, context)
    expect(problems).toEqual([asked])
    expect(test(row)).toBe(true)
  })
})

describe('a filter', () => {
  const yes: Condition = { field: 'kind', op: 'is', value: ['organisation'] }
  const no: Condition = { field: 'kind', op: 'is', value: ['person'] }
  test('without conditions finds everyone', () => expect(finds(everything)).toBe(true))
  test('joins by «и» and «или», nested', () => {
    expect(finds({ join: 'all', of: [yes, no] })).toBe(false)
    expect(finds({ join: 'any', of: [yes, no] })).toBe(true)
    expect(finds({ join: 'all', of: [yes, { join: 'any', of: [no, yes] }] })).toBe(true)
    expect(finds({ join: 'any', of: [no, { join: 'all', of: [yes, no] }] })).toBe(false)
  })

  test('of another device is checked: depth, size, operators', () => {
    const deep = (levels: number): Filter =>
      levels === 0 ? yes : { join: 'all', of: [deep(levels - 1)] }
    expect(v.is(filter, deep(4))).toBe(true)
    expect(v.is(filter, deep(5))).toBe(false)
    expect(v.is(filter, yes)).toBe(false)
    expect(v.is(filter, { join: 'all', of: Array(51).fill(yes) })).toBe(false)
    expect(v.is(filter, { join: 'all', of: [{ field: 'x', op: 'evaluate', value: '1' }] })).toBe(
      false,
    )
  })

  test('and its opposite split every list in two (property)', () => {
    const opposite: Partial<Record<Operator, Operator>> = {
      is: 'isNot',
      contains: 'containsNot',
      empty: 'filled',
    }
    const conditions = infos.flatMap((info) =>
      operatorsOf(info).flatMap((op) => {
        const other = opposite[op]
        return other && operatorsOf(info).includes(other) ? [{ field: info.key, op, other }] : []
      }),
    )
    const rows = fc.record(
      {
        name: fc.constantFrom('Ёж', 'еж', 'Сосна', ''),
        heat: fc.constantFrom('hot', 'cold'),
        tags: fc.subarray(['t1', 't2']),
        managers: fc.subarray([anna, ivan]),
        phones: fc.subarray([part('+79161234567'), part('101')]),
        custom: fc.record(
          { 'number-0': fc.integer({ min: 0, max: 3 }), 'manyOf-0': fc.subarray(['a', 'b']) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(rows, fc.constantFrom(...conditions), (one, { field, op, other }) => {
        const info = infos.find(({ key }) => key === field)
        const value = valueFor(info)
        const asked = { field, ...(op !== 'empty' && { value }) }
        expect(finds({ ...asked, op }, one)).toBe(!finds({ ...asked, op: other }, one))
      }),
      { seed: 20261122 },
    )
  })

  test('offers for each field only what can be asked of it', () => {
    for (const info of infos) {
      const asked: Filter[] = operatorsOf(info).map((op) => ({
        field: info.key,
        op,
        ...(op !== 'empty' && op !== 'filled' && { value: valueFor(info, op) }),
      }))
      const { problems } = compileFilter({ join: 'all', of: asked }, infos, context)
      expect(problems.filter((one) => !isGroup(one))).toEqual([])
    }
  })
})

const valueFor = (info: FieldInfo | undefined, op?: Operator): NonNullable<Condition['value']> => {
  switch (info?.kind) {
    case 'number':
    case 'money':
      return op === 'between' ? [1, 2] : 2
    case 'date':
    case 'dates':
    case 'moment':
      return op === 'past' || op === 'next' ? 3 : op === 'between' ? ['1.1', '2.2'] : '1.1'
    case 'yesNo':
      return true
    case 'phone':
    case 'phones':
      return '101'
    case 'text':
    case 'longText':
    case 'email':
    case 'emails':
    case 'link':
    case 'links':
    case 'addresses':
    case 'messengers':
      return 'еж'
    default:
      return ['hot', 't1', anna, 'a']
  }
}

test('a filter is kept without what asks nothing yet, but with what only others can ask', () => {
  const asks: Condition = { field: 'name', op: 'contains', value: 'ёлки' }
  const unseen: Condition = { field: 'custom/of-others', op: 'is', value: ['a'] }
  const idle: Filter[] = [
    { field: 'phones', op: 'contains' },
    { field: 'createdAt', op: 'between', value: ['1.11', ''] },
    { field: 'tags', op: 'is', value: [] },
  ]
  expect(
    withoutIdle(
      {
        join: 'all',
        of: [...idle, asks, { join: 'any', of: [...idle, unseen] }, { join: 'any', of: idle }],
      },
      infos,
      context,
    ),
  ).toEqual({ join: 'all', of: [asks, { join: 'any', of: [unseen] }] })
  expect(withoutIdle({ join: 'any', of: [{ field: 'inn', op: 'empty' }] }, infos, context)).toEqual(
    {
      join: 'any',
      of: [{ field: 'inn', op: 'empty' }],
    },
  )
})
