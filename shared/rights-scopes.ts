/**
 * Scopes of roles (F278, F282): how far an employee's right to do something to records of a type
 * reaches. From the roles, the exceptions and the tree of departments comes a `Reach`, and from it
 * the tokens that open records for reading.
 *
 *     cell of the matrix   what the roles give (`rights-matrix.ts`)
 *     scope                the people whose records the cell is about
 *     tokens               what opens records for reading (`rights-tokens.ts`)
 *     acts                 what may be done to one record (`rights-acts.ts`)
 */
import {
  type FullMatrix,
  type GovernedType,
  isOfAccount,
  type Matrix,
  matrixOf,
  type Scope,
} from './rights-matrix.ts'
import { type HandedPart, isRunning, partsOf, type Substitution } from './substitutions.ts'

/** What an employee's rights reach. */
export interface Reach {
  matrix: FullMatrix
  /** Whose records are their own: themselves and the roles they hold (F80). */
  own: ReadonlySet<string>
  /** Who is in the employee's department, and who in it and below it; themselves always. */
  department: ReadonlySet<string>
  departmentBelow: ReadonlySet<string>
  /** Those whose department, or one above it, the employee is the head of. */
  headed: ReadonlySet<string>
  /** Those whom the employee stands in for (F283). */
  instead: readonly Instead[]
}

/** An absent colleague, with what their rights reach. */
export interface Instead {
  user: string
  reach: Reach
  parts: ReadonlySet<HandedPart>
  /** They chose the deputy themselves: their private mailboxes go along (F16). */
  mailboxes: boolean
}

/** The rows that decide, as far as they matter here. */
export interface Organisation {
  employees: Iterable<{
    id: string
    department?: string
    roles?: string[]
    exceptions?: Matrix
  }>
  departments: Iterable<{ id: string; parent?: string; head?: string; deletedAt?: number }>
  roles: Iterable<{ id: string; matrix?: Matrix; deletedAt?: number }>
  substitutions?: Iterable<Substitution>
}

/**
 * A department with all below it. A ring, which two administrators can make while apart, ends where
 * it began.
 */
export const departmentsBelow = (
  root: string,
  departments: Iterable<{ id: string; parent?: string }>,
): Set<string> => {
  const children = new Map<string, string[]>()
  for (const { id, parent } of departments)
    if (parent) children.set(parent, [...(children.get(parent) ?? []), id])
  const found = new Set([root])
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child)
  return found
}

/**
 * What an employee may at a moment (ms), as the rows say, those for whom they stand in included. Who
 * those stand in for is not handed on. An unknown employee has the factory settings.
 */
export const reachOf = (user: string, rows: Organisation, now = 0): Reach => {
  // Gone through once for each person: what is given may be good for once only.
  const organisation = {
    employees: [...rows.employees],
    departments: [...rows.departments],
    roles: [...rows.roles],
  }
  const instead = [...(rows.substitutions ?? [])].flatMap((one): Instead[] =>
    one.deputy === user && one.absent !== user && isRunning(one, now)
      ? [
          {
            user: one.absent,
            reach: ownReachOf(one.absent, organisation),
            parts: partsOf(one),
            mailboxes: one.createdBy === one.absent,
          },
        ]
      : [],
  )
  return { ...ownReachOf(user, organisation), instead }
}

const ownReachOf = (user: string, { employees, departments, roles }: Organisation): Reach => {
  const people = [...employees]
  const self = people.find(({ id }) => id === user)
  const held = new Set(self?.roles)
  const ownRoles = [...roles].filter(({ id, deletedAt }) => held.has(id) && deletedAt === undefined)
  const matrix = matrixOf(
    ownRoles.map((role) => role.matrix ?? {}),
    self?.exceptions,
  )
  const own = new Set([user, ...ownRoles.map(({ id }) => id)])
  const existing = [...departments].filter(({ deletedAt }) => deletedAt === undefined)
  const home = existing.find(({ id }) => id === self?.department)?.id
  const peopleIn = (wanted: ReadonlySet<string>) =>
    new Set([
      ...own,
      ...people.flatMap(({ id, department }) =>
        department !== undefined && wanted.has(department) ? [id] : [],
      ),
    ])
  return {
    matrix,
    own,
    department: peopleIn(new Set(home === undefined ? [] : [home])),
    departmentBelow: peopleIn(home === undefined ? new Set() : departmentsBelow(home, existing)),
    headed: peopleUnder(
      existing.flatMap(({ id, head }) =>
        head === user ? [...departmentsBelow(id, existing)] : [],
      ),
      people,
    ),
    instead: [],
  }
}

const peopleUnder = (
  departments: readonly string[],
  people: readonly { id: string; department?: string }[],
): Set<string> => {
  const wanted = new Set(departments)
  return new Set(
    people.flatMap(({ id, department }) =>
      department !== undefined && wanted.has(department) ? [id] : [],
    ),
  )
}

/** Those whose records a scope is about; null: everyone's. */
export const peopleIn = (
  reach: Pick<Reach, 'own' | 'department' | 'departmentBelow'>,
  scope: Scope,
): ReadonlySet<string> | null => {
  switch (scope) {
    case 'none':
      return new Set()
    case 'own':
      return reach.own
    case 'department':
      return reach.department
    case 'departmentBelow':
      return reach.departmentBelow
    case 'all':
      return null
  }
}

/** Factory settings of one who is in no department, for whom nothing else is known. */
export const factoryReach = (user: string): Reach =>
  reachOf(user, { employees: [], departments: [], roles: [] })

/** The absent whose part of the work the employee does. */
export const standingIn = ({ instead }: Reach, part: HandedPart): Instead[] =>
  instead.filter(({ parts }) => parts.has(part))

export const partOf = (type: GovernedType): HandedPart =>
  isOfAccount(type) ? 'correspondence' : 'clients'
