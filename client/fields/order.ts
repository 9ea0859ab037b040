/** Places in lists that people arrange: fractional indexes, so that two who move apart both keep theirs. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

interface Placed {
  id: string
  order?: string
}

/** The index after all of them. */
export const lastOrder = (rows: readonly Placed[]): string => {
  const orders = rows.flatMap(({ order }) => order ?? []).sort()
  return generateKeyBetween(orders.at(-1) ?? null, null)
}

/**
 * New indexes, by id, that bring `id` to the place `index` among the others: of it alone, or of all
 * where two have the same or none.
 */
export const movedOrders = (
  rows: readonly Placed[],
  id: string,
  index: number,
): Map<string, string> => {
  const others = rows.filter((row) => row.id !== id)
  const before = others[index - 1]
  const after = others[index]
  const low = before ? before.order : null
  const high = after ? after.order : null
  const fits = low !== undefined && high !== undefined && (!low || !high || low < high)
  if (fits) return new Map([[id, generateKeyBetween(low, high)]])
  const order = [...others.slice(0, index).map((row) => row.id), id]
  for (const row of others.slice(index)) order.push(row.id)
  const keys = generateNKeysBetween(null, null, order.length)
  return new Map(order.map((each, at) => [each, keys[at] ?? '']))
}
