/** What stands in the calendar, from the rows of the replica. No I/O. */
import { day, minute } from '../../../shared/clock.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { rights, type Subject } from '../../../shared/rights.ts'
import { isOverdue, localDay, wholeDay } from '../../../shared/tasks.ts'
import type { StoredRow } from '../../replica/index.ts'

export const itemKinds = ['task', 'call', 'meeting', 'interaction', 'date', 'contract'] as const
export type ItemKind = (typeof itemKinds)[number]

/** When something is: moments, or whole days (see `days.ts`), `to` being the first after it. */
export interface Span {
  from: number
  to: number
  allDay: boolean
}

export interface Item extends Span {
  /** Of one thing the same wherever it stands. */
  key: string
  kind: ItemKind
  id: string
  title: string
  /** With whom. */
  contact?: string | undefined
  /** Whose: employees. */
  who: readonly string[]
  /** `fact`: it was, or is every year; nobody is to close it. */
  state: 'open' | 'overdue' | 'done' | 'fact'
  /** Where it opens; without one the calendar opens it over itself. */
  href?: string
  movable: boolean
  resizable: boolean
}

/** How long something without a duration is shown, minutes. */
const usualMinutes: Readonly<Record<'task' | 'call' | 'meeting' | 'interaction', number>> = {
  task: 30,
  call: 30,
  meeting: 60,
  interaction: 30,
}

/** When a task is; null without a due. */
export const spanOfTask = ({
  due,
  allDay,
  duration,
  kind,
}: Pick<StoredRow<'task'>, 'due' | 'allDay' | 'duration' | 'kind'>): Span | null => {
  if (due === undefined) return null
  if (!allDay)
    return { from: due, to: due + (duration ?? usualMinutes[kind]) * minute, allDay: false }
  const days = Math.max(1, Math.ceil(((duration ?? 0) * minute) / day))
  return { from: due, to: due + days * day, allDay: true }
}

const mayWrite = (subject: Subject, stored: StoredRow): boolean => {
  const row = stored as unknown as Row // a stored row is one that was projected
  return rights(subject, row, row) === null
}

export const itemOfTask = (
  task: StoredRow<'task'>,
  contact: string | undefined,
  subject: Subject,
  now: number,
): Item | null => {
  const span = spanOfTask(task)
  if (!span || task.deletedAt !== undefined) return null
  const movable = mayWrite(subject, task)
  return {
    ...span,
    key: task.id,
    kind: task.kind,
    id: task.id,
    title: task.title,
    contact,
    who: [task.responsible],
    state: task.done ? 'done' : isOverdue(task, now) ? 'overdue' : 'open',
    movable,
    resizable: movable,
  }
}

/** Of a long text its beginning is the title. */
const maxTitle = 200

export const itemOfInteraction = (
  row: StoredRow<'interaction'>,
  kind: string | undefined,
  contact: string | undefined,
  subject: Subject,
): Item => ({
  from: row.at,
  to: row.at + usualMinutes.interaction * minute,
  allDay: false,
  key: row.id,
  kind: 'interaction',
  id: row.id,
  title: (row.text ?? '').trim().slice(0, maxTitle) || (kind ?? ''),
  contact,
  who: row.createdBy === undefined ? [] : [row.createdBy],
  state: 'fact',
  movable: mayWrite(subject, row),
  resizable: false,
})

/** The whole days that it covers: the first and the last. */
export const daysCovered = ({ from, to, allDay }: Span): { first: number; last: number } =>
  allDay
    ? { first: from, last: to - day }
    : { first: wholeDay(from), last: wholeDay(Math.max(from, to - 1)) }

/** Among the whole days above the hours: without a time, or a day long and longer. */
export const isBar = (span: Span): boolean => {
  if (span.allDay) return true
  const { first } = daysCovered(span)
  return span.to >= localDay(first, 1) + day
}

export const compareItems = (a: Item, b: Item): number =>
  Number(!isBar(a)) - Number(!isBar(b)) ||
  a.from - b.from ||
  b.to - a.to ||
  a.title.localeCompare(b.title, 'ru') ||
  (a.key < b.key ? -1 : 1)

/** What is on each of these days: asked once, since a busy month has thousands of things. */
export const byDay = (
  items: readonly Item[],
  days: readonly number[],
): ReadonlyMap<number, readonly Item[]> => {
  const found = new Map<number, Item[]>(days.map((whole) => [whole, []]))
  const [start = 0] = days
  const end = days.at(-1) ?? start
  for (const item of items) {
    const { first, last } = daysCovered(item)
    const upTo = Math.min(last, end)
    for (let whole = Math.max(first, start); whole <= upTo; whole += day)
      found.get(whole)?.push(item)
  }
  return found
}

/** Which of all are shown. `who`: null is everybody. */
export interface Wanted {
  who: ReadonlySet<string> | null
  hidden: ReadonlySet<ItemKind>
  withDone: boolean
}

export const isWanted = (item: Item, { who, hidden, withDone }: Wanted): boolean =>
  !hidden.has(item.kind) &&
  (withDone || item.state !== 'done') &&
  (who === null || item.who.some((id) => who.has(id)))
