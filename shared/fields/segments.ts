/** The segments that somebody may use, and the rules of those that have one. */
import * as v from 'valibot'
import type { ClientSegmentRow } from '../records/client-segment.ts'
import type { FieldInfo } from './fields.ts'
import { compileFilter, type FilterContext, filter, type Group, isGroup } from './filter.ts'

export interface Segments<R extends ClientSegmentRow = ClientSegmentRow> {
  /** By id. */
  rows: ReadonlyMap<string, R>
  rules: ReadonlyMap<string, Group>
}

/** The rule of a segment; null: by hand. One that this version cannot read finds nobody. */
export const ruleOf = ({ filter: kept }: Pick<ClientSegmentRow, 'filter'>): Group | null => {
  if (kept === undefined) return null
  const parsed = v.safeParse(filter, kept)
  return parsed.success ? parsed.output : { join: 'all', of: [{ field: '', op: 'filled' }] }
}

export const segmentsOf = <R extends ClientSegmentRow>(rows: readonly R[]): Segments<R> => {
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

/**
 * Whether every condition of a segment can be asked, those of the segments that it names included. Lists
 * leave a condition that cannot be asked out and show more; what acts by itself must not act on more.
 *
 * @param leads whether the rule of another segment may decide too: who changes it chooses the clients.
 */
export const isExact = (
  segment: string,
  { rows, rules }: Segments,
  infos: readonly FieldInfo[],
  context: FilterContext,
  leads: (named: ClientSegmentRow) => boolean,
): boolean => {
  const asked = new Set([segment])
  for (const id of asked) {
    const row = rows.get(id)
    if (!row) return false
    const rule = rules.get(id)
    if (!rule) continue
    if (id !== segment && !leads(row)) return false
    if (rule.of.length === 0 || compileFilter(rule, infos, context).problems.length > 0)
      return false
    for (const named of segmentsIn(rule, rules)) asked.add(named)
  }
  return true
}

/** Segments that a rule asks for; where it asks for any or none, all that have a rule. */
const segmentsIn = (rule: Group, rules: ReadonlyMap<string, Group>): string[] =>
  rule.of.flatMap((one) => {
    if (isGroup(one)) return segmentsIn(one, rules)
    if (one.field !== 'segments') return []
    if (one.op === 'empty' || one.op === 'filled') return [...rules.keys()]
    return (Array.isArray(one.value) ? one.value : [one.value]).map(String)
  })
