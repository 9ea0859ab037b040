/** Finding keys in the index: the best of each kind, by rank. */
import Dexie from 'dexie'
import type { ReplicaBase } from '../replica/tables.ts'
import { type Rank, titleMark } from './entries.ts'
import { fits, type SoughtWord } from './forms.ts'
import type { Kind } from './kinds.ts'
import { type Block, eachNumber, listsOf } from './postings.ts'
import type { Ways } from './query.ts'
import { byRank } from './shard.ts'
import { pageSize, type StoredShard } from './tables.ts'

/** Shards asked at once: the newest few mostly hold all that is shown. */
const askedAtOnce = 4

/** After every string that begins so. */
const endOf = (beginning: string): string => `${beginning}\uffff`

export interface LookUp {
  kind: Kind
  ways: Ways
  /** By the words of names alone. */
  inTitle: boolean
  count: number
}

interface Hit {
  key: string
  rank: Rank
}

/** Keys in the order of their ranks, `count` at most. To be called in a transaction of the index's tables. */
export const lookUp = async (
  base: ReplicaBase,
  allShards: readonly StoredShard[],
  { kind, ways, inTitle, count }: LookUp,
): Promise<string[]> => {
  if (ways.length === 0) return []
  const shards = allShards
    .filter((shard) => shard.kind === kind)
    .sort((a, b) => (a.first < b.first ? -1 : 1))
  let hits: Hit[] = []
  for (let at = 0; at < shards.length; at += askedAtOnce) {
    const last = hits[count - 1]
    const next = shards[at]
    if (last && next && last.rank < next.first) break
    const found = await Promise.all(
      shards.slice(at, at + askedAtOnce).map((shard) => inShard(base, shard, ways, inTitle, count)),
    )
    hits = [...hits, ...found.flat()].sort(byRank).slice(0, count)
  }
  return hits.map(({ key }) => key)
}

const inShard = async (
  base: ReplicaBase,
  { id, size, dead }: StoredShard,
  ways: Ways,
  inTitle: boolean,
  count: number,
): Promise<Hit[]> => {
  const found = new Uint32Array(Math.ceil(size / 32))
  await Promise.all(
    ways.map(async (way) => {
      const sets = await Promise.all(way.map((word) => withWord(base, id, size, word, inTitle)))
      for (let n = 0; n < found.length; n++) {
        let all = 0xffffffff
        for (const set of sets) all &= set[n] ?? 0
        found[n] = (found[n] ?? 0) | all
      }
    }),
  )
  for (const number of dead)
    found[number >>> 5] = (found[number >>> 5] ?? 0) & ~(1 << (number & 31))
  const numbers = firstBits(found, count)
  const pages = [...new Set(numbers.map((number) => Math.floor(number / pageSize)))]
  if (pages.length === 0) return []
  const rows = await base.searchPage.bulkGet(pages.map((page) => [id, page] as [number, number]))
  return numbers.flatMap((number) => {
    const row = rows[pages.indexOf(Math.floor(number / pageSize))]
    const key = row?.keys[number % pageSize]
    const rank = row?.ranks[number % pageSize]
    return key === undefined || rank === undefined ? [] : [{ key, rank }]
  })
}

/** Documents with a word that fits, as bits. */
const withWord = async (
  base: ReplicaBase,
  shard: number,
  size: number,
  word: SoughtWord,
  inTitle: boolean,
): Promise<Uint32Array> => {
  const mark = inTitle ? titleMark : ''
  const from = mark + word.range
  const to = endOf(from)
  // Blocks are found by their last term: that which holds the end of the range comes after it. Most
  // ranges end in the second block at the latest, so that one request is enough.
  const byLast = base.searchBlock.where('[shard+last]')
  const blocks = await byLast.between([shard, from], [shard, Dexie.maxKey]).limit(2).toArray()
  const second = blocks[1]?.last
  if (second !== undefined && second < to) {
    const [middle, end] = await Promise.all([
      byLast.between([shard, second], [shard, to], false, true).toArray(),
      byLast.between([shard, to], [shard, Dexie.maxKey], false).first(),
    ])
    blocks.push(...middle, ...(end ? [end] : []))
  }
  const found = new Uint32Array(Math.ceil(size / 32))
  for (const block of blocks) collect(block, from, to, word, mark, found)
  if (!inTitle)
    for (const tag of word.tags ?? []) {
      const block = await byLast.between([shard, tag], [shard, Dexie.maxKey]).first()
      if (block) collect(block, tag, tag, word, mark, found)
    }
  return found
}

const collect = (
  block: Block,
  from: string,
  to: string,
  word: SoughtWord,
  mark: string,
  found: Uint32Array,
): void => {
  for (const [term, list] of listsOf(block)) {
    if (term < from) continue
    if (term > to) return
    if (!fits(term.slice(mark.length), word)) continue
    eachNumber(list, (number) => {
      found[number >>> 5] = (found[number >>> 5] ?? 0) | (1 << (number & 31))
    })
  }
}

const firstBits = (bits: Uint32Array, count: number): number[] => {
  const numbers: number[] = []
  for (let n = 0; n < bits.length; n++) {
    let rest = bits[n] ?? 0
    while (rest !== 0) {
      const bit = 31 - Math.clz32(rest & -rest)
      numbers.push(n * 32 + bit)
      if (numbers.length === count) return numbers
      rest &= rest - 1
    }
  }
  return numbers
}
