import * as v from 'valibot'
import { ownFiles } from './contact.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  flag,
  json,
  moment,
  prose,
  type RowOf,
  ref,
  text,
  title,
} from './declaration.ts'
import { importedFields, importsColumn } from './imported.ts'
import { mayWriteRestrictable, restrictableFields, restrictedAudience } from './restrictable.ts'

export const taskKinds = {
  task: { ru: 'Задача', en: 'Task' },
  call: { ru: 'Звонок', en: 'Call' },
  meeting: { ru: 'Встреча', en: 'Meeting' },
} as const
export type TaskKind = keyof typeof taskKinds

/** Four weeks: nobody who types a task is reminded of it earlier. */
const maxRemind = 28 * 24 * 60

/** A month: what lasts longer is no task. */
export const maxDuration = 31 * 24 * 60

const closed = v.strictObject({
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000)),
  by: v.pipe(v.string(), v.uuid()),
})

const fields = {
  ...commonFields,
  title: title('Название', 'Title', 500, { required: true, personal: true }),
  kind: choice('Вид', 'Kind', taskKinds, { required: true }),
  /** Entry of the directory `taskCategory` (F144). */
  category: ref('Категория', 'Category'),
  client: ref('Клиент', 'Client', { indexed: true }),
  person: ref('Контактное лицо', 'Contact person', { indexed: true }),
  interest: ref('Интерес', 'Interest', { indexed: true }),
  dialog: ref('Диалог', 'Dialog', { indexed: true }),
  /** With `allDay` midnight UTC of the day: a day is the same day in every time zone. */
  due: moment('Срок', 'Due'),
  allDay: flag('Весь день', 'All day'),
  /** Minutes from the due on, of whole days 1440 each; absent: the usual, a day (F77). */
  duration: json(
    'Длительность',
    'Duration',
    v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(maxDuration)),
  ),
  /** Minutes before the due (F139); absent: never. */
  remind: json(
    'Предупредить',
    'Remind',
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxRemind)),
  ),
  responsible: ref('Ответственный', 'Responsible', { required: true, indexed: true }),
  ...restrictableFields,
  /** Who is made responsible by another is told of it (F140). */
  notify: flag('Оповестить', 'Notify'),
  description: prose('Описание', 'Description', 20_000, { personal: true }),
  /** One key: closing and reopening is one decision. */
  done: json('Закрыто', 'Closed', closed),
  result: text('Результат', 'Result', 5_000, { personal: true }),
  custom: customValues,
  ...importedFields,
} as const

export type TaskRow = RowOf<typeof fields>

/** Where tasks without a due stand among the open ones: after all others. */
export const noDue = 8.64e15

/** A task, a planned call or meeting: all that somebody is to do (F138-F150, F153). Its author is `createdBy`. */
export const task: Declaration<TaskRow> & { fields: typeof fields } = {
  type: 'task',
  label: { ru: 'Дело', en: 'Task' },
  fields,
  maxStateBytes: 500_000,
  audience: restrictedAudience,
  mayWrite: mayWriteRestrictable,
  trash: true,
  files: ownFiles,
  // An index holds no row that lacks its column: what is open, what is closed, and neither in the trash.
  deviceColumns: (row) => ({
    ...importsColumn(row.imports),
    ...(row.deletedAt === undefined &&
      (row.done ? { closedAt: row.done.at } : { openAt: row.due ?? noDue })),
    // Those that reach into another day: few, so that a page of the calendar need not read a month.
    ...((row.duration ?? 0) > 24 * 60 && { longFrom: row.due }),
  }),
  deviceIndexes: [
    'openAt',
    '[responsible+openAt]',
    'closedAt',
    'due',
    'longFrom',
    'deletedAt',
    '*importIds',
  ],
}
