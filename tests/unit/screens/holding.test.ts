import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBase, putRows, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { holdingOf, together } from '../../../client/screens/clients/holding/holding-tree.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { Subject } from '../../../shared/rights.ts'

const user = newId()
const subject: Subject = {
  kind: 'employee',
  id: user,
  administrator: true,
  tokens: new Set(['all', 'admin']),
}

let base: ReplicaBase
beforeEach(async () => {
  base = openBase(`interes-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

const write = (id: string, patch: Patch) =>
  writeRecords({ base, writer: createWriter(() => 7), subject: () => subject, clock: () => 1 }, [
    { type: 'client', id, patch },
  ])

const company = async (name: string, parent?: string): Promise<string> => {
  const id = newId()
  const patch = { kind: 'organisation', name, managers: [user], ...(parent && { parent }) }
  expect(await write(id, patch)).toMatchObject({ ok: true })
  return id
}

/** An Interest as the relay's projection would give it. */
const interest = async (client: string, amount: number, status = 'open', currency = 'RUB') => {
  const row: Row = {
    id: newId(),
    type: 'interest',
    name: 'Поставка',
    client,
    status,
    amount: { amount, currency },
    entered: [],
  }
  await Promise.all(putRows(base, [row]))
}

const treeOf = async (id: string) => {
  const row = await base.client.get(id)
  if (!row) throw new Error('no such company')
  return holdingOf(base, row)
}
const drawn = async (id: string) =>
  (await treeOf(id))?.map(({ company: { name }, depth }) => `${'·'.repeat(depth)}${name}`)

describe('a holding', () => {
  it('is seen whole from each of its companies, and from a company alone not at all', async () => {
    const head = await company('ГК «Север»')
    const trade = await company('ООО «Север-Торг»', head)
    const build = await company('АО «Север-Строй»', head)
    await company('ООО «Бетон»', build)
    const whole = ['ГК «Север»', '·АО «Север-Строй»', '··ООО «Бетон»', '·ООО «Север-Торг»']
    for (const id of [head, trade, build]) expect(await drawn(id)).toEqual(whole)
    expect(await drawn(await company('ИП Петров'))).toBeUndefined()
  })

  it('is without those in the trash, and of a merged company the main one stands in it', async () => {
    const head = await company('ГК «Север»')
    const gone = await company('ООО «Закрытая»', head)
    const double = await company('Север, дубль')
    const inDouble = await company('ООО «Дочка»', double)
    await write(gone, { deletedAt: 5 })
    await write(double, { mergedInto: head })
    expect(await drawn(inDouble)).toEqual(['ГК «Север»', '·ООО «Дочка»'])
  })

  it('adds up what is open, each currency for itself', async () => {
    const head = await company('ГК «Север»')
    const trade = await company('ООО «Север-Торг»', head)
    await interest(head, 1_000)
    await interest(head, 300, 'open', 'USD')
    await interest(trade, 2_500)
    await interest(trade, 9_999, 'won')
    const members = (await treeOf(trade)) ?? []
    expect(members.map(({ open }) => open)).toEqual([{ RUB: 1_000, USD: 300 }, { RUB: 2_500 }])
    expect(together(members)).toEqual({ RUB: 3_500, USD: 300 })
  })

  it('is no ring: the device says so before anything is stored', async () => {
    const head = await company('ГК «Север»')
    const trade = await company('ООО «Север-Торг»', head)
    const refused = { ok: false, reason: 'ring', field: 'parent' }
    expect(await write(head, { parent: trade })).toMatchObject(refused)
    expect(await write(head, { parent: head })).toMatchObject(refused)
    expect((await base.client.get(head))?.parent).toBeUndefined()
  })

  it('that came as a ring, from before they were refused, is shown and ends', async () => {
    const north = await company('ООО «Север»')
    const south = await company('ООО «Юг»', north)
    const row = await base.client.get(north)
    if (row) await base.client.put({ ...row, parent: south })
    expect(await drawn(north)).toHaveLength(2)
  })
})
