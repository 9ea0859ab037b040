/**
 * Shards: parts of the index that never change once written. A document's number in a shard is its
 * place by rank, so that a list of numbers is in the order of what is shown. What was changed is
 * written into a new shard and is dead in the old one; shards are merged without their dead. No I/O.
 */
import type { Entry, Rank } from './entries.ts'
import { type Block, blocksOf, eachNumber, listsOf, pack } from './postings.ts'

/** Documents of a shard, by number. */
export interface Documents {
  keys: string[]
  ranks: Rank[]
  /** Hash of each key: says where a document may be without reading the keys. */
  hashes: Uint32Array
  /** Hash of rank and terms: a document that came again unchanged is left where it is. */
  prints: Uint32Array
}

export interface NewShard {
  documents: Documents
  /** Lazy: a large merge is written piece by piece. */
  blocks: Iterable<Block>
}

const fnvOffset = 0x811c9dc5
const fnvPrime = 0x01000193

/** FNV-1a over UTF-16 units. */
export const hashOf = (text: string, seed = fnvOffset): number => {
  let hash = seed
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), fnvPrime)
  return hash >>> 0
}

/** Terms in any order give the same print. */
export const printOf = ({ rank, terms }: Pick<Entry, 'rank' | 'terms'>): number => {
  let sum = hashOf(String(rank))
  for (const term of terms) sum = (sum + hashOf(term)) >>> 0
  return sum
}

/** The order of documents, in a shard and in what is shown. */
export const byRank = (a: { rank: Rank; key: string }, b: { rank: Rank; key: string }): number => {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

export interface ShardBuilder {
  add: (entry: Entry, print: number) => void
  finish: () => NewShard
}

/** Takes entries in any order, one by one, so that other work may go between. */
export const shardBuilder = (): ShardBuilder => {
  const documents: { key: string; rank: Rank; print: number; place: number }[] = []
  const placesByTerm = new Map<string, number[]>()
  return {
    add: ({ key, rank, terms }, print) => {
      const place = documents.length
      documents.push({ key, rank, print, place })
      for (const term of terms) {
        const places = placesByTerm.get(term)
        if (places) places.push(place)
        else placesByTerm.set(term, [place])
      }
    },
    finish: () => {
      const sorted = documents.sort(byRank)
      const numbers = new Uint32Array(sorted.length)
      sorted.forEach(({ place }, number) => {
        numbers[place] = number
      })
      return {
        documents: {
          keys: sorted.map(({ key }) => key),
          ranks: sorted.map(({ rank }) => rank),
          hashes: Uint32Array.from(sorted, ({ key }) => hashOf(key)),
          prints: Uint32Array.from(sorted, ({ print }) => print),
        },
        blocks: blocksOf(renumberedLists(placesByTerm, numbers)),
      }
    },
  }
}

function* renumberedLists(
  placesByTerm: ReadonlyMap<string, number[]>,
  numbers: Uint32Array,
): Generator<[string, Uint8Array]> {
  for (const term of [...placesByTerm.keys()].sort()) {
    const places = placesByTerm.get(term) ?? []
    yield [term, pack(Uint32Array.from(places, (place) => numbers[place] ?? 0).sort())]
  }
}

export interface MergeInput {
  documents: Documents
  dead: ReadonlySet<number>
  /** In order of their terms. */
  blocks: readonly Block[]
}

interface Place {
  input: number
  number: number
  key: string
  rank: Rank
}

/** Living documents of all inputs as one shard; nothing of the dead ones is in it. */
export const mergeShards = (inputs: readonly MergeInput[]): NewShard => {
  const places: Place[] = inputs.flatMap(({ documents: { keys, ranks }, dead }, input) =>
    keys.flatMap((key, number) =>
      dead.has(number) ? [] : [{ input, number, key, rank: ranks[number] ?? 0 }],
    ),
  )
  places.sort(byRank)
  const renumbered = inputs.map(({ documents }) => new Int32Array(documents.keys.length).fill(-1))
  places.forEach(({ input, number }, next) => {
    const numbers = renumbered[input]
    if (numbers) numbers[number] = next
  })
  const pick = (name: 'hashes' | 'prints') =>
    Uint32Array.from(places, ({ input, number }) => inputs[input]?.documents[name][number] ?? 0)
  return {
    documents: {
      keys: places.map(({ key }) => key),
      ranks: places.map(({ rank }) => rank),
      hashes: pick('hashes'),
      prints: pick('prints'),
    },
    blocks: blocksOf(mergeLists(inputs, renumbered)),
  }
}

function* listsOfAll(blocks: readonly Block[]): Generator<[string, Uint8Array]> {
  for (const block of blocks) yield* listsOf(block)
}

function* mergeLists(
  inputs: readonly MergeInput[],
  renumbered: readonly Int32Array[],
): Generator<[string, Uint8Array]> {
  const heads = inputs.map(({ blocks }, input) => {
    const lists = listsOfAll(blocks)
    return { lists, next: lists.next(), numbers: renumbered[input] ?? new Int32Array() }
  })
  for (;;) {
    let term: string | undefined
    for (const { next } of heads)
      if (!next.done && (term === undefined || next.value[0] < term)) term = next.value[0]
    if (term === undefined) return
    const merged: number[] = []
    for (const head of heads) {
      if (head.next.done || head.next.value[0] !== term) continue
      eachNumber(head.next.value[1], (number) => {
        const next = head.numbers[number] ?? -1
        if (next >= 0) merged.push(next)
      })
      head.next = head.lists.next()
    }
    if (merged.length > 0) yield [term, pack(Uint32Array.from(merged).sort())]
  }
}
