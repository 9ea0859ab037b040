/** Whom the errands of one segment concern, asked with the rights of who set them up. */
import { entriesBelow } from '../../shared/fields/entries-below.ts'
import { fieldsOf } from '../../shared/fields/fields.ts'
import { fieldsRead, inSegment } from '../../shared/fields/filter.ts'
import { isExact, segmentsOf } from '../../shared/fields/segments.ts'
import type { ClientSegmentRow, ErrandStop, Errands } from '../../shared/records/client-segment.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { DirectoryRow } from '../../shared/records/directory.ts'
import { seenFields } from '../../shared/records/field.ts'
import { mayRead, type Subject } from '../../shared/rights.ts'
import type { Directory } from '../directory.ts'
import { reader as audienceReader } from '../feed/plan.ts'
import { reader } from '../rest/reader.ts'
import type { WorkspaceStore } from '../store/store.ts'

export interface Plan {
  segment: ClientSegmentRow
  errands: Errands
  subject: Subject
  /** Whether they may read what has this audience, kept as text. */
  may: (audience: string) => boolean
  /** Whether a client is in the segment. */
  test: (row: Row) => boolean
  /** The client with what lies apart and is theirs to see; the row itself where no condition asks for that. */
  whole: (row: Row, seq: number) => Promise<Row>
}

export interface PlanWorld {
  store: WorkspaceStore
  directory: Directory
  segments: readonly ClientSegmentRow[]
  entries: ReadonlyMap<string, DirectoryRow>
  now: number
}

/** The plan, or why nothing may be made. */
export const planOf = (
  segment: ClientSegmentRow,
  errands: Errands,
  { store, directory, segments, entries, now }: PlanWorld,
): Plan | ErrandStop => {
  const subject = directory.subjectOf(errands.by)
  if (!subject) return 'blocked'
  const isSeen = (row: ClientSegmentRow) => mayRead(subject, row as unknown as Row) // a projected one
  if (!isSeen(segment)) return 'forbidden'
  if (errands.to !== undefined && !directory.subjectOf(errands.to)) return 'to'
  const seen = segmentsOf(segments.filter(isSeen))
  // Without the ABC and XYZ classes, which a device counts over what its user may read.
  const infos = fieldsOf('client', seenFields(subject, directory.fields()))
  const context = {
    user: errands.by,
    today: new Date(now),
    below: entriesBelow(entries),
    rules: seen.rules,
  }
  // Another's rule would choose clients with the rights, and by the hidden fields, of who set this up.
  const leads = ({ owner }: ClientSegmentRow) =>
    owner === errands.by || directory.employee(owner)?.role === 'administrator'
  if (!isExact(segment.id, seen, infos, context, leads)) return 'rule'
  const rule = seen.rules.get(segment.id)
  const apart = directory.apart()
  const asksApart =
    rule !== undefined &&
    fieldsRead(rule, context).some((key) => apart.has(key.slice('custom/'.length)))
  const { whole } = reader({ store, directory }, subject)
  return {
    segment,
    errands,
    subject,
    may: audienceReader(subject.tokens),
    test: inSegment(segment.id, infos, context),
    whole: async (row, seq) => (asksApart ? (await whole(row, seq)).row : row),
  }
}
