import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemsChanged, OfKept, partChanged } from '../../../client/replica/of-kept.ts'
import { newPart } from '../../../client/screens/clients/new-contact.ts'
import { newId } from '../../../shared/ids.ts'
import { fieldToken } from '../../../shared/records/field.ts'
import { privateValueId } from '../../../shared/records/private-value.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'
import {
  type SimulatedDevice,
  type SimulatedRelay,
  startSimulatedDevice,
  startSimulatedRelay,
} from './simulated-workspace.ts'

const anna = newId()
/** A field that not everyone may see: its values are records of their own. */
const apart = newId()
const who: Subject = {
  kind: 'employee',
  id: anna,
  administrator: true,
  tokens: new Set([...tokensOf({ id: anna, administrator: true }, []), fieldToken(apart)]),
  apart: new Set([apart]),
}

let relay: SimulatedRelay
let device: SimulatedDevice

beforeAll(async () => {
  relay = await startSimulatedRelay()
  device = await startSimulatedDevice(relay, { here: who, there: who })
})

afterAll(async () => {
  await device.close()
  await relay.close()
})

const client = async (patch: object) => {
  const id = newId()
  expect(await device.edit('client', id, { kind: 'organisation', name: 'Ромашка', ...patch })).toBe(
    null,
  )
  return id
}
const row = async (id: string) => device.base.client.get(id)

test('two choices one right after the other are both kept, though the second was made before the first was read', async () => {
  const languages = newId()
  const id = await client({ custom: { [languages]: ['en'] } })
  const choose = (option: string, isIn: boolean) =>
    device.edit('client', id, { custom: { [languages]: itemsChanged({ [option]: isIn }) } })
  await Promise.all([choose('de', true), choose('fr', true), choose('en', false)])
  expect((await row(id))?.custom).toEqual({ [languages]: ['de', 'fr'] })
  // What goes to the relay is the list.
  await device.push('arrives')
  expect(await device.base.outbox.count()).toBe(0)
  expect(await device.base.rejected.count()).toBe(0)

  await Promise.all([choose('de', false), choose('fr', false)])
  expect((await row(id))?.custom).toBeUndefined()
})

test('so are those of a field whose values lie apart', async () => {
  const id = await client({})
  const choose = (option: string) =>
    device.edit('client', id, { custom: { [apart]: itemsChanged({ [option]: true }) } })
  expect(await Promise.all([choose('de'), choose('fr')])).toEqual([null, null])
  expect((await row(id))?.custom).toEqual({ [apart]: ['de', 'fr'] })
  expect(await device.base.privateValue.get(privateValueId(id, apart))).toMatchObject({
    value: ['de', 'fr'],
  })
})

test('a part keeps the number that was typed a moment before its kind was chosen', async () => {
  const id = await client({ phones: newPart([], { value: '+74951234567', kind: 'work' }) })
  const [shown] = (await row(id))?.phones ?? []
  if (!shown) throw new Error('the phone that was just stored')
  const set = (change: Record<string, unknown>) =>
    device.edit('client', id, { phones: { [shown.id]: partChanged(shown, change) } })
  await Promise.all([set({ value: '+79161234567' }), set({ kind: 'mobile' }), set({ order: 'a5' })])
  expect((await row(id))?.phones).toEqual([
    { id: shown.id, value: '+79161234567', kind: 'mobile', order: 'a5' },
  ])
})

test('a part that was removed while one typed into it comes back with what was typed', async () => {
  const id = await client({ phones: newPart([], { value: '+74951234567', kind: 'work' }) })
  const [shown] = (await row(id))?.phones ?? []
  if (!shown) throw new Error('the phone that was just stored')
  await device.edit('client', id, { phones: { [shown.id]: null } })
  await device.edit('client', id, {
    phones: { [shown.id]: partChanged(shown, { value: '+79161234567' }) },
  })
  expect((await row(id))?.phones).toEqual([{ ...shown, value: '+79161234567' }])
})

test('a value that comes to nothing is cleared', async () => {
  const id = await client({ inn: '7707083893' })
  await device.edit('client', id, { inn: new OfKept((kept) => (kept ? null : kept)) })
  expect((await row(id))?.inn).toBe(undefined)
})
