/** The numbers on the rail, from the replica. */
import type { ReplicaBase } from '../replica/index.ts'
import { isUnread, newestPerDialog } from '../screens/dialogs/dialog-list.ts'

export interface Counters {
  unread: number
  newAppeals: number
  hasMail: boolean
}

/** Newest segments looked at: whoever has more than that unread needs no exact number. */
const segmentsLookedAt = 500

export const readCounters = async (base: ReplicaBase): Promise<Counters> => {
  const [segments, newAppeals, accounts] = await Promise.all([
    base.segment.orderBy('lastAt').reverse().limit(segmentsLookedAt).toArray(),
    base.appeal.where('state').equals('new').count(),
    base.account.toArray(),
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
    hasMail: accounts.some(({ channel, deletedAt }) => channel === 'mail' && !deletedAt),
  }
}
