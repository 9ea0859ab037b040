import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import {
  amountOfLines,
  converted,
  lineSums,
  ratesOf,
  sumsOfLines,
  withAmountByHand,
} from '../../../shared/interests/lines.ts'
import { change } from '../../../shared/records/change.ts'
import type { InterestRow } from '../../../shared/records/interest.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'

const line = (more: object = {}) => ({ quantity: 1, price: 100, currency: 'RUB', ...more })

describe('a line', () => {
  it('costs quantity times price less its discount, with VAT inside', () => {
    // 2 × 12 500 = 25 000; less 10 % = 22 500; VAT 20/120 of it = 3 750.
    expect(lineSums(line({ quantity: 2, price: 12_500, discount: 10, vat: '20' }))).toEqual({
      subtotal: 25_000,
      discount: 2_500,
      vat: 3_750,
      total: 22_500,
    })
  })

  it.each([
    // 0.125 × 0.04 = 0.005: half a kopeck goes up.
    [{ quantity: 0.125, price: 0.04 }, 0.01],
    // 1.005 in floating point is 1.00499…
    [{ quantity: 1, price: 1.005 }, 1.01],
    [{ quantity: 3, price: 0.3333 }, 1],
    [{ quantity: 0.1, price: 0.2, discount: 50 }, 0.01],
    [{ quantity: 1, price: 99.99, discount: 100 }, 0],
    [{ quantity: 1_000_000_000, price: 0.0001 }, 100_000],
    // 8.7 × 100 is 869.9999999999999 in floating point.
    [{ quantity: 100, price: 8.7 }, 870],
  ])('%o is rounded to %d', (values, total) => {
    expect(lineSums(line(values)).total).toBe(total)
  })

  it('without VAT and with 0 % has none', () => {
    expect(lineSums(line({ vat: '0' })).vat).toBe(0)
    expect(lineSums(line({ vat: 'none' })).vat).toBe(0)
  })
})

describe('all lines', () => {
  it('are the sum of what each is rounded to, as it is printed', () => {
    // Three times 0.335 is 1.005, but three lines of 0.34 are 1.02.
    const lines = Array.from({ length: 3 }, () => line({ price: 0.335 }))
    expect(sumsOfLines(lines).total).toBe(1.02)
  })

  it('of another currency than the first are not counted', () => {
    expect(amountOfLines([line(), line({ currency: 'USD', price: 5 })])).toEqual({
      amount: 100,
      currency: 'RUB',
    })
    expect(amountOfLines([])).toBeUndefined()
  })

  it('add up exactly whatever they are', () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 0, max: 1e6 }).map((n) => n / 1000),
        price: fc.integer({ min: 0, max: 1e9 }).map((n) => n / 10_000),
        currency: fc.constant('RUB'),
        discount: fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100),
        vat: fc.constantFrom('none' as const, '10' as const, '22' as const),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(lines, (all) => {
        const sums = sumsOfLines(all)
        const inKopecks = all.reduce((sum, one) => sum + Math.round(lineSums(one).total * 100), 0)
        expect(Math.round(sums.total * 100)).toBe(inKopecks)
        expect(Math.round((sums.subtotal - sums.discount) * 100)).toBe(inKopecks)
        for (const one of all) {
          const exact = (one.quantity * one.price * (100 - one.discount)) / 100
          expect(Math.abs(lineSums(one).total - exact)).toBeLessThan(0.0051)
        }
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})

describe('a price in another currency', () => {
  const rates = ratesOf(
    [
      { directory: 'currency', code: 'USD', rate: 90 },
      { directory: 'currency', code: 'EUR', rate: 100 },
      { directory: 'currency', code: 'CNY', rate: 12, deletedAt: 1 },
    ],
    'RUB',
  )
  it('goes by the rates to the default one', () => {
    expect(converted(10, 'USD', 'RUB', rates)).toBe(900)
    expect(converted(900, 'RUB', 'USD', rates)).toBe(10)
    expect(converted(10, 'USD', 'EUR', rates)).toBe(9)
  })
  it('is not guessed where a rate is not known', () => {
    expect(converted(10, 'CNY', 'RUB', rates)).toBeNull()
    expect(converted(10, 'CNY', 'CNY', rates)).toBe(10)
  })
})

const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
const id = newId()
const made = (patch: object, state: Uint8Array | null = null, writer = 1) => {
  const result = change('interest', id, state, patch as Record<string, unknown>, writer)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  return { state: result.value.state, row: result.value.row as unknown as InterestRow }
}
const chair = { name: 'Кресло', quantity: 2, price: 100.5, currency: 'RUB', order: 'a0' }

describe('the amount of an Interest', () => {
  const begin = { name: 'Мебель', position, amount: { amount: 5, currency: 'RUB' } }

  it('goes by the lines once there is one, and by hand where that is said', () => {
    const first = made(begin)
    expect(first.row.amount).toEqual({ amount: 5, currency: 'RUB' })
    const filled = made({ lines: { x: chair } }, first.state)
    expect(filled.row.amount).toEqual({ amount: 201, currency: 'RUB' })
    const byHand = made(
      withAmountByHand({ ...filled.row }, { amount: { amount: 190, currency: 'RUB' } }),
      filled.state,
    )
    expect(byHand.row).toMatchObject({ amountBy: 'manual', amount: { amount: 190 } })
    expect(made({ amountBy: null }, byHand.state).row.amount?.amount).toBe(201)
  })

  it.each([
    [{ quantity: -1 }],
    [{ quantity: 0.0001 }],
    [{ price: Number.POSITIVE_INFINITY }],
    [{ price: 0.00001 }],
    [{ discount: 101 }],
    [{ vat: '18' }],
    [{ currency: 'руб' }],
    [{ name: ' ' }],
    [{ product: 'KR-1' }],
  ])('is not reckoned from %o', (wrong) => {
    const first = made(begin)
    expect(
      change('interest', id, first.state, { lines: { x: { ...chair, ...wrong } } }, 1),
    ).toMatchObject({ ok: false, reason: 'invalidValue', field: 'lines' })
  })

  it('is the same on three devices in whatever order their changes come', () => {
    const edit = fc.record({
      device: fc.integer({ min: 0, max: 2 }),
      part: fc.constantFrom('a', 'b', 'c', 'd'),
      quantity: fc.option(fc.integer({ min: 0, max: 5000 }).map((n) => n / 1000)),
      price: fc.integer({ min: 0, max: 100_000 }).map((n) => n / 100),
      discount: fc.constantFrom(undefined, 5, 12.5),
      meet: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
        const start = made(begin).state
        const devices = [start, start, start]
        for (const { device, part, quantity, price, discount, meet } of edits) {
          const value = quantity === null ? null : { ...chair, quantity, price, discount }
          devices[device] = made({ lines: { [part]: value } }, devices[device], device + 2).state
          if (meet)
            devices[device] = Y.mergeUpdates(
              [devices[device], devices[(device + 1) % 3]].flatMap((one) => one ?? []),
            )
        }
        const orders = [
          devices,
          devices.toReversed(),
          [...devices.slice(1), ...devices.slice(0, 1)],
        ]
        const rows = orders.map((order) => {
          const result = project('interest', id, openDoc(id, Y.mergeUpdates(order)))
          if (!result.ok) throw new Error(result.reason)
          return result.value as unknown as InterestRow
        })
        const [first] = rows
        for (const row of rows) expect(row).toEqual(first)
        const expected = first?.lines.length ? sumsOfLines(first.lines).total : 5
        expect(first?.amount?.amount).toBe(expected)
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })
})
