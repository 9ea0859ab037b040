/** What an employee may do to one record, by themselves or for whom they stand in (`rights-scopes.ts`). */
import { sameValue } from './equality.ts'
import type { Action, GovernedType } from './rights-matrix.ts'
import { partOf, peopleIn, type Reach, standingIn } from './rights-scopes.ts'
import { peopleOf, type Restrictable } from './rights-tokens.ts'

/** Whether an employee may do this to a record that can be restricted, by themselves or for another. */
export const mayActRestrictable = (
  reach: Reach,
  type: GovernedType,
  action: Action,
  record: Restrictable,
): boolean => {
  const people = peopleOf(record)
  const may = (one: Reach): boolean => {
    const scope = one.matrix[type][action]
    if (scope === 'none') return false
    const within = record.restricted && action !== 'create' ? one.own : peopleIn(one, scope)
    return within === null || people.some((id) => within.has(id))
  }
  return may(reach) || standingIn(reach, partOf(type)).some((absent) => may(absent.reach))
}

/** Whose record it is. */
export interface Governed {
  managers?: string[]
  responsible?: string
  open?: string
}

/** Whether an employee may do something to a record of these people, by themselves or for another. */
export const mayAct = (
  reach: Reach,
  type: GovernedType,
  action: Action,
  record: Governed,
): boolean =>
  mayActAlone(reach, type, action, record) ||
  standingIn(reach, partOf(type)).some((absent) => mayActAlone(absent.reach, type, action, record))

/** The same, without those whom the employee stands in for. */
export const mayActAlone = (
  reach: Reach,
  type: GovernedType,
  action: Action,
  { managers, responsible, open }: Governed,
): boolean => {
  const scope = reach.matrix[type][action]
  if (scope === 'none') return false
  if (open === 'write') return true
  const people = peopleIn(reach, scope)
  if (people === null) return true
  return (managers ?? (responsible ? [responsible] : [])).some((id) => people.has(id))
}

/** What a change is: to put a record into the trash is to delete it, to take it out a change. */
export const actionsOf = (
  before: { deletedAt?: number } | null,
  after: { deletedAt?: number },
): Action[] => {
  if (!before) return ['create']
  if (before.deletedAt !== undefined || after.deletedAt === undefined) return ['change']
  const { deletedAt: _, ...rest } = after
  return sameValue(before, rest) ? ['delete'] : ['delete', 'change']
}
