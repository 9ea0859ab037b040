import * as v from 'valibot'
import {
  commonFields,
  type Declaration,
  flag,
  json,
  type RowOf,
  ref,
  title,
} from './declaration.ts'

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
    if (!before) return after.owner === subject.id ? null : 'forbidden'
    return before.owner === subject.id || subject.administrator ? null : 'forbidden'
  },
}
