/** What is done with tasks, each with its way back. */
import type { Patch } from '../../../shared/records/change.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type BulkChange, undone, writeInBulk } from '../../lists/bulk.ts'
import type { Replica, StoredRow, Write } from '../../replica/index.ts'
import { t } from './texts.ts'

type Task = StoredRow<'task'>

/** In steps, so that the interface lives beside thousands; says what may not be changed. */
const write = async (
  replica: Pick<Replica, 'writeAll'>,
  changes: readonly BulkChange[],
  onProgress?: (done: number) => void,
): Promise<BulkChange[]> => {
  const { done, refused } = await writeInBulk(replica, 'task', changes, onProgress)
  for (const [reason, count] of refused)
    showToast({
      text:
        changes.length === 1
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
  replica: Pick<Replica, 'writeAll'>,
  tasks: readonly Task[],
  patch: Patch,
  words: (count: number) => string,
): Promise<void> => {
  const done = await write(
    replica,
    tasks.map((task) => ({ id: task.id, patch, undo: backPatch(task, patch) })),
  )
  if (done.length === 0) return
  showToast({ text: words(done.length), undo: () => void write(replica, undone(done)) })
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
  replica: Pick<Replica, 'writeAll' | 'session'>,
  writes: readonly Write[],
  name: string,
  onProgress?: (done: number) => void,
): Promise<boolean> => {
  const gone = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
  const made = await write(
    replica,
    writes.map(({ id, patch }) => ({ id, patch, undo: gone })),
    onProgress,
  )
  if (made.length === 0) return false
  showToast({
    text:
      made.length === 1 ? t('created.one', { name }) : t('created.many', { count: made.length }),
    undo: () => void write(replica, undone(made)),
  })
  return true
}
