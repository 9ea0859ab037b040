import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBase, putRows, type ReplicaBase } from '../../../client/replica/tables.ts'
import { heatSpread } from '../../../client/screens/clients/heat-spread.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { Subject } from '../../../shared/rights.ts'

const anna = newId()
const subject: Subject = {
  kind: 'employee',
  id: anna,
  administrator: false,
  tokens: new Set(['all', `user:${anna}`]),
}

let base: ReplicaBase
beforeEach(async () => {
  base = openBase(`interes-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

const put = async (type: 'client' | 'person', more: object): Promise<string> => {
  const id = newId()
  const row = { id, type, kind: 'organisation', name: 'Ромашка', phones: [], emails: [], ...more }
  await Promise.all(putRows(base, [{ managers: [anna], ...row } as unknown as Row])) // as projected
  return id
}
const spread = (table: 'client' | 'person', contact: { id: string; client?: string }) =>
  heatSpread({ base, subject }, table, contact, 'hot')

describe('a heat that is set', () => {
  it('for a company may go on to its people who have another one', async () => {
    const client = await put('client', {})
    const cold = await put('person', { client, heat: 'cold' })
    await put('person', { client, heat: 'hot' })
    expect(await spread('client', { id: client })).toEqual({
      to: 'persons',
      count: 1,
      writes: [{ type: 'person', id: cold, patch: { heat: 'hot' } }],
    })
  })

  it('for a person may go on to the company, by whatever name it goes since a merge', async () => {
    const main = await put('client', { name: 'Лютик' })
    const client = await put('client', { mergedInto: main })
    expect(await spread('person', { id: newId(), client })).toEqual({
      to: 'client',
      name: 'Лютик',
      writes: [{ type: 'client', id: main, patch: { heat: 'hot' } }],
    })
  })

  it('asks nothing where all have it, nobody is there, or the user may not change them', async () => {
    const hot = await put('client', { heat: 'hot' })
    const foreign = await put('client', { managers: [newId()], open: 'read' })
    const gone = await put('client', { deletedAt: 1 })
    await put('person', { client: hot, managers: [newId()], open: 'read' })
    for (const client of [hot, foreign, gone])
      expect(await spread('person', { id: newId(), client })).toBeNull()
    expect(await spread('person', { id: newId() })).toBeNull()
    expect(await spread('client', { id: hot })).toBeNull()
  })
})
