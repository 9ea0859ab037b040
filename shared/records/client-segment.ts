import * as v from 'valibot'
import { sameValue } from '../equality.ts'
import {
  commonFields,
  type Declaration,
  flag,
  json,
  type RowOf,
  ref,
  title,
} from './declaration.ts'
import { type TaskKind, taskKinds } from './task.ts'

const id = v.pipe(v.string(), v.uuid())
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Until a task is due, or between two of them: what is to be done in more than a year is for another rule. */
export const mostDays = 366
const days = (least: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(mostDays))

/** What the relay gives people to do with the clients of a segment (see `shared/errands.ts`). */
const errands = v.strictObject({
  /** Another one where all clients are to be gone through anew. */
  id,
  on: v.boolean(),
  kind: v.picklist(Object.keys(taskKinds) as TaskKind[]), // Object.keys forgets the key type
  title: v.pipe(v.string(), v.maxLength(500), v.regex(/\S/u)),
  /** Entry of the directory `taskCategory`. */
  category: v.optional(id),
  /** Days from the day of making to the day it is due. */
  due: days(0),
  /** An employee; absent: who answers for the client. */
  to: v.optional(id),
  /** Days; absent: one for each client. */
  every: v.optional(days(1)),
  /** With whose rights: theirs who changed it last. */
  by: id,
  since: moment,
})
export type Errands = v.InferOutput<typeof errands>

/**
 * Why nothing is made: who set it up is blocked, or may not see the segment any more; the one to be given
 * the tasks is blocked; a condition cannot be asked at the relay.
 */
const errandStops = ['blocked', 'forbidden', 'to', 'rule'] as const
export type ErrandStop = (typeof errandStops)[number]

const errandsMade = v.strictObject({
  /** `errands.id` that it tells of. */
  of: id,
  /** How many in all, and when the last. */
  made: count,
  at: v.optional(moment),
  /** Clients whose turn comes with a later run. */
  waiting: count,
  /** Clients for whom who set it up may make no such task. */
  refused: count,
  /** Why nothing is made at all. */
  stopped: v.optional(v.picklist(errandStops)),
})
export type ErrandsMade = v.InferOutput<typeof errandsMade>

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 200, { required: true }),
  /**
   * The rule; absent where clients are put in by hand, which their field `segments` says. Checked by
   * who reads it: a device must survive a rule made by a newer program.
   */
  filter: json('Правило', 'Rule', v.unknown()),
  owner: ref('Чей', 'Owner', { required: true, changedBy: 'nobody' }),
  /** Everyone may use it; its owner and administrators change it. */
  shared: flag('Общий', 'Shared'),
  errands: json('Поручения', 'Errands', errands),
  errandsMade: json('Поставлено поручений', 'Errands made', errandsMade, { changedBy: 'services' }),
} as const

export type ClientSegmentRow = RowOf<typeof fields>

/**
 * A segment of the client base (F75), by hand or by rule. A rule is asked of what each reader may
 * read, and so shows nobody a client that is not theirs.
 */
export const clientSegment: Declaration<ClientSegmentRow> & { fields: typeof fields } = {
  type: 'clientSegment',
  label: { ru: 'Сегмент', en: 'Segment' },
  fields,
  maxStateBytes: 100_000,
  audience: (row) => (row.shared ? ['all'] : [`user:${row.owner}`]),
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (before ? before.owner !== subject.id && !subject.administrator : after.owner !== subject.id)
      return 'forbidden'
    // Nobody sends another's rights to clients of their own choice.
    const isSame =
      sameValue(before?.errands, after.errands) && sameValue(before?.filter, after.filter)
    return isSame || !after.errands || after.errands.by === subject.id ? null : 'forbidden'
  },
}
