/** Products of the catalogue by the beginnings of their words, for fields where one is picked. */
import { wordsOf } from '../../../shared/records/contact.ts'
import { wordsOfProduct } from '../../../shared/records/product.ts'
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

const isActive = ({ active }: Product): boolean => active !== false

const rowsOf = async (base: ReplicaBase, ids: Iterable<string>): Promise<Product[]> =>
  (await base.product.bulkGet([...ids])).flatMap((row) => row ?? [])

/** Those with this article, also the ones that are not offered; of its words so many rows are read. */
export const productsWithArticle = async (
  base: ReplicaBase,
  article: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Product[]> => {
  const words = base.product.where('words')
  const sets = await Promise.all(
    [...new Set(wordsOf(article))].map(
      async (word) => new Set(await words.equals(word).primaryKeys()),
    ),
  )
  const rows = await rowsOf(base, [...intersect(sets)].slice(0, most))
  return rows.filter((row) => row.article && plain(row.article) === plain(article))
}

/** Products with a word that begins so for each of the keys: all, or `enough` of very many. */
const withWords = async (
  base: ReplicaBase,
  keys: readonly string[],
  enough: number,
): Promise<Product[]> => {
  const begin = (key: string) => base.product.where('words').startsWith(key)
  const counted = await Promise.all(
    keys.map(async (key) => ({ key, count: keys.length > 1 ? await begin(key).count() : 0 })),
  )
  const [rarest] = counted.sort((a, b) => a.count - b.count)
  if (!rarest) return []
  // Whole words stand before those that only begin so.
  const some = await begin(rarest.key).limit(readAtMost).primaryKeys()
  const fitting = (await rowsOf(base, new Set(some))).filter((row) => {
    const words = wordsOfProduct(row)
    return isActive(row) && keys.every((key) => words.some((word) => word.startsWith(key)))
  })
  if (rarest.count <= readAtMost || fitting.length >= enough) return fitting
  // Keys alone cost less than their rows, and still too much where half the catalogue has the word.
  const sets = await Promise.all(keys.map(async (key) => new Set(await begin(key).primaryKeys())))
  return rowsOf(base, [...intersect(sets)].slice(0, readAtMost))
}

/** Active ones only: the others are not offered. */
export const findProducts = async (
  base: ReplicaBase,
  typed: string,
  count: number,
): Promise<Product[]> => {
  const ways = searchKeys(typed)
  if (ways.length === 0)
    return base.product.orderBy('sortName').filter(isActive).limit(count).toArray()
  const [named, articled, ...found] = await Promise.all([
    // They come first, and would not be among the few that are read where thousands have the word.
    base.product.where('sortName').startsWith(plain(typed)).filter(isActive).limit(count).toArray(),
    productsWithArticle(base, typed, readAtMost),
    ...ways.map((keys) => withWords(base, keys, count)),
  ])
  const byId = new Map([...named, ...articled, ...found.flat()].map((row) => [row.id, row]))
  return [...byId.values()]
    .filter(isActive)
    .sort((a, b) => rank(typed, a) - rank(typed, b) || a.name.localeCompare(b.name, 'ru'))
    .slice(0, count)
}
