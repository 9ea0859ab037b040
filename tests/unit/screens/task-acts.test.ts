import { expect, it } from 'vitest'
import { toasts } from '../../../client/design/Toast.tsx'
import type { Replica, StoredRow, Write } from '../../../client/replica/index.ts'
import { changeTasks, createTasks } from '../../../client/screens/tasks/task-acts.ts'
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
  let count = 0
  await changeTasks({ writeAll }, tasks, { responsible: 'boris' }, (changedNow) => {
    count = changedNow
    return ''
  })
  expect(count).toBe(249)
  expect(changed).toHaveLength(249)
  expect(changed).not.toContain('t120')
  expect(Math.max(...steps)).toBe(100)
})

it('thousands of new tasks are made in steps; those made are taken back', async () => {
  const kept = new Map<string, object>()
  const steps: number[] = []
  const writeAll = async (writes: readonly Write[]) => {
    steps.push(writes.length)
    for (const { id, patch } of writes) kept.set(id, { ...kept.get(id), ...patch })
    return ok([])
  }
  const session = { user: { id: 'anna' } } as Replica['session'] // what is read of it
  const writes = tasks.map(({ id, title }): Write => ({ type: 'task', id, patch: { title } }))
  const told: number[] = []
  expect(await createTasks({ writeAll, session }, writes, 'Дело', (done) => told.push(done))).toBe(
    true,
  )
  expect(kept.size).toBe(250)
  expect(Math.max(...steps)).toBe(100)
  expect(told).toEqual([100, 200, 250])
  toasts.value.at(-1)?.undo?.()
  await expect.poll(() => [...kept.values()].filter((task) => 'deletedBy' in task).length).toBe(250)
})
