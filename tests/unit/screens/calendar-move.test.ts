import { expect, test } from 'vitest'
import { toasts } from '../../../client/design/Toast.tsx'
import type { Replica, Write } from '../../../client/replica/index.ts'
import { openBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { type Item, itemOfTask } from '../../../client/screens/calendar/items.ts'
import { moveItem } from '../../../client/screens/calendar/move.ts'
import { shifted, stretched } from '../../../client/screens/calendar/moves.ts'
import { newId } from '../../../shared/ids.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

const me = newId()
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: tokensOf({ id: me, administrator: true }, []),
}

test('of two steps made before the screen has read the first one, «Отменить» takes back the second', async () => {
  const base = openBase(`calendar-${newId()}`)
  await base.open()
  const writer = createWriter(drawClientId)
  const writeAll = (writes: readonly Write[]) =>
    writeRecords({ base, writer, clock: Date.now, subject: () => subject }, writes)
  const replica: Pick<Replica, 'base' | 'write' | 'writeAll'> = {
    base,
    writeAll,
    write: () => Promise.reject(new Error('tasks are written together')),
  }
  const id = newId()
  const at = (day: number, hours: number, minutes = 0) =>
    new Date(2027, 2, day, hours, minutes).getTime()
  const made = await writeAll([
    {
      type: 'task',
      id,
      patch: { title: 'Переговоры', kind: 'meeting', due: at(4, 12), responsible: me },
    },
  ])
  expect(made).toMatchObject({ ok: true })
  const task = await base.task.get(id)
  if (!task) throw new Error('the task was not written')
  const read: Item | null = itemOfTask(task, undefined, subject, at(1, 9))
  if (!read) throw new Error('it has no due')
  const moved = { ...read, ...shifted(read, -1, 0) }
  await moveItem(replica, read, moved)
  await moveItem(replica, moved, stretched(moved, 0, 15))
  expect(await base.task.get(id)).toMatchObject({ due: at(3, 12), duration: 75 })
  toasts.value.at(-1)?.undo?.()
  await expect.poll(async () => (await base.task.get(id))?.duration).toBeUndefined()
  expect(await base.task.get(id)).toMatchObject({ due: at(3, 12) })
  await base.delete()
})
