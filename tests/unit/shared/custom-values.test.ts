import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import { client } from '../../../shared/records/client.ts'
import { remindersOf } from '../../../shared/records/contact.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'

const id = newId()
const colour = newId()
const margin = newId()

const made = (state: Uint8Array | null, patch: Patch, writer = 1) => {
  const result = change('client', id, state, patch, writer)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  return result.value
}

describe('values of custom fields', () => {
  const base = made(null, { kind: 'person', name: 'Иван', custom: { [colour]: 'синий' } })

  it('stand in the row by the id of their field', () => {
    expect(base.row.custom).toEqual({ [colour]: 'синий' })
  })

  it('are both kept when two devices set two fields at once', () => {
    const left = made(base.state, { custom: { [colour]: 'красный' } }, 2)
    const right = made(base.state, { custom: { [margin]: { amount: 12.5, currency: 'RUB' } } }, 3)
    const row = project('client', id, openDoc(id, Y.mergeUpdates([left.state, right.state])))
    expect(row.ok && row.value.custom).toEqual({
      [colour]: 'красный',
      [margin]: { amount: 12.5, currency: 'RUB' },
    })
  })

  it('are cleared by null, and absent when there are none', () => {
    expect(made(base.state, { custom: { [colour]: null } }, 2).row).not.toHaveProperty('custom')
  })

  it.each([
    ['too long', 'x'.repeat(10_001)],
    ['no number', Number.NaN],
    ['no value at all', {}],
    ['money without a currency', { amount: 1 }],
  ])('are refused: %s', (_, value) => {
    const result = change('client', id, base.state, { custom: { [colour]: value } }, 2)
    expect(result).toEqual({ ok: false, reason: 'invalidValue', field: `custom/${colour}` })
  })

  it.each(['__proto__', 'colour', ''])('are refused under the name %s', (name) => {
    const doc = openDoc(id, base.state)
    doc.getMap('f').set(`custom/${name}`, 'x')
    expect(project('client', id, doc)).toMatchObject({ ok: false, reason: 'unknownField' })
  })
})

describe('a client', () => {
  it('stands in no list once it is merged into another', () => {
    const { row } = made(null, { kind: 'person', name: 'Иван', mergedInto: newId() })
    expect(client.deviceColumns?.(row as never)).toEqual({})
  })

  it('names its photo as a file of its own', () => {
    const photo = 'a'.repeat(64)
    const { row } = made(null, { kind: 'person', name: 'Иван', photo })
    expect(client.files?.(row as never)).toEqual([photo])
  })

  it('has days on which a date is remembered, days before it and across the year', () => {
    const date = (value: string, remind?: number) => ({
      id: newId(),
      order: 'a',
      kind: newId(),
      value,
      ...(remind !== undefined && { remind }),
    })
    // 3 days before the 2nd of January is the 30th of December; the 1st of March less one is the
    // 29th of February.
    const dates = [date('1980-05-09', 0), date('--01-02', 3), date('--03-01', 1), date('--07-07')]
    expect(remindersOf(dates)).toEqual(['05-09', '12-30', '02-29'])
  })
})
