/** The numbers on the rail, from the replica. */
import { dueMargin, isOverdue } from '../../shared/tasks.ts'
import type { ReplicaBase } from '../replica/index.ts'
import { isUnread, newestPerDialog } from '../screens/dialogs/dialog-list.ts'

export interface Counters {
  unread: number
  newAppeals: number
  /** Open tasks of oneself whose time is over. */
  overdue: number
}

/** Newest segments looked at: whoever has more than that unread needs no exact number. */
const segmentsLookedAt = 500

const overdueOf = async (base: ReplicaBase, who: string, now: number): Promise<number> => {
  const near = await base.task
    .where('[responsible+openAt]')
    .between([who, 0], [who, now + dueMargin])
    .toArray()
  return near.filter((task) => isOverdue(task, now)).length
}

/** `own`: oneself and the roles one holds. */
export const readCounters = async (
  base: ReplicaBase,
  own: readonly string[],
  now: number,
): Promise<Counters> => {
  const [overdue, segments, newAppeals] = await Promise.all([
    Promise.all(own.map((who) => overdueOf(base, who, now))),
    base.segment.orderBy('lastAt').reverse().limit(segmentsLookedAt).toArray(),
    base.appeal
      .where('state')
      .equals('new')
      .filter(({ mergedInto }) => mergedInto === undefined)
      .count(),
  ])
  const incoming = newestPerDialog(segments).filter(({ last }) => last?.direction === 'in')
  const dialogs = await base.dialog.bulkGet(incoming.map(({ dialog }) => dialog))
  const unread = incoming.filter(({ lastAt, last }, index) => {
    const dialog = dialogs[index]
    return (
      dialog !== undefined && dialog.deletedAt === undefined && isUnread({ dialog, lastAt, last })
    )
  })
  return {
    unread: unread.length,
    newAppeals,
    overdue: overdue.reduce((sum, count) => sum + count, 0),
  }
}
