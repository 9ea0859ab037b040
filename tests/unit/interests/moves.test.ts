import { describe, expect, it } from 'vitest'
import {
  firstStage,
  probabilityOf,
  reachedStages,
  totalOf,
  wonAfter,
} from '../../../shared/interests/moves.ts'
import type { Position } from '../../../shared/records/interest.ts'
import type { Stage } from '../../../shared/records/scenario.ts'

const stage = (id: string, kind: Stage['kind'], probability: number): Stage => ({
  id,
  name: id,
  kind,
  probability,
  order: id,
})
const scenario = {
  id: 's',
  stages: [
    stage('talks', 'open', 30),
    stage('invoice', 'open', 60),
    stage('shipment', 'open', 90),
    stage('won', 'won', 100),
    stage('lost', 'lost', 0),
  ],
}
const at = (where: string, ...came: string[]) => {
  const kind = scenario.stages.find(({ id }) => id === where)?.kind ?? 'open'
  const position: Position = { scenario: 's', stage: where, kind, since: 1 }
  const entered = [...came, where].map((id) => ({ id, at: 1, by: 'anna', order: '1' }))
  return { position, entered }
}
const reached = (...path: [string, ...string[]]) => [...reachedStages(scenario, at(...path))]

describe('the funnel counts for an Interest', () => {
  it('every stage up to where it stands, though it skipped some', () => {
    expect(reached('shipment', 'talks')).toEqual(['talks', 'invoice', 'shipment'])
  })

  it('the furthest it came, though it went back', () => {
    expect(reached('talks', 'shipment')).toEqual(['talks', 'invoice', 'shipment'])
  })

  it('all stages and the won one, though it was won at once', () => {
    expect(reached('won', 'talks')).toEqual(['talks', 'invoice', 'shipment', 'won'])
  })

  it('of a lost one what it had reached, and the lost one', () => {
    expect(reached('lost', 'talks', 'invoice')).toEqual(['talks', 'invoice', 'lost'])
  })
})

describe('probability', () => {
  it('is the stage’s until somebody says otherwise, and the card can say which', () => {
    const row = at('invoice')
    expect(probabilityOf(row, scenario)).toEqual({ percent: 60, by: 'stage' })
    expect(probabilityOf({ ...row, probability: 75 }, scenario)).toEqual({
      percent: 75,
      by: 'manual',
    })
    const counted = { ...row, probability: 40, probabilityBy: 'statistics' as const }
    expect(probabilityOf(counted, scenario)).toEqual({ percent: 40, by: 'statistics' })
  })

  it('of what is closed is the stage’s, whatever was hoped for', () => {
    expect(probabilityOf({ ...at('lost'), probability: 75 }, scenario).percent).toBe(0)
  })

  it('from statistics is the share of those won among the closed ones that came so far', () => {
    const rows = [
      at('won', 'talks', 'invoice'),
      at('lost', 'talks', 'invoice'),
      at('lost', 'talks'),
      at('invoice', 'talks'),
    ]
    // Reached the invoice and closed: one won, one lost. Reached the talks and closed: 1 of 3.
    expect(wonAfter(scenario, 'invoice', rows)).toEqual({ percent: 50, of: 2 })
    expect(wonAfter(scenario, 'talks', rows)).toEqual({ percent: 33, of: 3 })
    expect(wonAfter(scenario, 'talks', [at('invoice')])).toBeNull()
  })
})

describe('the amount of an Interest', () => {
  const amount = { amount: 1_000, currency: 'RUB' }

  it('is for all periods where the budget is for one', () => {
    expect(totalOf({ amount, budget: 'month', periods: 12 })).toBe(12_000)
  })

  it('is once for all where it is fixed, whatever periods were said before', () => {
    expect(totalOf({ amount, budget: 'fixed', periods: 12 })).toBe(1_000)
    expect(totalOf({ amount })).toBe(1_000)
    expect(totalOf({})).toBe(0)
  })
})

it('a new Interest begins on the first stage in work', () => {
  const [talks, ...rest] = scenario.stages
  expect(firstStage({ ...scenario, stages: rest })?.id).toBe('invoice')
  expect(firstStage(scenario)?.id).toBe(talks?.id)
})
