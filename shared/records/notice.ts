import { sameValue } from '../equality.ts'
import { derivedId } from '../ids.ts'
import {
  choice,
  commonFields,
  type Declaration,
  moment,
  type RowOf,
  ref,
  strings,
  text,
} from './declaration.ts'

export const noticeKinds = {
  assigned: { ru: 'Вы назначены ответственным', en: 'You were made responsible' },
  date: { ru: 'Напоминание о дате', en: 'Reminder of a date' },
  import: { ru: 'Импорт закончен', en: 'Import is done' },
} as const

const fields = {
  ...commonFields,
  user: ref('Кому', 'For', { required: true, indexed: true, changedBy: 'nobody' }),
  kind: choice('Вид', 'Kind', noticeKinds, { required: true, changedBy: 'nobody' }),
  /** Who caused it. */
  by: ref('Кто', 'By', { changedBy: 'nobody' }),
  at: moment('Когда', 'When', { required: true, indexed: true, changedBy: 'nobody' }),
  recordType: text('Вид записи', 'Record type', 50, { changedBy: 'nobody' }),
  /** The records it is about, the first of many. */
  records: strings('Записи', 'Records', 50, 36, { changedBy: 'nobody' }),
  /** How many records, where they are more than are named. */
  count: moment('Сколько', 'How many', { changedBy: 'nobody' }),
  title: text('Текст', 'Text', 500, { personal: true, changedBy: 'nobody' }),
  readAt: moment('Прочитано', 'Read'),
} as const

export type NoticeRow = RowOf<typeof fields>

/** Something that one employee is told in the program (F56, F316). */
export const notice: Declaration<NoticeRow> & { fields: typeof fields } = {
  type: 'notice',
  label: { ru: 'Уведомление', en: 'Notification' },
  fields,
  maxStateBytes: 50_000,
  audience: (row) => [`user:${row.user}`],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (after.user !== subject.id) return 'forbidden'
    // The device itself finds that a date is near, and that an import is done.
    if (!before) return after.kind === 'assigned' ? 'forbidden' : null
    const changed = { ...after, readAt: before.readAt, deletedAt: before.deletedAt }
    return sameValue({ ...changed, deletedBy: before.deletedBy }, before) ? null : 'forbidden'
  },
}

/** One notification per cause: told twice, it is the same. */
export const noticeId = (user: string, kind: keyof typeof noticeKinds, cause: string): string =>
  derivedId('notice', user, kind, cause)
