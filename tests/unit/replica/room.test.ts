import { expect, onTestFinished, test } from 'vitest'
import { makeRoom, roomMadeKey, withRoom } from '../../../client/replica/room.ts'
import { openBase, type StoredFile } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import { ok } from '../../../shared/reasons.ts'

const opened = async () => {
  const base = openBase(`device-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete())
  return base
}

const file = (hash: string, unsent: 0 | 1): StoredFile => ({
  hash,
  blob: new Blob(),
  name: '',
  type: '',
  size: 0,
  lastUsed: 0,
  unsent,
})

const block = { shard: 1, last: 'я', first: 'а', terms: [], postings: new Uint8Array() }

const full = () => {
  throw new DOMException('', 'QuotaExceededError')
}

const filled = async () => {
  const base = await opened()
  await base.files.bulkPut([file('cached', 0), file('own', 1)])
  await base.table('searchBlock').put(block)
  await base.table('searchShard').put({ id: 1 })
  await base.docs.put({ id: 'a', type: 'client', seq: 1, state: new Uint8Array() })
  const left = async () => ({
    files: await base.files.toCollection().primaryKeys(),
    index: await base.searchBlock.count(),
    docs: await base.docs.count(),
  })
  return { base, left }
}

test('room is made of cached files first, then of the search index, then of nothing', async () => {
  const { base, left } = await filled()
  expect(await makeRoom(base, () => 7)).toBe(true)
  expect(await left()).toEqual({ files: ['own'], index: 1, docs: 1 })
  expect(await base.meta.get(roomMadeKey)).toBeUndefined()
  expect(await makeRoom(base, () => 7)).toBe(true)
  expect(await left()).toEqual({ files: ['own'], index: 0, docs: 1 })
  expect(await base.searchShard.count()).toBe(0)
  expect(await base.meta.get(roomMadeKey)).toBe(7)
  expect(await makeRoom(base, () => 7)).toBe(false)
  expect(await left()).toEqual({ files: ['own'], index: 0, docs: 1 })
})

test('work that does not fit is done again after each thing that went, and no more often', async () => {
  const { base } = await filled()
  const deps = { base, clock: () => 7 }
  let tries = 0
  expect(await withRoom(deps, async () => (++tries < 3 ? full() : ok(tries)))).toEqual(ok(3))
  expect(await withRoom(deps, async () => full())).toEqual({ ok: false, reason: 'deviceFull' })
})

test('another failure is nobody’s room', async () => {
  const deps = { base: await opened(), clock: () => 7 }
  const broken = async () => {
    throw new DOMException('', 'DataError')
  }
  await expect(withRoom(deps, broken)).rejects.toThrow(DOMException)
})
