/**
 * Reminders of the clock: what this device writes for its user when a time has come (F71, F139). Ids
 * come from the cause, so that several devices make one notice, also after days without a network.
 */
import { day, minute } from '../../shared/clock.ts'
import { derivedId } from '../../shared/ids.ts'
import { usualNotice } from '../../shared/records/contract.ts'
import type { NoticeKind } from '../../shared/records/notice.ts'
import { remindAt } from '../../shared/tasks.ts'
import type { ReplicaBase, StoredRow, Write } from '../replica/index.ts'
import { dayFrom, remindedOf, yearDays } from './contact-dates.ts'

/** What was missed longer ago, ms, is no news; days of contacts go by sooner. */
const missedTask = 30 * day
const missedDays = 7
/** The longest reminder, and a day more than time zones differ. */
const ahead = 30 * day

export interface Reminded {
  user: string
  /** Oneself and the roles one holds. */
  own: ReadonlySet<string>
  quiet: readonly string[]
}

/** Where the wanted time was over before the task was made, its due itself. */
const taskMoment = (task: StoredRow<'task'>): number | null => {
  const at = remindAt(task)
  return at !== null && at <= (task.createdAt ?? 0) ? remindAt({ ...task, remind: 0 }) : at
}

const noticeWrite = (
  kind: NoticeKind,
  user: string,
  about: { id: string; type: string },
  at: number,
  cause: readonly string[],
  more: Record<string, unknown> = {},
): Write => ({
  type: 'notice',
  id: derivedId('notice', kind, about.id, user, ...cause),
  patch: { user, kind, about: about.id, aboutType: about.type, at, ...more },
})

const ofTasks = async (base: ReplicaBase, { user, own }: Reminded, now: number) => {
  const lists = await Promise.all(
    [...own].map((who) =>
      base.task
        .where('[responsible+openAt]')
        .between([who, now - missedTask - ahead], [who, now + ahead])
        .toArray(),
    ),
  )
  return lists.flat().flatMap((task): Write[] => {
    const at = taskMoment(task)
    if (at === null || at > now || at < now - missedTask) return []
    const cause = [String(task.due), String(task.remind)]
    return [noticeWrite('reminder', user, task, at, cause)]
  })
}

const ofContacts = async (base: ReplicaBase, { user, own }: Reminded, now: number) => {
  const keys = yearDays(now, -missedDays, missedDays + 1)
  const [clients, persons] = await Promise.all([
    base.client.where('reminders').anyOf(keys).distinct().toArray(),
    base.person.where('reminders').anyOf(keys).distinct().toArray(),
  ])
  const mine = [...clients, ...persons].filter(({ managers }) =>
    managers?.some((id) => own.has(id)),
  )
  return mine.flatMap((contact) =>
    contact.dates.flatMap((part) =>
      Array.from({ length: missedDays + 1 }, (_, ago) => ago).flatMap((ago): Write[] => {
        const falls = remindedOf(part, dayFrom(now, -ago))
        if (falls === null) return []
        const at = now - ago * day - (now % minute)
        return [
          noticeWrite('date', user, contact, at, [part.id, falls], { part: part.id, day: falls }),
        ]
      }),
    ),
  )
}

/** One ends every so often: those of the longest reminder that is possible are few. */
const longestNotice = 366

/** Of contracts that end without being renewed; nothing of one that is over. */
const ofContracts = async (base: ReplicaBase, { user, own }: Reminded, now: number) => {
  const ending = await base.contract
    .where('ends')
    .between(dayFrom(now, 0), dayFrom(now, longestNotice), true, true)
    .toArray()
  return ending.flatMap((contract): Write[] => {
    const { validTo, remindDays = usualNotice, responsible = '' } = contract
    if (validTo === undefined || remindDays === 0 || !own.has(responsible)) return []
    if (validTo > dayFrom(now, remindDays)) return []
    return [
      noticeWrite('contract', user, contract, now - (now % minute), [validTo], { day: validTo }),
    ]
  })
}

/** What is to be written now; nothing of what is there already. */
export const dueReminders = async (
  base: ReplicaBase,
  reminded: Reminded,
  now: number,
): Promise<Write[]> => {
  const writes = [
    ...(reminded.quiet.includes('reminder') ? [] : await ofTasks(base, reminded, now)),
    ...(reminded.quiet.includes('contract') ? [] : await ofContracts(base, reminded, now)),
    ...(reminded.quiet.includes('date') ? [] : await ofContacts(base, reminded, now)),
  ]
  const there = await base.notice.bulkGet(writes.map(({ id }) => id))
  return writes.filter((_, index) => there[index] === undefined)
}
