import { describe, expect, it } from 'vitest'
import { classesOf, type Purchase, usualRules } from '../../../shared/interests/classes.ts'
import { areRules, classification } from '../../../shared/records/classification.ts'
import { tokensOf } from '../../../shared/rights.ts'

const now = new Date(2026, 10, 22).getTime()
/** So many months ago, 1: the last whole one. */
const ago = (months: number) => new Date(2026, 10 - months, 15).getTime()
const once = (client: string, sum: number): Purchase => ({ client, at: ago(1), sum })
const monthly = (client: string, sums: number[]): Purchase[] =>
  sums.map((sum, index) => ({ client, at: ago(sums.length - index), sum }))

describe('ABC', () => {
  it('gives A to the first 80 % of the sum, B to the next 15, C to the rest', () => {
    // Of 100 from the largest: 50 from 0, 25 from 50, 10 from 75, 10 from 85, 5 from 95.
    const classes = classesOf(
      [once('p', 50), once('q', 25), once('r', 10), once('s', 10), once('t', 5)],
      now,
    )
    expect([...classes].map(([client, { abc }]) => `${client}${abc}`)).toEqual([
      'pa',
      'qa',
      'ra',
      'sb',
      'tc',
    ])
    expect(classes.get('p')?.share).toBe(50)
  })

  it('counts neither the month that is not over nor what is older than the period', () => {
    const classes = classesOf(
      [
        { client: 'now', at: now, sum: 100 },
        { client: 'old', at: ago(13), sum: 100 },
        { client: 'first', at: ago(12), sum: 100 },
      ],
      now,
    )
    expect([...classes.keys()]).toEqual(['first'])
  })

  it('of one client is A, whatever it bought for', () => {
    expect(classesOf([once('only', 1)], now).get('only')).toMatchObject({ abc: 'a', share: 100 })
  })
})

describe('XYZ', () => {
  it('is X where every month is the same', () => {
    const months = new Array<number>(12).fill(100)
    expect(classesOf(monthly('even', months), now).get('even')).toMatchObject({
      xyz: 'x',
      variation: 0,
      sum: 1200,
    })
  })

  it('is Y between 10 and 25 %', () => {
    // Mean 100, every month 20 off it: a deviation of 20, 20 % of the mean.
    const months = Array.from({ length: 12 }, (_, index) => (index % 2 ? 120 : 80))
    const found = classesOf(monthly('wave', months), now).get('wave')
    expect(found?.xyz).toBe('y')
    expect(found?.variation).toBeCloseTo(20)
  })

  it('is Z for who bought once: months without purchases count', () => {
    // Mean 10, one month 110 off and eleven 10 off: the root of (12,100 + 1,100) / 12 is 33.17.
    const found = classesOf([once('rare', 120)], now).get('rare')
    expect(found?.xyz).toBe('z')
    expect(found?.variation).toBeCloseTo(331.66, 1)
  })
})

describe('the company’s own rules', () => {
  it('move the borders and the period', () => {
    const bought = [once('p', 50), once('q', 30), once('r', 20), ...monthly('s', [10, 10])]
    const rules = { ...usualRules, months: 2, a: 40, b: 70, x: 5, y: 120 }
    const classes = classesOf(bought, now, rules)
    // Of 120: p from 0 %, q from 42, r from 67, s from 83. Once in two months varies by 100 %.
    expect([...classes].map(([client, { abc, xyz }]) => `${client} ${abc}${xyz}`)).toEqual([
      'p ay',
      'q by',
      'r by',
      's cx',
    ])
    expect(classesOf([{ client: 'old', at: ago(3), sum: 1 }], now, rules).size).toBe(0)
  })

  it('are whole: borders in their order, an administrator’s', () => {
    expect(areRules(usualRules)).toBe(true)
    for (const wrong of [
      { a: 95, b: 80 },
      { x: 25 },
      { months: 0 },
      { months: 1.5 },
      { b: 100 },
      { whose: 'nobody' },
    ])
      expect(areRules({ ...usualRules, ...wrong })).toBe(false)
    const who = (administrator: boolean) => ({
      kind: 'employee' as const,
      id: 'anna',
      administrator,
      tokens: tokensOf({ id: 'anna', administrator }, []),
    })
    const row = { id: 'r', type: 'classification', rules: usualRules }
    expect(classification.mayWrite(who(true), null, row)).toBeNull()
    expect(classification.mayWrite(who(false), null, row)).toBe('forbidden')
    const reversed = { ...row, rules: { ...usualRules, a: 96 } }
    expect(classification.mayWrite(who(true), row, reversed)).toBe('invalidValue')
  })
})
