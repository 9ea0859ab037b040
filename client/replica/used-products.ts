import type { ReplicaBase } from './tables.ts'

/** Those of the products that stand in lines of Interests, as far as this device holds them. */
export const usedProducts = async (
  base: ReplicaBase,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const facets = await base.interest
    .where('facets')
    .anyOf(ids.map((id) => `product:${id}`))
    .keys()
  return new Set(facets.map((facet) => String(facet).slice('product:'.length)))
}
