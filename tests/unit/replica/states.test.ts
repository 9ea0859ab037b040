import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  dropDocs,
  putFirstDocs,
  readDoc,
  readDocs,
  readSeqs,
  unpackBlocks,
} from '../../../client/replica/states.ts'
import { openBase, type ReplicaBase, type StoredDoc } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'

const doc = (id: string, byte: number, seq = 1, length = 3): StoredDoc => ({
  id,
  type: 'client',
  seq,
  state: new Uint8Array(length).fill(byte),
})

describe('states of a first sync', () => {
  let base: ReplicaBase
  beforeEach(async () => {
    base = openBase(`states-${newId()}`)
    await base.open()
  })
  afterEach(() => base.delete())

  it('are kept many to a block and read one by one', async () => {
    const docs = Array.from({ length: 300 }, (_, n) => doc(`id-${n}`, n % 256, n, n % 7))
    await putFirstDocs(base, docs)
    expect(await base.docs.count()).toBe(0)
    expect(await base.blocks.count()).toBe(3) // 128 + 128 + 44
    expect(await readDocs(base, ['id-299', 'none', 'id-0', 'id-128'])).toEqual([
      docs[299],
      undefined,
      docs[0],
      docs[128],
    ])
  })

  it('begin another block where one has grown large', async () => {
    await putFirstDocs(base, [doc('a', 1, 1, 40_000), doc('b', 2, 1, 100_000), doc('c', 3)])
    expect((await base.blocks.toArray()).map(({ ids }) => ids)).toEqual([['a', 'b'], ['c']])
  })

  it('give way to a state of their own', async () => {
    await putFirstDocs(base, [doc('a', 1), doc('b', 1)])
    await base.docs.put(doc('a', 2))
    expect((await readDoc(base, 'a'))?.state[0]).toBe(2)
    expect((await readDoc(base, 'b'))?.state[0]).toBe(1)
  })

  it('replace one that was there already, in a block or apart', async () => {
    await base.docs.put(doc('a', 1, 1))
    await putFirstDocs(base, [doc('b', 1, 1)])
    await putFirstDocs(base, [doc('a', 2, 2), doc('b', 2, 2)])
    expect((await readDocs(base, ['a', 'b'])).map((found) => found?.state[0])).toEqual([2, 2])
  })

  it('say which of many records changed last, wherever they are', async () => {
    // Blocks of one state each, so that there are more of them than are read at once.
    const docs = Array.from({ length: 20 }, (_, n) => doc(`id-${n}`, 0, n + 1, 50_000))
    await putFirstDocs(base, docs)
    await putFirstDocs(base, [doc('id-3', 0, 40)])
    await base.docs.put(doc('id-19', 0, 50))
    expect([...(await readSeqs(base, ['id-0', 'id-3', 'id-18', 'id-19', 'none']))].sort()).toEqual([
      ['id-0', 1],
      ['id-18', 19],
      ['id-19', 50],
      ['id-3', 40],
    ])
  })

  it('leave no byte behind when they are forgotten', async () => {
    await putFirstDocs(base, [doc('a', 11), doc('b', 22), doc('c', 33)])
    await base.docs.put(doc('b', 44))
    await dropDocs(base, ['b', 'none'])
    expect(await readDoc(base, 'b')).toBeUndefined()
    const [block] = await base.blocks.toArray()
    expect([...(block?.states ?? [])]).toEqual([11, 11, 11, 33, 33, 33])
    expect(await readDoc(base, 'c')).toEqual(doc('c', 33))
    await dropDocs(base, ['a', 'c'])
    expect(await base.blocks.count()).toBe(0)
  })

  it('leave their blocks when seqs begin anew, each in its newest form', async () => {
    await putFirstDocs(base, [doc('a', 1), doc('b', 1, 5)])
    await putFirstDocs(base, [doc('a', 2, 2), doc('b', 2, 4)])
    await base.docs.put(doc('c', 3))
    await unpackBlocks(base)
    expect(await base.blocks.count()).toBe(0)
    expect(await readDocs(base, ['a', 'b', 'c'])).toEqual([
      doc('a', 2, 2),
      doc('b', 1, 5),
      doc('c', 3),
    ])
  })
})
