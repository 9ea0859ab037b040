import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { openLab, type Person } from './lab.ts'

const stored = { seq: expect.any(Number) }
const deleted = (who: Person) => ({ deletedAt: 1, deletedBy: who.id })

const openShop = async () => {
  const lab = await openLab()
  const { anna, relay } = lab
  const chair = newId()
  expect(await anna.write('product', chair, { name: 'Кресло', article: 'KR-1' })).toMatchObject(
    stored,
  )
  const give = async (who: Person, id: string) => {
    const document = await relay.workspace?.pipeline.read(id)
    if (document) who.hold(id, document.state)
  }
  const interest = (lines: object, more: object = {}) => ({
    name: 'Мебель',
    position: { scenario: newId(), stage: newId(), kind: 'open', since: 1 },
    lines,
    ...more,
  })
  const line = (product: string) => ({
    product,
    name: 'Кресло',
    quantity: 2,
    price: 100,
    currency: 'RUB',
    order: 'a0',
  })
  return { ...lab, chair, give, interest, line }
}

describe('a product', () => {
  it('is active where nobody said otherwise, and changed by administrators alone', async () => {
    const { anna, join, give, chair, relay } = await openShop()
    const oleg = await join('oleg@romashka.ru')
    await give(oleg, chair)
    expect((await relay.workspace?.pipeline.read(chair))?.row).toMatchObject({ active: true })
    const table = newId()
    await anna.write('product', table, { name: 'Стол' })
    await give(oleg, table)
    for (const [id, patch] of [
      [chair, { name: 'Стул' }],
      [table, deleted(oleg)],
      [newId(), { name: 'Шкаф' }],
    ] as const)
      expect(await oleg.write('product', id, patch)).toMatchObject({ reason: 'forbidden' })
    expect(await anna.write('product', chair, { active: false })).toMatchObject(stored)
  })

  it('is changed by who has a role with the right to, and deleted only with that right', async () => {
    const { anna, join, give, chair } = await openShop()
    const oleg = await join('oleg@romashka.ru')
    await give(oleg, chair)
    const role = newId()
    const rights = { create: 'all', change: 'all', import: 'all' }
    expect(
      await anna.write('role', role, { name: 'Каталог', matrix: { product: rights } }),
    ).toMatchObject(stored)
    await give(anna, oleg.id)
    expect(await anna.write('employee', oleg.id, { roles: [role] })).toMatchObject(stored)
    expect(await oleg.write('product', chair, { name: 'Стул' })).toMatchObject(stored)
    expect(await oleg.write('product', newId(), { name: 'Стол' })).toMatchObject(stored)
    expect(await oleg.write('product', chair, deleted(oleg))).toMatchObject({ reason: 'forbidden' })
  })

  it('in the lines of Interests is not deleted: it is said of how many (decision 13)', async () => {
    const { anna, join, chair, interest, line, give } = await openShop()
    const [first, second] = [newId(), newId()]
    await anna.write('interest', first, interest({ x: line(chair), y: line(chair) }))
    await anna.write('interest', second, interest({ x: line(chair) }))
    await anna.write('interest', newId(), interest({ x: line(chair) }, deleted(anna)))
    const vera = await join('vera@romashka.ru', 'administrator')
    await give(vera, chair)
    expect(await vera.write('product', chair, deleted(vera))).toMatchObject({
      reason: 'inUse',
      field: 'interest:2',
    })
    expect(await anna.write('product', chair, { active: false })).toMatchObject(stored)
    await anna.write('interest', first, { lines: { x: null, y: null } })
    await anna.write('interest', second, { lines: { x: null } })
    expect(await anna.write('product', chair, deleted(anna))).toMatchObject(stored)
  })

  it('is not deleted either where its line came in the same moment', async () => {
    const { anna, chair, interest, line } = await openShop()
    const id = newId()
    const [put, taken] = await anna.push(
      { id, type: 'interest', update: anna.make('interest', id, interest({ x: line(chair) })) },
      { id: chair, type: 'product', update: anna.make('product', chair, deleted(anna)) },
    )
    expect(put).toMatchObject(stored)
    expect(taken).toMatchObject({ reason: 'inUse' })
  })
})
