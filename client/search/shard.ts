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

/** Living documents of all inputs as one shard; nothing of the dead ones is in it. */
export const mergeShards = (inputs: readonly MergeInput[]): NewShard => {
  const merged = { keys: [] as string[], ranks: [] as Rank[] }
  const hashes: number[] = []
  const prints: number[] = []
  const heads = inputs.map(({ documents, dead }) => ({
    documents,
    dead,
    at: 0,
    renumbered: new Int32Array(documents.keys.length).fill(-1),
  }))
  // Each input is in order already; with one object for each of 60,000 documents and a sort the
  // thread would not be free for a tenth of a second.
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) {
      while (head.dead.has(head.at)) head.at++
      if (head.at < head.documents.keys.length && (!first || isBefore(head, first))) first = head
    }
    if (!first) break
    const { documents, at, renumbered } = first
    renumbered[at] = merged.keys.length
    merged.keys.push(documents.keys[at] ?? '')
    merged.ranks.push(documents.ranks[at] ?? 0)
    hashes.push(documents.hashes[at] ?? 0)
    prints.push(documents.prints[at] ?? 0)
    first.at++
  }
  return {
    documents: {
      ...merged,
      hashes: Uint32Array.from(hashes),
      prints: Uint32Array.from(prints),
    },
    blocks: blocksOf(
      mergeLists(
        inputs,
        heads.map(({ renumbered }) => renumbered),
      ),
    ),
  }
}

interface Head {
  documents: Documents
  at: number
}

const isBefore = (a: Head, b: Head): boolean => {
  const rank = a.documents.ranks[a.at] ?? 0
  const other = b.documents.ranks[b.at] ?? 0
  if (rank !== other) return rank < other
  return (a.documents.keys[a.at] ?? '') < (b.documents.keys[b.at] ?? '')
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
