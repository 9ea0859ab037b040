/** Records that lie in one another, such as the legal entities of a holding (F67). */
import type { Row } from './records/declaration.ts'

/** Deeper than any holding; a chain that long is a fault, not a company. */
const maxDepth = 1_000

/** The record that one lies in: of a merged one, what it was merged into stands for it. */
const aboveOf = (row: Row | null, field: string): string | null => {
  const next = row?.mergedInto ?? row?.[field]
  return typeof next === 'string' ? next : null
}

/**
 * Whether the change puts a record into itself, straight or by way of others. Asked only where the
 * change names another record than before.
 *
 * @param field the field that names the record above
 * @param rowOf a record as it is now, null where it is not known here
 */
export const closesRing = async (
  before: Row | null,
  after: Row,
  field: string,
  rowOf: (id: string) => Promise<Row | null>,
): Promise<boolean> => {
  const named = after[field]
  if (typeof named !== 'string' || named === before?.[field]) return false
  let above: string | null = named
  for (let depth = 0; above !== null && depth < maxDepth; depth++) {
    if (above === after.id) return true
    above = aboveOf(await rowOf(above), field)
  }
  return above !== null
}
