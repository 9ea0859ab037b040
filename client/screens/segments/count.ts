/** How many clients are in each segment. */
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { type FilterContext, fieldsRead, inSegment } from '../../../shared/fields/filter.ts'
import type { Segments } from '../../fields/use-segments.ts'
import { infosOf } from '../../lists/query.ts'
import type { ValueCache } from '../../lists/value-cache.ts'
import type { ReplicaBase } from '../../replica/index.ts'

/**
 * By hand from the index; all rules in one pass over the clients, which is read in steps.
 * @returns by id; null where it was called off.
 */
export const countSegments = async (
  base: ReplicaBase,
  cache: ValueCache,
  { rows, rules }: Segments,
  infos: readonly FieldInfo[],
  context: FilterContext,
  isOver: () => boolean,
): Promise<ReadonlyMap<string, number> | null> => {
  const counts = new Map<string, number>()
  for (const id of rows.keys())
    if (!rules.has(id))
      counts.set(id, await base.client.where('facets').equals(`segment:${id}`).count())
  const tests = [...rules.keys()].map((id) => ({ id, test: inSegment(id, infos, context) }))
  if (tests.length > 0) {
    for (const { id } of tests) counts.set(id, 0)
    const read = [...rules.values()].flatMap((rule) => fieldsRead(rule, context))
    // Those in the trash and merged ones have no place in this index.
    const ids = (await base.client.orderBy('sortName').primaryKeys()) as string[] // ids are strings
    await cache.each(
      ids,
      infosOf([...new Set(read)], infos),
      (_, values) => {
        if (values)
          for (const { id, test } of tests)
            if (test(values)) counts.set(id, (counts.get(id) ?? 0) + 1)
      },
      isOver,
    )
  }
  return isOver() ? null : counts
}
