/**
 * What is to be done with the clients of a segment (F75): one task for each, or one in each period of so
 * many days while none of an earlier one is open. Periods are counted from when it was set up. The id of a task says
 * for which client and period it is, so that whoever makes it again, after a restart or beside another,
 * makes the same, and one that lies in the trash is not made anew.
 */
import { day } from './clock.ts'
import { derivedId } from './ids.ts'
import type { Patch } from './records/change.ts'
import type { Errands } from './records/client-segment.ts'
import type { TaskRow } from './records/task.ts'
import { wholeDay } from './tasks.ts'

type Period = Pick<Errands, 'since' | 'every'>

/** Which period it is; a clock that is behind is in the first one. Of what is made once there is one. */
export const periodAt = ({ since, every }: Period, at: number): number =>
  every === undefined ? 0 : Math.max(0, Math.floor((at - since) / (every * day)))

export const errandId = ({ id }: Pick<Errands, 'id'>, client: string, period: number): string =>
  derivedId('errand', id, client, String(period))

/** Whether a task was made so. */
export const isErrandOf = (
  errands: Period & Pick<Errands, 'id'>,
  { id, client, createdAt }: Pick<TaskRow, 'id' | 'client' | 'createdAt'>,
): boolean =>
  client !== undefined &&
  createdAt !== undefined &&
  id === errandId(errands, client, periodAt(errands, createdAt))

/** `responsible`: of those who answer for the client, who can be given something to do. */
export const errandPatch = (
  { kind, title, category, due, to, by }: Errands,
  client: string,
  responsible: string | undefined,
  now: number,
): Patch => ({
  title,
  kind,
  client,
  due: wholeDay(now) + due * day,
  allDay: true,
  responsible: to ?? responsible ?? by,
  createdAt: now,
  createdBy: by,
  ...(category && { category }),
})
