/** What is done with tasks, each with its way back. */
import type { Reason } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, StoredRow, Write } from '../../replica/index.ts'
import { t } from './texts.ts'

type Task = StoredRow<'task'>

/** Writes them one by one where together they may not be written. @returns those that were. */
const writeEach = async (replica: Replica, writes: readonly Write[]): Promise<string[]> => {
  const together = await replica.writeAll([...writes])
  if (together.ok) return writes.map(({ id }) => id)
  const done: string[] = []
  const refused = new Map<Reason, number>()
  for (const write of writes) {
    const alone = writes.length === 1 ? together : await replica.writeAll([write])
    if (alone.ok) done.push(write.id)
    else refused.set(alone.reason, (refused.get(alone.reason) ?? 0) + 1)
  }
  for (const [reason, count] of refused)
    showToast({
      text:
        writes.length === 1
          ? reasonText(reason)
          : t('refused', { count, reason: reasonText(reason) }),
      stays: true,
    })
  return done
}

/** The fields of a row that a patch names, as a patch that puts them back. */
const backPatch = (task: Task, patch: Patch): Patch =>
  Object.fromEntries(
    Object.keys(patch).map((name) => [name, task[name as keyof Task] ?? null]), // names of fields
  )

/** Changes tasks and offers «Отменить». */
export const changeTasks = async (
  replica: Replica,
  tasks: readonly Task[],
  patch: Patch,
  words: (count: number) => string,
): Promise<void> => {
  const done = new Set(
    await writeEach(
      replica,
      tasks.map(({ id }) => ({ type: 'task', id, patch })),
    ),
  )
  if (done.size === 0) return
  const undo = tasks
    .filter(({ id }) => done.has(id))
    .map((task): Write => ({ type: 'task', id: task.id, patch: backPatch(task, patch) }))
  showToast({ text: words(done.size), undo: () => void writeEach(replica, undo) })
}

/** Closes what is open; opens again where all are closed (F143). */
export const toggleTasks = (replica: Replica, tasks: readonly Task[]): Promise<void> => {
  const open = tasks.filter(({ done }) => !done)
  const name = tasks[0]?.title ?? ''
  return open.length > 0
    ? changeTasks(
        replica,
        open,
        { done: { at: Date.now(), by: replica.session.user.id } },
        (count) => (count === 1 ? t('closed.one', { name }) : t('closed.many', { count })),
      )
    : changeTasks(replica, tasks, { done: null }, (count) =>
        count === 1 ? t('reopened.one', { name }) : t('reopened.many', { count }),
      )
}

export const deleteTasks = (replica: Replica, tasks: readonly Task[]): Promise<void> =>
  changeTasks(
    replica,
    tasks,
    { deletedAt: Date.now(), deletedBy: replica.session.user.id },
    (count) =>
      count === 1
        ? t('deleted.one', { name: tasks[0]?.title ?? '' })
        : t('deleted.many', { count }),
  )

/** New tasks, with the way back. @returns whether they were made. */
export const createTasks = async (
  replica: Replica,
  writes: readonly Write[],
  name: string,
): Promise<boolean> => {
  const result = await replica.writeAll([...writes])
  if (!result.ok) {
    showToast({ text: reasonText(result.reason), stays: true })
    return false
  }
  const gone = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
  showToast({
    text:
      writes.length === 1
        ? t('created.one', { name })
        : t('created.many', { count: writes.length }),
    undo: () =>
      void writeEach(
        replica,
        writes.map(({ type, id }) => ({ type, id, patch: gone })),
      ),
  })
  return true
}
