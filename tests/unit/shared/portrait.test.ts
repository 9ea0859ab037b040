import { describe, expect, test } from 'vitest'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { compileFilter } from '../../../shared/fields/filter.ts'
import {
  byFrequency,
  chosenPortrait,
  openPortrait,
  portraitKeys,
  portraying,
  shareOf,
  spreadOf,
  traitFilter,
} from '../../../shared/fields/portrait.ts'
import { completeness } from '../../../shared/records/completeness.ts'

const field = (id: string, kind: 'yesNo' | 'number' | 'manyOf') => ({
  id,
  type: 'field' as const,
  recordType: 'client' as const,
  name: id,
  kind,
  options: [],
  order: id,
})
const infos = fieldsOf('client', [
  field('vip', 'yesNo'),
  field('staff', 'number'),
  field('goods', 'manyOf'),
] as unknown as Parameters<typeof fieldsOf>[1]) // what is read of them

const rows = [
  {
    id: '1',
    kind: 'organisation',
    relation: 'buyer',
    segments: ['s'],
    custom: { vip: true, staff: 10, goods: ['a', 'b'] },
  },
  { id: '2', kind: 'organisation', segments: ['s'], custom: { vip: false, staff: 3 } },
  { id: '3', kind: 'person', segments: ['s'], custom: { staff: 200, goods: ['b'] } },
  { id: '4', kind: 'person', relation: 'buyer', custom: { vip: true } },
]
const isIn = (row: { segments?: unknown }) => row.segments !== undefined

const drawn = () => {
  const { add, portrait } = openPortrait(infos, isIn)
  for (const row of rows) add(row)
  return portrait
}
const traitOf = (key: string) => {
  const trait = drawn().traits.get(key)
  if (!trait) throw new Error(`${key} is no trait`)
  return trait
}

describe('the portrait of a group of clients', () => {
  test('counts each value in the group and among all, what most have first', () => {
    expect(drawn().records).toEqual({ group: 3, all: 4 })
    expect(byFrequency(traitOf('kind'))).toEqual([
      ['organisation', { group: 2, all: 2 }],
      ['person', { group: 1, all: 2 }],
    ])
    // Of several values each counts.
    expect(byFrequency(traitOf('custom/goods'))).toEqual([
      ['b', { group: 2, all: 2 }],
      ['a', { group: 1, all: 1 }],
    ])
  })

  test('counts those of whom nothing is known; «нет» and nothing are one of a switch', () => {
    expect(traitOf('relation').filled).toEqual({ group: 1, all: 2 })
    expect(byFrequency(traitOf('custom/vip'))).toEqual([['true', { group: 1, all: 2 }]])
  })

  test('says of numbers between what they lie', () => {
    // 3, 10, 200: half have no more than 10.
    expect(spreadOf(traitOf('custom/staff').numbers)).toEqual({ least: 3, middle: 10, most: 200 })
    expect(spreadOf([])).toBeNull()
    expect(shareOf(1, 3)).toBe(33)
    expect(shareOf(0, 0)).toBe(0)
  })

  test.each([
    ['kind', 'organisation', ['1', '2']],
    ['relation', null, ['2', '3']],
    ['custom/vip', 'true', ['1']],
    ['custom/vip', null, ['2', '3']],
    ['custom/goods', 'b', ['1', '3']],
  ] as const)('leads from %s %s to the clients it counted', (key, value, ids) => {
    const info = infos.find((each) => each.key === key)
    if (!info) throw new Error(`${key} is no field`)
    const asked = traitFilter(info, value, 's')
    const { test: passes, problems } = compileFilter(asked, infos, {
      user: 'anna',
      today: new Date(),
    })
    expect(problems).toEqual([])
    expect(rows.filter(passes).map(({ id }) => id)).toEqual(ids)
  })
})

describe('the characteristics of a portrait', () => {
  test('are what the administrator chose, or the usual; a card shows only what was chosen', () => {
    const kept = [{ recordType: 'client', portrait: ['custom/vip'] }]
    expect(portraitKeys(kept)).toEqual(['custom/vip'])
    expect(portraitKeys([{ recordType: 'client' }])).toContain('relation')
    expect(chosenPortrait([{ recordType: 'person', portrait: ['heat'] }])).toBeNull()
  })

  test('are fields with few values, and numbers', () => {
    const keys = portraying(infos).map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['kind', 'heat', 'tags', 'custom/staff']))
    for (const key of ['name', 'inn', 'open', 'managers', 'phones']) expect(keys).not.toContain(key)
  })

  test('are chosen by administrators alone', () => {
    const who = (administrator: boolean) => ({
      kind: 'employee' as const,
      id: 'anna',
      administrator,
      tokens: new Set<string>(),
    })
    const row = { id: 'r', type: 'completeness', recordType: 'client' as const, portrait: ['heat'] }
    expect(completeness.mayWrite(who(true), null, row)).toBeNull()
    expect(completeness.mayWrite(who(false), null, row)).toBe('forbidden')
  })
})
