import { describe, expect, it } from 'vitest'
import type { Row } from '../../../shared/records/declaration.ts'
import { closesRing } from '../../../shared/ring.ts'

const company = (id: string, more: Partial<Row> = {}): Row => ({ id, type: 'client', ...more })

const ask = (rows: Row[], before: Row | null, after: Row) => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return closesRing(before, after, 'parent', async (id) => byId.get(id) ?? null)
}

describe('a company that is put into another', () => {
  const [mother, daughter, granddaughter] = [
    company('m'),
    company('d', { parent: 'm' }),
    company('g', { parent: 'd' }),
  ]
  const all = [mother, daughter, granddaughter]

  it('may lie in any that does not lie in it', async () => {
    expect(await ask(all, granddaughter, { ...granddaughter, parent: 'm' })).toBe(false)
    expect(await ask(all, null, company('new', { parent: 'g' }))).toBe(false)
    expect(await ask(all, daughter, { ...daughter, parent: 'unseen' })).toBe(false)
  })

  it('lies neither in itself nor in what lies in it', async () => {
    expect(await ask(all, mother, { ...mother, parent: 'm' })).toBe(true)
    expect(await ask(all, mother, { ...mother, parent: 'g' })).toBe(true)
  })

  it('nor in one that was merged into it', async () => {
    const merged = company('old', { mergedInto: 'm' })
    expect(await ask([...all, merged], mother, { ...mother, parent: 'old' })).toBe(true)
  })

  it('is asked about only when that changes, so that an old ring hinders no other change', async () => {
    const ringed = company('a', { parent: 'b' })
    const other = company('b', { parent: 'a' })
    expect(await ask([ringed, other], ringed, { ...ringed, name: 'Новое' })).toBe(false)
    // A ring above it is not its own, and is not walked round for ever.
    expect(await ask([ringed, other], mother, { ...mother, parent: 'a' })).toBe(true)
  })
})
