/** Whose changes go first when several push at once, see `commit/turns.ts`. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { turns } from '../../../sync-server/commit/turns.ts'
import { openLab } from './lab.ts'

const limits = { group: 8, groupCost: 100, slice: 2, sliceCost: 20 }

/** `m3` is the third of m; groups as words. */
const queue = () => {
  const waiting = turns<string>(limits)
  return {
    add: (items: string, cost = 1, together = false) => {
      for (const item of items.split(' ')) waiting.add(item.charAt(0), item, cost, together)
    },
    groups: () => {
      const groups: string[] = []
      for (let group = waiting.take(); group.length > 0; group = waiting.take())
        groups.push(group.join(' '))
      expect([waiting.waiting(), waiting.cost()]).toEqual([0, 0])
      return groups
    },
  }
}

describe('the turns of a pipeline', () => {
  it('give each who waits a slice, and one alone the whole group', () => {
    const { add, groups } = queue()
    add('m1 m2 m3 m4 m5 m6')
    add('a1')
    add('b1 b2 b3')
    expect(groups()).toEqual(['m1 m2 a1 b1 b2', 'm3 m4 b3', 'm5 m6'])
  })

  it('begin with those who had no room in the group before', () => {
    const { add, groups } = queue()
    for (const user of 'abcdef') add(`${user}1 ${user}2 ${user}3`)
    // Four slices of two fill a group of eight.
    expect(groups()).toEqual(['a1 a2 b1 b2 c1 c2 d1 d2', 'e1 e2 f1 f2 a3 b3 c3 d3', 'e3 f3'])
  })

  it('give what costs more than a slice a group by itself', () => {
    const { add, groups } = queue()
    add('a1')
    add('m1 m2', 50)
    add('a2 a3')
    expect(groups()).toEqual(['a1 a2', 'm1', 'a3', 'm2'])
  })

  it('never part what belongs together', () => {
    const { add, groups } = queue()
    add('b1')
    add('a1')
    add('a2')
    add('a3', 1, true)
    add('a4', 1, true)
    expect(groups()).toEqual(['b1 a1', 'a2 a3 a4'])
  })
})

describe('a push of hundreds of changes', () => {
  it('makes a colleague wait for one group and a slice, not for all of it', async () => {
    const { anna, join } = await openLab()
    const boris = await join('boris@romashka.ru')
    const many = Array.from({ length: 300 }, (_, n) => {
      const id = newId()
      const patch = { kind: 'organisation', name: `ООО «${n}»`, managers: [anna.id] }
      return { n, id, type: 'client' as const, at: 0, update: anna.make('client', id, patch) }
    })
    const pushed = anna.push(...many)
    const own = { kind: 'organisation', name: 'ООО «Лютик»', managers: [boris.id] }
    const honest = await boris.write('client', newId(), own)
    const seqs = (await pushed).flatMap((outcome) => (outcome.ok ? [outcome.seq] : []))
    expect(seqs).toHaveLength(300)
    const seq = honest.ok ? honest.seq : Number.NaN
    expect(seqs.filter((one) => one < seq).length).toBeLessThanOrEqual(128 + 32)
  })
})
