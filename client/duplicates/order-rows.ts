/** A few records in the order in which they are proposed as the main one (F233), with no index of all. */
import { byStanding, type Standing } from '../../shared/duplicates/groups.ts'
import { isMergeable } from '../../shared/duplicates/may-merge.ts'
import {
  completeness,
  isStrict,
  type MergedRow,
  type MergedType,
} from '../../shared/duplicates/merge.ts'
import type { Subject } from '../../shared/rights.ts'
import { readSeqs } from '../replica/states.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { citationsOf } from './citations.ts'

/**
 * The proposed main record first. Who may only be read comes before all that can be merged, since it
 * can be nothing but the main one.
 */
export const inMergeOrder = async (
  base: ReplicaBase,
  table: MergedType,
  rows: readonly MergedRow[],
  subject: Subject,
): Promise<MergedRow[]> => {
  const seqs = await readSeqs(
    base,
    rows.map(({ id }) => id),
  )
  const standings = new Map<string, Standing>()
  for (const row of rows)
    standings.set(row.id, {
      citations: await citationsOf(base, table, row.id),
      changed: (await base.outbox.where('doc').equals(row.id).count())
        ? Number.POSITIVE_INFINITY
        : (seqs.get(row.id) ?? 0),
      completeness: completeness(table, row),
      mergeable: true,
      strict: isStrict(row),
    })
  const standing = (row: MergedRow): Standing =>
    standings.get(row.id) ?? { citations: 0, changed: 0, completeness: 0, mergeable: true }
  return [...rows].sort(
    (a, b) =>
      Number(isMergeable(subject, a)) - Number(isMergeable(subject, b)) ||
      byStanding(standing(a), standing(b)),
  )
}
