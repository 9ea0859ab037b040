import { describe, expect, it } from 'vitest'
import { classesOf, type Purchase } from '../../../shared/interests/classes.ts'

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
