/** When tasks are due. A day without a time is over at midnight of whoever asks. */
import { day, minute } from './clock.ts'
import type { TaskRow } from './records/task.ts'

type Due = Pick<TaskRow, 'due' | 'allDay'>

/** Hour of the day at which reminders of whole days come. */
const morning = 9

/** Local midnight at the beginning of a whole day, `days` later. */
export const localDay = (due: number, days = 0): number => {
  const date = new Date(due)
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days).getTime()
}

/** The whole day (see `due` of a task) that a moment is in here. */
export const wholeDay = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
}

/** From this moment on it is overdue, ms; never without a due. */
export const deadlineOf = ({ due, allDay }: Due): number =>
  due === undefined ? Number.POSITIVE_INFINITY : allDay ? localDay(due, 1) : due

export const isOverdue = (task: Due & Pick<TaskRow, 'done' | 'deletedAt'>, now: number): boolean =>
  !task.done && task.deletedAt === undefined && deadlineOf(task) <= now

/** How much `due` and the deadline can differ: time zones reach from -12 to +14 hours. */
export const dueMargin = 2 * day

/** When to remind, ms; null where nobody wants it. */
export const remindAt = ({ due, allDay, remind }: Due & Pick<TaskRow, 'remind'>): number | null => {
  if (due === undefined || remind === undefined) return null
  if (!allDay) return due - remind * minute
  const date = new Date(localDay(due))
  // By the calendar, so that a day before is a day before where clocks are changed.
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), morning, -remind).getTime()
}

/** F139: minutes before. */
export const remindOptions = [5, 15, 30, 60, 120, 1440] as const
export const usualRemind = 1440
