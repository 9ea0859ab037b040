/** The segments that this user may use, and the rules of those that have one. */
import { useMemo } from 'preact/hooks'
import * as v from 'valibot'
import { filter, type Group } from '../../shared/fields/filter.ts'
import { type Replica, type StoredRow, useLive } from '../replica/index.ts'

export interface Segments {
  /** By id. */
  rows: ReadonlyMap<string, StoredRow<'clientSegment'>>
  rules: ReadonlyMap<string, Group>
}

const none: StoredRow<'clientSegment'>[] = []

/** The rule of a segment; null: by hand. One that this version cannot read finds nobody. */
export const ruleOf = ({
  filter: kept,
}: Pick<StoredRow<'clientSegment'>, 'filter'>): Group | null => {
  if (kept === undefined) return null
  const parsed = v.safeParse(filter, kept)
  return parsed.success ? parsed.output : { join: 'all', of: [{ field: '', op: 'filled' }] }
}

export const segmentsOf = (rows: readonly StoredRow<'clientSegment'>[]): Segments => {
  const living = rows.filter(({ deletedAt }) => deletedAt === undefined)
  return {
    rows: new Map(living.map((row) => [row.id, row])),
    rules: new Map(
      living.flatMap((row) => {
        const rule = ruleOf(row)
        return rule ? [[row.id, rule] as const] : []
      }),
    ),
  }
}

export const useSegments = (replica: Replica): Segments => {
  const rows = useLive<StoredRow<'clientSegment'>[]>(
    () => replica.base.clientSegment.toArray(),
    [replica],
    none,
  ).value
  return useMemo(() => segmentsOf(rows), [rows])
}
