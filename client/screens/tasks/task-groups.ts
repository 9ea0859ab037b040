/** What the list of tasks shows and under which heading. No I/O. */
import type { TaskRow } from '../../../shared/records/task.ts'
import { deadlineOf, isOverdue, localDay, wholeDay } from '../../../shared/tasks.ts'
import type { Quick } from '../../lists/list-state.ts'

const taskGroups = ['overdue', 'today', 'tomorrow', 'soon', 'none', 'closed'] as const
export type TaskGroup = (typeof taskGroups)[number]

export type ListedTask = Pick<
  TaskRow,
  | 'id'
  | 'title'
  | 'kind'
  | 'category'
  | 'due'
  | 'allDay'
  | 'done'
  | 'deletedAt'
  | 'responsible'
  | 'createdBy'
>

/** Local midnight, `days` later. */
const midnight = (now: number, days: number): number => localDay(wholeDay(now), days)

export const groupOf = (task: ListedTask, now: number): TaskGroup => {
  if (task.done) return 'closed'
  if (task.due === undefined) return 'none'
  if (isOverdue(task, now)) return 'overdue'
  const at = task.allDay ? localDay(task.due) : task.due
  if (at < midnight(now, 1)) return 'today'
  return at < midnight(now, 2) ? 'tomorrow' : 'soon'
}

export const periods = ['any', 'overdue', 'today', 'week', 'month', 'none', 'dates'] as const
export type Period = (typeof periods)[number]

export interface TaskFilter {
  whose: 'mine' | 'set' | 'all'
  state: 'open' | 'closed' | 'all'
  category: string
  responsible: string
  period: Period
  /** Of `dates`: whole days (see `due` of a task), null: not given. */
  from: number | null
  to: number | null
}

export const openMine: TaskFilter = {
  whose: 'mine',
  state: 'open',
  category: '',
  responsible: '',
  period: 'any',
  from: null,
  to: null,
}

const choices = {
  whose: ['mine', 'set', 'all'],
  state: ['open', 'closed', 'all'],
  period: periods,
} as const satisfies Partial<Record<keyof TaskFilter, readonly string[]>>

/** What was kept of it, choice by choice: another version of the program may have kept others. */
export const taskFilterOf = (kept: Quick | null): TaskFilter => {
  const chosen = <T extends string>(of: readonly T[], value: unknown, first: T): T =>
    of.find((one) => one === value) ?? first
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const day = (value: unknown) => (typeof value === 'number' ? value : null)
  return {
    whose: chosen(choices.whose, kept?.whose, openMine.whose),
    state: chosen(choices.state, kept?.state, openMine.state),
    category: text(kept?.category),
    responsible: text(kept?.responsible),
    period: chosen(choices.period, kept?.period, openMine.period),
    from: day(kept?.from),
    to: day(kept?.to),
  }
}

const isInPeriod = (task: ListedTask, filter: TaskFilter, now: number): boolean => {
  const { period, from, to } = filter
  if (period === 'any') return true
  if (period === 'none') return task.due === undefined
  if (task.due === undefined) return false
  if (period === 'overdue') return isOverdue(task, now)
  const day = task.allDay ? task.due : wholeDay(task.due)
  const today = wholeDay(now)
  const date = new Date(today)
  switch (period) {
    case 'today':
      return day === today
    case 'week':
      return day >= today && day < date.setUTCDate(date.getUTCDate() + 7)
    case 'month':
      return day >= today && day < date.setUTCMonth(date.getUTCMonth() + 1)
    case 'dates':
      return (from === null || day >= from) && (to === null || day <= to)
  }
}

export const isWanted = (
  task: ListedTask,
  filter: TaskFilter,
  mine: ReadonlySet<string>,
  now: number,
): boolean =>
  task.deletedAt === undefined &&
  (filter.state === 'all' || (filter.state === 'closed') === (task.done !== undefined)) &&
  (filter.whose === 'all' ||
    (filter.whose === 'mine' ? mine.has(task.responsible) : mine.has(task.createdBy ?? ''))) &&
  (filter.category === '' || task.category === filter.category) &&
  (filter.responsible === '' || task.responsible === filter.responsible) &&
  isInPeriod(task, filter, now)

export type Item<T> = { kind: 'group'; group: TaskGroup; count: number } | { kind: 'task'; task: T }

/** Headings and rows in one line: what comes first is on top, of closed ones the last closed. */
export const itemsOf = <T extends ListedTask>(tasks: readonly T[], now: number): Item<T>[] => {
  const byGroup = new Map<TaskGroup, T[]>(taskGroups.map((group) => [group, []]))
  for (const task of tasks) byGroup.get(groupOf(task, now))?.push(task)
  return [...byGroup].flatMap(([group, list]): Item<T>[] => {
    if (list.length === 0) return []
    const sorted = list.sort((a, b) =>
      group === 'closed'
        ? (b.done?.at ?? 0) - (a.done?.at ?? 0)
        : deadlineOf(a) - deadlineOf(b) || a.title.localeCompare(b.title, 'ru'),
    )
    return [
      { kind: 'group', group, count: list.length },
      ...sorted.map((task) => ({ kind: 'task' as const, task })),
    ]
  })
}
