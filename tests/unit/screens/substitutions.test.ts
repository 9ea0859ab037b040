import { describe, expect, it } from 'vitest'
import { openBase, rowsOf, storedRow } from '../../../client/replica/tables.ts'
import { termOf } from '../../../client/screens/substitutions/days.ts'
import {
  handedTypes,
  handOverWrites,
  managersAfter,
  recordsOf,
  takeBackWrites,
} from '../../../client/screens/substitutions/hand-over.ts'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'

const now = new Date(2026, 10, 22, 15, 30)
const midnight = (date: number) => new Date(2026, 10, date).getTime()

describe('the days of an absence', () => {
  it('are whole, the last included', () => {
    expect(termOf('22.11', '24.11', now)).toEqual({
      ok: true,
      term: { from: midnight(22), to: midnight(25) },
    })
  })

  it('may be one', () => {
    const one = termOf('завтра', 'завтра', now)
    expect(one.ok && one.term.to - one.term.from).toBe(day)
  })

  it.each([
    ['32.11', '24.11', 'from', 'wrongDay'],
    ['22.11', 'потом', 'until', 'wrongDay'],
    ['24.11', '23.11', 'until', 'order'],
    ['19.11', '20.11', 'until', 'past'],
  ])('%s to %s is wrong in %s: %s', (from, until, field, problem) => {
    expect(termOf(from, until, now)).toEqual({ ok: false, field, problem })
  })
})

describe('handing over', () => {
  it('puts the new one in the place of the old one, once', () => {
    expect(managersAfter(['a', 'b'], 'a', 'c')).toEqual(['c', 'b'])
    expect(managersAfter(['b', 'a'], 'a', 'b')).toEqual(['b'])
  })

  it('writes what each type names its people by', () => {
    expect(handOverWrites('client', [{ id: '1', managers: ['a'] }], 'a', 'c')).toEqual([
      { type: 'client', id: '1', patch: { managers: { c: true, a: false } } },
    ])
    expect(handOverWrites('dialog', [{ id: '2', responsible: 'a' }], 'a', 'c')).toEqual([
      { type: 'dialog', id: '2', patch: { responsible: 'c' } },
    ])
  })

  it('finds the open Interests and tasks of the one who leaves, and nobody else’s', async () => {
    const base = openBase(`hand-over-${newId()}`)
    const interest = (id: string, responsible: string, kind: string, more = {}) => ({
      id,
      type: 'interest',
      name: id,
      responsible,
      status: kind,
      scenario: 's',
      stage: 't',
      entered: [],
      ...more,
    })
    const task = (id: string, responsible: string, more = {}) => ({
      id,
      type: 'task',
      title: id,
      responsible,
      ...more,
    })
    const put = (row: { id: string; type: string }) =>
      rowsOf(base, row.type as 'interest' | 'task').put(storedRow(row)) // made above
    await put(interest('open', 'a', 'open'))
    await put(interest('won', 'a', 'won'))
    await put(interest('trash', 'a', 'open', { deletedAt: 1 }))
    await put(interest('other', 'b', 'open'))
    await put(task('due', 'a'))
    await put(task('done', 'a', { done: { at: 1, by: 'a' } }))
    await put(task('hers', 'b'))
    const found = async (type: 'interest' | 'task') =>
      (await recordsOf(base, type, 'a')).map(({ id }) => id)
    expect(await found('interest')).toEqual(['open'])
    expect(await found('task')).toEqual(['due'])
    expect(handedTypes).toContain('interest')
    await base.delete()
  })

  it('is taken back to what was, but not where somebody has decided since', () => {
    const clients = [
      { id: '1', managers: ['a', 'b'] },
      { id: '2', managers: ['a'] },
      { id: '3', managers: ['a'] },
      { id: '6', managers: ['a'] },
    ]
    const since = new Map([
      ['1', { id: '1', managers: ['c', 'b'] }],
      ['2', { id: '2', managers: ['d'] }],
      // Whoever was asked to help since stays.
      ['6', { id: '6', managers: ['c', 'd'] }],
    ])
    expect(takeBackWrites('client', clients, since, 'a', 'c')).toEqual([
      { type: 'client', id: '1', patch: { managers: { a: true, c: false } } },
      { type: 'client', id: '6', patch: { managers: { a: true, c: false } } },
    ])
    const dialogs = [{ id: '4' }, { id: '5' }]
    const given = new Map([
      ['4', { id: '4', responsible: 'c' }],
      ['5', { id: '5', responsible: 'd' }],
    ])
    expect(takeBackWrites('dialog', dialogs, given, 'a', 'c')).toEqual([
      { type: 'dialog', id: '4', patch: { responsible: 'a' } },
    ])
  })
})
