import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followPaced } from '../../../client/replica/paced.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import { until } from '../../lab/processes.ts'

/** What the query takes, ms. */
const takes = 20

describe('a paced query', () => {
  let base: ReplicaBase
  let runs: number
  let answers: number[]
  let stop: () => void
  const draft = (key: string) => base.drafts.put({ key, value: 1, at: 1 })

  beforeEach(async () => {
    base = openBase(`paced-${newId()}`)
    await base.open()
    runs = 0
    answers = []
    stop = followPaced(
      base,
      'drafts',
      async () => {
        runs++
        const count = await base.drafts.count()
        await sleep(takes + 1) // a timer may come a millisecond early
        return count
      },
      (answer) => answers.push(answer),
    )
    await until('the first answer', () => answers.length === 1 || undefined)
  })
  afterEach(async () => {
    stop()
    await base.delete()
  })

  it('answers at once, rests while much changes, and ends with what is true', async () => {
    expect(answers).toEqual([0])
    const began = performance.now()
    for (let n = 0; n < 40; n++) await draft(String(n))
    await until('the last answer', () => answers.at(-1) === 40 || undefined)
    // Not once for each change: once in ten times what it takes, and the two at both ends.
    expect(runs).toBeLessThanOrEqual(3 + (performance.now() - began) / (10 * takes))
  })

  it('hears changes of its own table only, and nothing after its end', async () => {
    await base.meta.put(1, 'other')
    await sleep(300) // longer than its rest
    expect(runs).toBe(1)
    stop()
    await draft('late')
    await sleep(50)
    expect(runs).toBe(1)
  })
})
