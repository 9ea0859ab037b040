import { describe, expect, it } from 'vitest'
import {
  bothTexts,
  type MergedContact,
  type MergeWrite,
  mergeWrites,
  undoWrites,
} from '../../../shared/duplicates/merge.ts'
import { resolve } from '../../../shared/duplicates/resolve.ts'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import { rights, type Subject, tokensOf } from '../../../shared/rights.ts'

const anna = newId()
const boris = newId()
const who = { by: anna, at: 1_000 }

/** Records as documents, so that a patch is judged by what it makes of them. */
const shelf = () => {
  const states = new Map<string, Uint8Array>()
  const rows = new Map<string, MergedContact>()
  const put = (id: string, patch: Patch): MergedContact => {
    const made = change('client', id, states.get(id) ?? null, patch, 1 + states.size)
    if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
    states.set(id, made.value.state)
    const row = made.value.row as unknown as MergedContact // a client's
    rows.set(id, row)
    return row
  }
  const all = (writes: MergeWrite[]) => writes.map(({ id, patch }) => put(id, patch))
  const row = (id: string): MergedContact => {
    const found = rows.get(id)
    if (!found) throw new Error('no such row')
    return found
  }
  return { put, all, row }
}

const phone = (value: string, order = 'a0') => ({ value, kind: 'work', order })
const phonesOf = ({ phones }: MergedContact) => phones.map(({ value }) => value)

const pair = () => {
  const records = shelf()
  const main = newId()
  const duplicate = newId()
  records.put(main, {
    kind: 'organisation',
    name: 'Ромашка',
    inn: '7707083893',
    managers: [anna],
    tags: ['опт'],
    phones: { p1: phone('+74951234567') },
  })
  records.put(duplicate, {
    kind: 'organisation',
    name: 'ООО «Ромашка»',
    kpp: '770701001',
    managers: [boris],
    tags: ['опт', 'Москва'],
    note: 'Звонить утром',
    phones: { p2: phone('8 (495) 123-45-67'), p3: phone('+79161234567', 'a1') },
  })
  return { ...records, main, duplicate }
}

describe('a merge', () => {
  it('appends lists without repeats, fills what is empty and keeps what is filled (F238)', () => {
    const { all, row, main, duplicate } = pair()
    all(mergeWrites('client', row(main), [row(duplicate)], who))
    expect(row(main)).toMatchObject({
      name: 'Ромашка',
      kpp: '770701001',
      tags: ['Москва', 'опт'],
      note: 'Звонить утром',
      managers: [anna],
    })
    expect(phonesOf(row(main))).toEqual(['+74951234567', '+79161234567'])
    expect(row(duplicate).mergedInto).toBe(main)
    expect(row(duplicate).name).toBe('ООО «Ромашка»')
  })

  it('takes the value that was chosen for a field, and joins texts where asked', () => {
    const { all, put, row, main, duplicate } = pair()
    put(main, { note: 'Платит вовремя' })
    const choices = { name: duplicate, kpp: main, note: bothTexts }
    all(mergeWrites('client', row(main), [row(duplicate)], { ...who, choices }))
    expect(row(main)).toMatchObject({
      name: 'ООО «Ромашка»',
      note: 'Платит вовремя\n\nЗвонить утром',
    })
    expect(row(main)).not.toHaveProperty('kpp')
  })

  it('of several duplicates fills from the first that has something', () => {
    const { all, put, row, main, duplicate } = pair()
    const third = newId()
    put(third, { kind: 'organisation', name: 'Ромашка', kpp: '999999999', ogrn: '1027700132195' })
    all(mergeWrites('client', row(main), [row(duplicate), row(third)], who))
    expect(row(main)).toMatchObject({ kpp: '770701001', ogrn: '1027700132195' })
  })

  it('makes no record a part of itself', () => {
    const { all, put, row, main, duplicate } = pair()
    put(duplicate, { parent: main })
    all(mergeWrites('client', row(main), [row(duplicate)], who))
    expect(row(main)).not.toHaveProperty('parent')
  })
})

describe('undoing a merge', () => {
  it('gives both records back as they were', () => {
    const { all, row, main, duplicate } = pair()
    const before = [row(main), row(duplicate)]
    all(
      mergeWrites('client', row(main), [row(duplicate)], { ...who, choices: { name: duplicate } }),
    )
    all(undoWrites('client', row(main), duplicate, who))
    const { merged: _, ...restored } = row(main)
    const { merged: __, ...original } = before[0] as MergedContact
    expect(restored).toEqual(original)
    expect(row(duplicate)).toEqual(before[1])
  })

  it('leaves what people changed since', () => {
    const { all, put, row, main, duplicate } = pair()
    const choices = { name: duplicate, note: bothTexts }
    put(main, { note: 'Платит вовремя' })
    all(mergeWrites('client', row(main), [row(duplicate)], { ...who, choices }))
    const added = row(main).phones.find(({ value }) => value === '+79161234567')
    put(main, {
      name: 'Ромашка плюс',
      tags: [...(row(main).tags ?? []), 'VIP'],
      note: `${row(main).note}, и вечером`,
      phones: { [added?.id ?? '']: phone('+79160000000', added?.order) },
    })
    all(undoWrites('client', row(main), duplicate, who))
    expect(row(main)).toMatchObject({
      name: 'Ромашка плюс',
      tags: ['VIP', 'опт'],
      note: 'Платит вовремя, и вечером',
    })
    expect(phonesOf(row(main))).toEqual(['+74951234567', '+79160000000'])
    expect(row(main)).not.toHaveProperty('kpp')
  })

  it('takes out one of two and leaves the other', () => {
    const { all, put, row, main, duplicate } = pair()
    const third = newId()
    put(third, { kind: 'organisation', name: 'Ромашка', phones: { p9: phone('+78121234567') } })
    all(mergeWrites('client', row(main), [row(duplicate), row(third)], who))
    all(undoWrites('client', row(main), duplicate, who))
    expect(phonesOf(row(main))).toEqual(['+74951234567', '+78121234567'])
    expect(row(third).mergedInto).toBe(main)
  })

  it('takes back what only the note of another device named, in whatever order records come apart', () => {
    for (const thirdFirst of [false, true]) {
      const { all, put, row, main, duplicate } = pair()
      const third = newId()
      put(third, { kind: 'organisation', name: 'Ромашка', phones: { p9: phone('+78121234567') } })
      // A device that was apart and had not heard of the third made the same merge: its note stands.
      const apart = mergeWrites('client', row(main), [row(duplicate)], who)
      all(mergeWrites('client', row(duplicate), [row(third)], who))
      all(mergeWrites('client', row(main), [row(duplicate)], who))
      put(main, apart[0]?.patch ?? {})
      expect(phonesOf(row(main))).toContain('+78121234567')

      const outOfDuplicate = () => {
        all(undoWrites('client', row(duplicate), third, { ...who, from: row(third) }))
      }
      if (thirdFirst) outOfDuplicate()
      all(undoWrites('client', row(main), duplicate, { ...who, from: row(duplicate) }))
      expect(phonesOf(row(main))).toEqual(['+74951234567'])
      if (!thirdFirst) outOfDuplicate()
      expect(phonesOf(row(duplicate))).toEqual(['8 (495) 123-45-67', '+79161234567'])
    }
  })
})

describe('the right to merge (F232)', () => {
  const employee = (id: string, administrator = false): Subject => ({
    kind: 'employee',
    id,
    administrator,
    tokens: tokensOf({ id, administrator }, []),
  })
  const merged = (row: MergedContact, into: string | undefined) => ({ ...row, mergedInto: into })

  it('is for one’s own records, and for administrators', () => {
    const { row, main, duplicate } = pair()
    const [before, after] = [{ ...row(duplicate) }, { ...merged(row(duplicate), main) }]
    expect(rights(employee(boris), before, after)).toBe(null)
    expect(rights(employee(anna), before, after)).toEqual({ reason: 'forbidden' })
    expect(rights(employee(anna, true), before, after)).toBe(null)
  })

  it('does not reach what is only open for reading', () => {
    const { row, main, duplicate } = pair()
    const open = { ...row(duplicate), open: 'read' as const }
    expect(rights(employee(anna), open, { ...merged(open, main) })).toEqual({ reason: 'forbidden' })
  })

  it('lets the first of two merges stand', () => {
    const { row, main, duplicate } = pair()
    const there = merged(row(duplicate), main)
    const elsewhere = merged(row(duplicate), newId())
    const refused = rights(employee(anna, true), { ...there }, { ...elsewhere })
    expect(refused).toEqual({ reason: 'alreadyDecided' })
    expect(rights(employee(anna, true), { ...there }, { ...row(duplicate) })).toBe(null)
  })
})

describe('a link to a merged record', () => {
  const into = (links: Record<string, string>) => (id: string) => links[id]
  it('leads to the end of the chain', () => {
    expect(resolve('a', into({ a: 'b', b: 'c' }))).toBe('c')
    expect(resolve('c', into({ a: 'b', b: 'c' }))).toBe('c')
  })
  it('leads to one and the same record of a ring, wherever it enters', () => {
    const ring = into({ a: 'c', b: 'a', c: 'b', z: 'c' })
    for (const id of ['a', 'b', 'c', 'z']) expect(resolve(id, ring)).toBe('a')
  })
})
