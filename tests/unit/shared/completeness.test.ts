import { describe, expect, test } from 'vitest'
import {
  controlledKeys,
  filledOf,
  lackingFilter,
  openReport,
  percent,
} from '../../../shared/fields/completeness.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { compileFilter } from '../../../shared/fields/filter.ts'
import { completeness } from '../../../shared/records/completeness.ts'

const keys = controlledKeys('client', [])
const part = (value: string) => [{ id: 'p', order: 'a', value, kind: 'work' }]

const whole = {
  id: 'whole',
  kind: 'organisation',
  phones: [],
  emails: part('a@b.test'),
  inn: '7736050003',
  addresses: part('Москва'),
  managers: ['anna'],
  relation: 'buyer',
}
const human = { ...whole, id: 'human', kind: 'person', inn: undefined, managers: ['anna', 'boris'] }
const bare = { id: 'bare', kind: 'organisation', phones: [], emails: [], addresses: [] }
const rows = [whole, human, bare]

describe('what a card lacks', () => {
  test('is asked as the kind of client has it; a phone or an address is a way to reach it', () => {
    expect(rows.map((row) => filledOf(keys, row).missing)).toEqual([
      [],
      [],
      ['contact', 'inn', 'addresses', 'managers', 'relation'],
    ])
    expect(filledOf(keys, human).asked).not.toContain('inn')
    expect(filledOf(['kpp'], { kind: 'entrepreneur' }).asked).toEqual([])
    expect(filledOf(['custom/f'], { custom: { f: 'x' } }).missing).toEqual([])
  })

  test('is what the company chose, or the usual', () => {
    const kept = [{ recordType: 'client', controlled: ['name'] }]
    expect(controlledKeys('client', kept)).toEqual(['name'])
    expect(controlledKeys('person', kept)).toContain('contact')
    expect(controlledKeys('client', [{ recordType: 'client', controlled: [] }])).toEqual([])
  })

  test('is counted over all, by field and by responsible', () => {
    const { add, report } = openReport(keys)
    for (const row of rows) add(row)
    // 5 + 4 + 5 fields are asked, 5 + 4 are filled in.
    expect(report.all).toEqual({ records: 3, lacking: 1, asked: 14, filled: 9 })
    expect(percent(report.all)).toBe(64)
    expect(report.byField.get('inn')).toEqual({ asked: 2, missing: 1 })
    expect(report.byManager.get('anna')).toEqual({ records: 2, lacking: 0, asked: 9, filled: 9 })
    expect(report.byManager.get(null)?.lacking).toBe(1)
    expect(percent({ asked: 1_000, filled: 999 })).toBe(99)
    expect(percent({ asked: 0, filled: 0 })).toBe(100)
  })

  test('is found by the filter that a figure leads to, exactly', () => {
    const infos = fieldsOf('client', [])
    const context = { user: 'anna', today: new Date(2026, 10, 22) }
    const others = [
      { ...whole, id: 'no inn', inn: undefined, managers: ['boris'] },
      { ...human, id: 'no relation', relation: undefined },
      { ...whole, id: 'no way', emails: [], managers: ['anna'] },
    ]
    const all = [...rows, ...others]
    const found = (filter: ReturnType<typeof lackingFilter>) => {
      const { test: passes, problems } = compileFilter(filter, infos, context)
      expect(problems).toEqual([])
      return all.filter((row) => passes(row)).map(({ id }) => id)
    }
    expect(found(lackingFilter('client', keys))).toEqual([
      'bare',
      'no inn',
      'no relation',
      'no way',
    ])
    expect(found(lackingFilter('client', ['inn']))).toEqual(['bare', 'no inn'])
    expect(found(lackingFilter('client', ['contact']))).toEqual(['bare', 'no way'])
    expect(found(lackingFilter('client', keys, 'boris'))).toEqual(['no inn', 'no relation'])
    expect(found(lackingFilter('client', keys, null))).toEqual(['bare'])
    for (const key of keys)
      expect(found(lackingFilter('client', [key]))).toEqual(
        all.flatMap((row) => (filledOf(keys, row).missing.includes(key) ? [row.id] : [])),
      )
  })

  test('is chosen by administrators', () => {
    const row = { id: 'c', type: 'completeness', recordType: 'client' as const }
    const who = { kind: 'employee' as const, id: 'anna', tokens: new Set<string>() }
    expect(completeness.mayWrite({ ...who, administrator: true }, null, row)).toBeNull()
    expect(completeness.mayWrite({ ...who, administrator: false }, null, row)).toBe('forbidden')
  })
})
