import { expect, it } from 'vitest'
import type { StoredRow, Write } from '../../../client/replica/index.ts'
import { changeTasks } from '../../../client/screens/tasks/task-acts.ts'
import { fail, ok } from '../../../shared/reasons.ts'

const tasks = Array.from(
  { length: 250 },
  (_, index) => ({ id: `t${index}`, title: `Дело ${index}` }) as StoredRow<'task'>, // what is read of them
)

it('thousands of tasks are changed in steps; one that may not be changed leaves the others', async () => {
  const steps: number[] = []
  const changed: string[] = []
  const writeAll = async (writes: readonly Write[]) => {
    steps.push(writes.length)
    if (writes.some(({ id }) => id === 't120')) return fail('forbidden')
    changed.push(...writes.map(({ id }) => id))
    return ok([])
  }
  let said = 0
  await changeTasks({ writeAll }, tasks, { responsible: 'boris' }, (count) => {
    said = count
    return ''
  })
  expect(said).toBe(249)
  expect(changed).toHaveLength(249)
  expect(changed).not.toContain('t120')
  expect(Math.max(...steps)).toBe(100)
})
