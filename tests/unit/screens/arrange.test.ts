import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arranged, layoutFor } from '../../../client/fields/arrange.ts'
import { layoutWrites } from '../../../client/screens/clients/arrange/layouts.ts'
import {
  arrangementOf,
  hidden,
  linesOf,
  moved,
  type Plan,
  planOf,
  renamed,
  shown,
  withoutSection,
  withSection,
} from '../../../client/screens/clients/arrange/plan.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { type LayoutRow, layoutId } from '../../../shared/records/layout.ts'

const info = (key: string, required = false): FieldInfo => ({
  key,
  label: { ru: key, en: key },
  kind: 'text',
  required,
  writable: true,
})
const infos = ['name', 'inn', 'tags', 'sum', 'limit'].map((key) => info(key, key === 'name'))
const keys = infos.map(({ key }) => key)

/** name, inn · Деньги: sum, limit · Прочее: tags */
const plan: Plan = {
  sections: [
    { id: '', title: '', fields: ['name', 'inn'] },
    { id: '1', title: 'Деньги', fields: ['sum', 'limit'] },
    { id: '2', title: 'Прочее', fields: ['tags'] },
  ],
  hidden: [],
}
const drawn = ({ sections }: Plan) =>
  sections.map(({ title, fields }) => `${title}: ${fields.join(' ')}`.trim())

describe('a card that is arranged', () => {
  test('is one list of headings and fields, the first fields under no heading', () => {
    expect(linesOf(plan)).toEqual(['name', 'inn', 'section:1', 'sum', 'limit', 'section:2', 'tags'])
  })

  test('a field goes into the section where it is let go, by one step of the keyboard too', () => {
    expect(drawn(moved(plan, 'tags', 4))).toEqual([
      ': name inn',
      'Деньги: sum tags limit',
      'Прочее:',
    ])
    // ↓ on «inn» brings it past the heading, ↑ brings it back.
    const down = moved(plan, 'inn', 2)
    expect(drawn(down)).toEqual([': name', 'Деньги: inn sum limit', 'Прочее: tags'])
    expect(moved(down, 'inn', 1)).toEqual(plan)
  })

  test('a section goes with its fields, and never above those under no heading', () => {
    const up = [': name inn', 'Прочее: tags', 'Деньги: sum limit']
    expect(drawn(moved(plan, 'section:2', 4))).toEqual(up)
    expect(drawn(moved(plan, 'section:2', 0))).toEqual(up)
    expect(drawn(moved(plan, 'section:1', 3))).toEqual(up)
    expect(drawn(moved(plan, 'section:1', 0))).toEqual(drawn(plan))
    expect(drawn(moved(plan, 'section:2', 6))).toEqual(drawn(plan))
  })

  test('what is hidden is kept and comes back at the end', () => {
    const without = hidden(plan, 'inn')
    expect(without.hidden).toEqual(['inn'])
    expect(linesOf(without)).not.toContain('inn')
    expect(drawn(shown(without, 'inn'))).toEqual([
      ': name',
      'Деньги: sum limit',
      'Прочее: tags inn',
    ])
  })

  test('a section that is taken away, or has no name, lends its fields to the one above', () => {
    expect(drawn(withoutSection(plan, '2'))).toEqual([': name inn', 'Деньги: sum limit tags'])
    expect(arrangementOf(renamed(plan, '1', '  ')).blocks).toEqual([
      { title: '', fields: ['name', 'inn', 'sum', 'limit'] },
      { title: 'Прочее', fields: ['tags'] },
    ])
    expect(arrangementOf(renamed(plan, '2', 'Деньги')).blocks.at(-1)).toEqual({
      title: 'Деньги',
      fields: ['sum', 'limit', 'tags'],
    })
    expect(withSection(plan, 'Ещё').sections.at(-1)).toEqual({ id: '3', title: 'Ещё', fields: [] })
  })

  test('is stored and read as it was left, whatever was moved and hidden', () => {
    const act = fc.oneof(
      fc.record({ line: fc.nat(8), index: fc.nat(8) }),
      fc.record({ hide: fc.constantFrom('inn', 'tags', 'sum', 'limit') }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let at = plan
        for (const one of acts) {
          if ('hide' in one)
            at = at.hidden.includes(one.hide) ? shown(at, one.hide) : hidden(at, one.hide)
          else {
            const lines = linesOf(at)
            at = moved(at, lines[one.line % lines.length] ?? '', one.index % lines.length)
          }
        }
        const all = [...at.sections.flatMap(({ fields }) => fields), ...at.hidden]
        expect(all.toSorted()).toEqual(keys.toSorted())
        const again = planOf(arranged(infos, arrangementOf(at)), keys)
        // An empty section is no section of a card.
        const full = at.sections.filter(({ id, fields }) => id === '' || fields.length > 0)
        expect(drawn(again)).toEqual(drawn({ ...at, sections: full }))
        expect(again.hidden.toSorted()).toEqual(at.hidden.toSorted())
      }),
    )
  })
})

describe('whose card looks how', () => {
  const arrangement = arrangementOf(plan)
  const [anna, seller] = [
    '0190a0c0-0000-7000-8000-000000000001',
    '0190a0c0-0000-7000-8000-000000000002',
  ]
  const row = (patch: object, id: string) => ({ id, type: 'layout', ...patch }) as LayoutRow

  test('one’s own comes first, and is taken back to the role’s, then to everyone’s', () => {
    const writes = layoutWrites(
      'client',
      [{ scope: 'everyone' }, { scope: 'role', owner: seller }, { scope: 'user', owner: anna }],
      arrangement,
      5,
    )
    expect(writes.map(({ id }) => id)).toEqual([
      layoutId('client', 'everyone'),
      layoutId('client', 'role', seller),
      layoutId('client', 'user', anna),
    ])
    const rows = writes.map(({ id, patch }) => row({ ...patch, deletedAt: undefined }, id))
    const user = { id: anna, roles: [seller] }
    expect(layoutFor(rows, 'client', user)?.scope).toBe('user')
    const [back] = layoutWrites('client', [{ scope: 'user', owner: anna }], null, 5)
    const left = rows.map((each) => (each.id === back?.id ? { ...each, ...back.patch } : each))
    expect(layoutFor(left, 'client', user)?.scope).toBe('role')
    expect(layoutFor(left, 'client', { id: 'boris' })?.scope).toBe('everyone')
  })
})
