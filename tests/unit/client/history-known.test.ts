import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Replica } from '../../../client/replica/index.ts'
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

/** What a card is told of a record that the relay has, as long as the relay has not answered. */
const look = async (state: 'offline' | 'synced') => {
  const id = newId()
  await base.docs.add({ id, type: 'client', seq: 7, state: new Uint8Array() })
  const asked = vi.fn(() => new Promise<void>(() => {}))
  const status = signal({ state })
  const replica = { base, status, keepHistory: asked } as unknown as Replica // what is used of it
  const told: boolean[] = []
  const History = () => {
    told.push(useHistory(replica, id).isKnown)
    return null
  }
  return { asked, told, ...renderIn(History) }
}

test('nobody is told that a record has no history while the relay is still asked for it', async () => {
  const { asked, told, show, end } = await look('synced')
  show({})
  await expect.poll(() => asked.mock.calls.length).toBe(1)
  // At first, and when the one and the other were read of the device.
  await expect.poll(() => told.length).toBe(3)
  expect(told).not.toContain(true)
  end()
})

test('with no network what the device has is all there is', async () => {
  const { told, show, end } = await look('offline')
  show({})
  await expect.poll(() => told.at(-1)).toBe(true)
  expect(told[0]).toBe(false)
  end()
})
