import { describe, expect, test } from 'vitest'
import { splitFilter } from '../../../client/lists/query.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import {
  type Condition,
  compileFilter,
  type FilterContext,
  fieldsRead,
  type Group,
  inSegment,
} from '../../../shared/fields/filter.ts'

const infos = fieldsOf('client', [])
const all = (...of: Group['of']): Group => ({ join: 'all', of })
const asked = (op: Condition['op'], ...value: string[]): Group =>
  all({ field: 'segments', op, ...(value.length > 0 && { value }) })

const rules = new Map<string, Group>([
  ['buyers', all({ field: 'relation', op: 'is', value: ['buyer'] })],
  [
    'big',
    all({ field: 'segments', op: 'is', value: ['buyers', 'vip'] }, { field: 'inn', op: 'filled' }),
  ],
])
const context: FilterContext = { user: 'me', today: new Date(2026, 10, 22), rules }

const buyer = { relation: 'buyer', inn: '7' }
const vip = { segments: ['vip'], inn: '8' }
const nobody = { relation: 'supplier' }
const finds = (filter: Group, given = context) => {
  const { test } = compileFilter(filter, infos, given)
  return [buyer, vip, nobody].map((row) => test(row))
}

describe('a segment as a condition', () => {
  test('is by hand what the record says, and by rule what the rule finds', () => {
    expect(finds(asked('is', 'vip'))).toEqual([false, true, false])
    expect(finds(asked('is', 'buyers'))).toEqual([true, false, false])
    expect(finds(asked('is', 'buyers', 'vip'))).toEqual([true, true, false])
    expect(finds(asked('isNot', 'buyers', 'vip'))).toEqual([false, false, true])
    expect(finds(asked('is', 'unknown'))).toEqual([false, false, false])
  })

  test('counts rules where it asks for any segment or none', () => {
    expect(finds(asked('filled'))).toEqual([true, true, false])
    expect(finds(asked('empty'))).toEqual([false, false, true])
  })

  test('may be a condition of another segment, and reads what its rule reads', () => {
    expect(finds(asked('is', 'big'))).toEqual([true, true, false])
    expect(new Set(fieldsRead(asked('is', 'big'), context))).toEqual(
      new Set(['segments', 'relation', 'inn']),
    )
    expect(fieldsRead(asked('is', 'vip'), context)).toEqual(['segments'])
  })

  test('that leads back to itself ends', () => {
    const ring = new Map([
      ['a', asked('is', 'b')],
      ['b', asked('is', 'a', 'buyers')],
      ['buyers', all({ field: 'relation', op: 'is', value: ['buyer'] })],
    ])
    expect(finds(asked('is', 'a'), { ...context, rules: ring })).toEqual([true, false, false])
    expect(fieldsRead(asked('is', 'a'), { ...context, rules: ring })).toContain('relation')
  })

  test('has nobody where nothing of its rule can be asked any more', () => {
    const gone = new Map([['gone', all({ field: 'custom/gone', op: 'filled' })]])
    expect(inSegment('gone', infos, { ...context, rules: gone })(buyer)).toBe(false)
  })

  test('is answered by the index only where it is by hand', () => {
    expect(splitFilter(asked('is', 'vip'), context).facets).toEqual([['segment:vip']])
    expect(splitFilter(asked('is', 'vip', 'buyers'), context).facets).toEqual([])
  })
})
