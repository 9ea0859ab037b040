import {
  choice,
  commonFields,
  type Declaration,
  moment,
  type RowOf,
  ref,
  text,
} from './declaration.ts'

/** Each can be switched off by its user (`quiet` of an employee). */
export const noticeKinds = {
  responsible: { ru: 'Вас назначили ответственным', en: 'You were made responsible' },
  task: { ru: 'Вам поставили дело', en: 'You were given a task' },
  access: { ru: 'Вам открыли доступ', en: 'You were given access' },
  substitution: { ru: 'Вас назначили заместителем', en: 'You were appointed a deputy' },
  reminder: { ru: 'Напоминания о делах', en: 'Reminders of tasks' },
  contract: { ru: 'Окончание договоров', en: 'Ends of contracts' },
  date: { ru: 'Дни рождения и другие даты', en: 'Birthdays and other dates' },
} as const
export type NoticeKind = keyof typeof noticeKinds

/** What devices make for their own user by the clock; everything else the relay makes. */
const ownKinds: ReadonlySet<NoticeKind> = new Set(['reminder', 'contract', 'date'])

const fields = {
  ...commonFields,
  user: ref('Кому', 'For', { required: true, changedBy: 'nobody' }),
  kind: choice('Вид', 'Kind', noticeKinds, { required: true, changedBy: 'nobody' }),
  /** The record that it is about: nothing of it is repeated here, so that nothing has to be erased. */
  about: ref('О чём', 'About', { required: true, changedBy: 'nobody' }),
  aboutType: text('Вид записи', 'Type of the record', 40, { required: true, changedBy: 'nobody' }),
  by: ref('Кто', 'By', { changedBy: 'nobody' }),
  /** Of `date`: which of the contact's dates; and the day it falls on, `2026-11-22`, of `contract` its last. */
  part: text('Дата', 'Date', 100, { changedBy: 'nobody' }),
  day: text('День', 'Day', 10, { changedBy: 'nobody' }),
  at: moment('Когда', 'When', { required: true }),
  read: moment('Прочитано', 'Read'),
} as const

export type NoticeRow = RowOf<typeof fields>

/** Something that one user is told of (F56, F71, F139, F140, F316). Its id comes from its cause. */
export const notice: Declaration<NoticeRow> & { fields: typeof fields } = {
  type: 'notice',
  label: { ru: 'Оповещение', en: 'Notice' },
  fields,
  maxStateBytes: 20_000,
  audience: (row) => [`user:${row.user}`],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (after.user !== subject.id) return 'forbidden'
    return before || ownKinds.has(after.kind) ? null : 'forbidden'
  },
  // An index holds no row that lacks its column: counting what is unread reads nothing else.
  deviceColumns: (row) => (row.read === undefined ? { unread: row.at } : {}),
  deviceIndexes: ['at', 'unread'],
}
