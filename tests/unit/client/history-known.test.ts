import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keptHistoryKey, type Replica } from '../../../client/replica/index.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { useHistory } from '../../../client/screens/history/use-history.ts'
import { newId } from '../../../shared/ids.ts'
import { renderIn, stubDocument } from './no-dom.ts'

let base: ReplicaBase
beforeEach(async () => {
  stubDocument()
  base = openBase(`history-known-${newId()}`)
  await base.open()
})
afterEach(async () => {
  await base.delete()
  vi.unstubAllGlobals()
})

test('a record is said to have no history only once the relay has told so', async () => {
  const id = newId()
  await base.docs.add({ id, type: 'client', seq: 7, state: new Uint8Array() })
  const asked = vi.fn(() => new Promise<void>(() => {}))
  const status = signal({ state: 'synced' })
  const replica = { base, status, keepHistory: asked } as unknown as Replica // what is used of it
  const told: boolean[] = []
  const History = () => {
    told.push(useHistory(replica, id).isKnown)
    return null
  }
  const { show, end } = renderIn(History)
  show({})
  await expect.poll(() => asked.mock.calls.length).toBe(1)
  expect(told).not.toContain(true)
  await base.meta.put({ entries: [], devices: {} }, keptHistoryKey(id))
  await expect.poll(() => told.at(-1)).toBe(true)
  end()
})
