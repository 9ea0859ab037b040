/** Products of the catalogue by the beginnings of their words, for fields where one is picked. */
import type { ReplicaBase } from '../../replica/index.ts'
import { intersect } from '../clients/client-list.ts'
import { searchKeys } from '../clients/search-keys.ts'
import type { Product } from './product-acts.ts'

/** Rows read to find the best of: a letter or two begin words of thousands. */
const readAtMost = 200

const plain = (text: string): string => text.trim().toLowerCase().replaceAll('ё', 'е')

/** The one with this article first, then those whose name begins so, then by name. */
const rank = (typed: string, { name, article }: Product): number => {
  const wanted = plain(typed)
  if (article && plain(article) === wanted) return 0
  return plain(name).startsWith(wanted) ? 1 : 2
}

/** Active ones only: the others are not offered. */
export const findProducts = async (
  base: ReplicaBase,
  typed: string,
  count: number,
): Promise<Product[]> => {
  const ways = searchKeys(typed)
  if (ways.length === 0)
    return base.product
      .orderBy('sortName')
      .filter(({ active }) => active !== false)
      .limit(count)
      .toArray()
  const sets = await Promise.all(
    ways.map(async (way) =>
      intersect(
        await Promise.all(
          way.map(
            async (key) => new Set(await base.product.where('words').startsWith(key).primaryKeys()),
          ),
        ),
      ),
    ),
  )
  const ids = [...new Set(sets.flatMap((set) => [...set]))].slice(0, readAtMost)
  return (await base.product.bulkGet(ids))
    .flatMap((row) => (row && row.active !== false ? [row] : []))
    .sort((a, b) => rank(typed, a) - rank(typed, b) || a.name.localeCompare(b.name, 'ru'))
    .slice(0, count)
}
