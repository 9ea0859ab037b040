/** What of the tasks of a client, a contact person or an Interest its card shows. No I/O. */
import { deadlineOf } from '../../../shared/tasks.ts'
import type { TaskEntry } from './task-queries.ts'

/** So many are ahead of one at a time; what stands below them on the card stays in sight. */
const nextShown = 5

export interface Plans {
  /** What comes first stands first. */
  open: TaskEntry[]
  /** What was closed last stands first. */
  closed: TaskEntry[]
}

export const plansOf = (entries: readonly TaskEntry[]): Plans => ({
  open: entries
    .filter(({ task }) => !task.done)
    .sort((a, b) => deadlineOf(a.task) - deadlineOf(b.task)),
  closed: entries
    .filter(({ task }) => task.done)
    .sort((a, b) => (b.task.done?.at ?? 0) - (a.task.done?.at ?? 0)),
})

/** The next few. A single one more stands there itself: the button for it would take as much room. */
export const nextOf = ({ open }: Plans): TaskEntry[] =>
  open.length > nextShown + 1 ? open.slice(0, nextShown) : open
