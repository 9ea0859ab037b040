/**
 * Where the states of records are: the one place that reads `docs` and `blocks`.
 *
 * A first sync writes states by the block, since every put into IndexedDB costs some 90 µs whatever
 * its size. A record that changes gets an entry of its own in `docs`, which counts; its copy in
 * the block stays. A block is rewritten only when a record in it is forgotten.
 */
import type { RecordType } from '../../shared/records/index.ts'
import type { ReplicaBase, StoredDoc } from './tables.ts'

/** States of records nobody changed on this device since its first sync, one after another. */
export interface StateBlock {
  n: number
  ids: string[]
  types: RecordType[]
  seqs: number[]
  /** Where each state ends in `states`. */
  ends: number[]
  states: Uint8Array
}

type NewBlock = Omit<StateBlock, 'n'>

/** To read one record its whole block is read: this many cost a millisecond or two. */
const maxRecords = 128
/** Bytes after which a block is full: Chromium keeps values over 64 KB in files of their own. */
const fullAt = 48 * 1024

export const blocksOf = (docs: readonly StoredDoc[]): NewBlock[] => {
  const blocks: NewBlock[] = []
  let waiting: StoredDoc[] = []
  let bytes = 0
  for (const doc of docs) {
    waiting.push(doc)
    bytes += doc.state.length
    if (waiting.length < maxRecords && bytes < fullAt) continue
    blocks.push(blockOf(waiting))
    waiting = []
    bytes = 0
  }
  return waiting.length > 0 ? [...blocks, blockOf(waiting)] : blocks
}

const blockOf = (docs: readonly StoredDoc[]): NewBlock => {
  const ends: number[] = []
  let end = 0
  for (const { state } of docs) {
    end += state.length
    ends.push(end)
  }
  const states = new Uint8Array(end)
  for (const [at, { state }] of docs.entries()) states.set(state, (ends[at] ?? 0) - state.length)
  return {
    ids: docs.map(({ id }) => id),
    types: docs.map(({ type }) => type),
    seqs: docs.map(({ seq }) => seq),
    ends,
    states,
  }
}

const docsIn = (
  { ids, types, seqs, ends, states }: NewBlock,
  wanted: ReadonlySet<string>,
): StoredDoc[] =>
  ids.flatMap((id, at) => {
    const [type, seq] = [types[at], seqs[at]]
    if (!wanted.has(id) || !type || seq === undefined) return []
    // A copy: a view would keep the block in memory, and be stored with all of it.
    return { id, type, seq, state: states.slice(at === 0 ? 0 : ends[at - 1], ends[at]) }
  })

/** Tables that a transaction with these functions needs. */
export const stateTables = (base: ReplicaBase) => [base.docs, base.blocks]

/** The blocks that hold any of these, each read once: a cursor would read one for each record in it. */
const blocksWith = async (base: ReplicaBase, ids: readonly string[]): Promise<StateBlock[]> => {
  if (ids.length === 0) return []
  const numbers = await base.blocks.where('ids').anyOf(ids).primaryKeys()
  return (await base.blocks.bulkGet([...new Set(numbers)])).flatMap((block) => block ?? [])
}

/** The documents in the order of their ids. */
export const readDocs = async (
  base: ReplicaBase,
  ids: readonly string[],
): Promise<(StoredDoc | undefined)[]> => {
  const docs = await base.docs.bulkGet([...ids])
  const missing = new Set(ids.filter((_, at) => !docs[at]))
  const found = new Map<string, StoredDoc>()
  // Sent twice while the first sync lasted: the newer one counts.
  for (const block of await blocksWith(base, [...missing]))
    for (const doc of docsIn(block, missing))
      if (doc.seq >= (found.get(doc.id)?.seq ?? 0)) found.set(doc.id, doc)
  return ids.map((id, at) => docs[at] ?? found.get(id))
}

/** Blocks read at once by who goes through all of them: some 800 KB. */
const blocksAtOnce = 16

/**
 * Newest changes of the relay in these records, by id: which of them changed later. For many records:
 * they are spread over all blocks, and to read these in their order takes a tenth of the time in
 * which the index of ids finds each.
 */
export const readSeqs = async (
  base: ReplicaBase,
  ids: readonly string[],
): Promise<Map<string, number>> => {
  const seqs = new Map<string, number>()
  const missing = new Set<string>()
  for (const [at, doc] of (await base.docs.bulkGet([...ids])).entries()) {
    const id = ids[at]
    if (id === undefined) continue
    if (doc) seqs.set(id, doc.seq)
    else missing.add(id)
  }
  for (let after = 0; missing.size > 0; ) {
    const blocks = await base.blocks.where('n').above(after).limit(blocksAtOnce).toArray()
    const last = blocks.at(-1)
    if (!last) break
    for (const block of blocks)
      for (const [at, id] of block.ids.entries())
        if (missing.has(id)) seqs.set(id, Math.max(seqs.get(id) ?? 0, block.seqs[at] ?? 0))
    after = last.n
  }
  return seqs
}

export const readDoc = async (base: ReplicaBase, id: string): Promise<StoredDoc | undefined> =>
  (await readDocs(base, [id]))[0]

/** Puts states of a first sync: by the block, but for those that have an entry of their own already. */
export const putFirstDocs = async (
  base: ReplicaBase,
  docs: readonly StoredDoc[],
): Promise<void> => {
  const apart = new Set(await base.docs.toCollection().primaryKeys())
  await Promise.all([
    base.docs.bulkPut(docs.filter(({ id }) => apart.has(id))),
    base.blocks.bulkAdd(blocksOf(docs.filter(({ id }) => !apart.has(id)))),
  ])
}

/** Deletes states wherever they are: nothing of them stays in a block. */
export const dropDocs = async (base: ReplicaBase, ids: readonly string[]): Promise<void> => {
  const dropped = new Set(ids)
  const [blocks] = await Promise.all([blocksWith(base, ids), base.docs.bulkDelete([...ids])])
  const rests = blocks.map((block) => ({
    n: block.n,
    left: docsIn(block, new Set(block.ids.filter((id) => !dropped.has(id)))),
  }))
  await Promise.all([
    base.blocks.bulkDelete(rests.flatMap(({ n, left }) => (left.length === 0 ? [n] : []))),
    base.blocks.bulkPut(
      rests.flatMap(({ n, left }) => (left.length > 0 ? [{ ...blockOf(left), n }] : [])),
    ),
  ])
}

/** Takes from the blocks what a newer state has replaced: it may hold what is not to be here any more. */
export const dropReplaced = async (base: ReplicaBase): Promise<void> => {
  const apart = new Set(await base.docs.toCollection().primaryKeys())
  for (const n of await base.blocks.toCollection().primaryKeys()) {
    const block = await base.blocks.get(n)
    if (!block?.ids.some((id) => apart.has(id))) continue
    const left = docsIn(block, new Set(block.ids.filter((id) => !apart.has(id))))
    if (left.length === 0) await base.blocks.delete(n)
    else await base.blocks.put({ ...blockOf(left), n })
  }
}

/** Gives every state an entry of its own: seqs of another epoch say nothing of which one is newer. */
export const unpackBlocks = async (base: ReplicaBase): Promise<void> => {
  const apart = new Set(await base.docs.toCollection().primaryKeys())
  const newest = new Map<string, number>()
  for (const n of await base.blocks.toCollection().primaryKeys()) {
    const block = await base.blocks.get(n)
    if (!block) continue
    const wanted = new Set(block.ids.filter((id) => !apart.has(id)))
    const docs = docsIn(block, wanted).filter(({ id, seq }) => seq >= (newest.get(id) ?? 0))
    for (const { id, seq } of docs) newest.set(id, seq)
    await base.docs.bulkPut(docs)
  }
  await base.blocks.clear()
}

/** Raised whenever the device loses something of what it holds (see README.md). */
export const generationOf = async (base: ReplicaBase): Promise<number> =>
  Number((await base.meta.get('generation')) ?? 0)
