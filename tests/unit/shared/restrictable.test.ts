import { expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { mayActRestrictable } from '../../../shared/rights-acts.ts'
import { matrixOf } from '../../../shared/rights-matrix.ts'
import { type Reach, reachOf } from '../../../shared/rights-scopes.ts'
import { restrictableAudience } from '../../../shared/rights-tokens.ts'

const [anna, boris, vera] = [newId(), newId(), newId()]

/** Everybody's to read and change, only one's own to delete, as `untilRestricted` says. */
const reach = (user: string, read: 'all' | 'none' = 'all'): Reach => ({
  ...reachOf(user, { employees: [], departments: [], roles: [] }),
  matrix: matrixOf([{ client: { read, create: 'all', change: 'all', delete: 'own' } }]),
})

it('is open to everybody until it is restricted, then to its people alone', () => {
  const open = { responsible: anna, members: [boris] }
  const closed = { ...open, restricted: true }
  const may = (user: string, record: object) =>
    (['read', 'change', 'delete'] as const).filter((action) =>
      mayActRestrictable(reach(user), 'client', action, record),
    )
  expect(may(vera, open)).toEqual(['read', 'change'])
  expect(may(boris, open)).toEqual(['read', 'change', 'delete'])
  expect(may(vera, closed)).toEqual([])
  expect(may(boris, closed)).toEqual(['read', 'change', 'delete'])
})

it('is shut to its people too where a role forbids them all such records', () => {
  const closed = { responsible: anna, restricted: true }
  expect(mayActRestrictable(reach(anna, 'none'), 'client', 'read', closed)).toBe(false)
})

it('has no token of those who see all while it is restricted', () => {
  const record = { responsible: anna, createdBy: boris }
  expect(restrictableAudience('task', record)).toContain('task:all')
  expect(restrictableAudience('task', { ...record, restricted: true })).toEqual([
    'admin',
    `task:member:${anna}`,
    `task:member:${boris}`,
  ])
})
