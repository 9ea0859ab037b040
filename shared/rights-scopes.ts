/**
 * Scopes of roles (F278, F282): how far an employee's right to do something to records of a type
 * reaches. From the roles, the exceptions and the tree of departments comes a `Reach`, and from it
 * the tokens that open records for reading.
 *
 *     cell of the matrix   the exception, else the widest of the roles, else the factory setting
 *     scope                the people whose records the cell is about
 */

import { sameValue } from './equality.ts'
import { type HandedPart, isRunning, partsOf, type Substitution } from './substitutions.ts'

/** From nothing to everything; the order counts: of two roles the wider scope holds. */
export const scopes = ['none', 'own', 'department', 'departmentBelow', 'all'] as const
export type Scope = (typeof scopes)[number]

export const actions = ['read', 'create', 'change', 'delete', 'import', 'export'] as const
export type Action = (typeof actions)[number]

/** F57: a client is closed to all but its managers, unless it was opened to everyone. */
const ownOnly: Record<Action, Scope> = {
  read: 'own',
  create: 'own',
  change: 'own',
  delete: 'own',
  import: 'all',
  export: 'own',
}

/** F16, F181, F182: within a channel account everyone it is open to does the same, until a role narrows it. */
const byAccount: Record<Action, Scope> = {
  read: 'all',
  create: 'all',
  change: 'all',
  delete: 'all',
  import: 'all',
  export: 'all',
}

/** F115, F277, F286: everybody's, until it is restricted to chosen people (see `restrictableAudience`). */
export const untilRestricted: Record<Action, Scope> = {
  read: 'all',
  create: 'all',
  change: 'all',
  delete: 'own',
  import: 'all',
  export: 'all',
}

/**
 * Record types whose access goes by roles, each with what holds where no role says otherwise. A
 * type joins them by its line here; others have rules of their own.
 */
const factory = {
  client: ownOnly,
  person: ownOnly,
  task: untilRestricted,
  interest: untilRestricted,
  appeal: byAccount,
  dialog: byAccount,
}
export type GovernedType = keyof typeof factory
export const governedTypes = Object.keys(factory) as GovernedType[] // Object.keys forgets the key type

export const isGoverned = (type: string): type is GovernedType => Object.hasOwn(factory, type)

/** Within these roles narrow what a channel account opens; the others stand by themselves. */
export const accountTypes = ['appeal', 'dialog'] as const satisfies GovernedType[]
type AccountType = (typeof accountTypes)[number]
const isOfAccount = (type: GovernedType): type is AccountType =>
  accountTypes.some((each) => each === type)

/** What nobody does by hand: appeals and dialogs come from channels and are not thrown away. */
const unused: Partial<Record<GovernedType, readonly Action[]>> = {
  appeal: ['create', 'delete', 'import'],
  dialog: ['delete', 'import'],
}
export const isUsed = (type: GovernedType, action: Action): boolean =>
  unused[type]?.includes(action) !== true

/** Cells that are not given are the factory's. */
export type Matrix = Partial<Record<GovernedType, Partial<Record<Action, Scope>>>>
export type FullMatrix = Record<GovernedType, Record<Action, Scope>>
export const factorySettings: FullMatrix = factory

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

const widest = (given: Scope[]): Scope | undefined => scopes.findLast((one) => given.includes(one))

/** The matrix of an employee: one cell by another. */
export const matrixOf = (roles: readonly Matrix[], exceptions: Matrix = {}): FullMatrix => {
  const cell = (type: GovernedType, action: Action): Scope =>
    exceptions[type]?.[action] ??
    widest(roles.map((role) => role[type]?.[action] ?? factorySettings[type][action])) ??
    factorySettings[type][action]
  return perType((type) => perAction((action) => cell(type, action)))
}

const perAction = <T>(of: (action: Action) => T) =>
  // Made of all actions.
  Object.fromEntries(actions.map((action) => [action, of(action)])) as Record<Action, T>
const perType = <T>(of: (type: GovernedType) => T) =>
  // Made of all types.
  Object.fromEntries(governedTypes.map((type) => [type, of(type)])) as Record<GovernedType, T>

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

/** Tokens of a governed record: of its managers, of its openness, and of those who see all. */
export const governedAudience = (
  type: string,
  managers: readonly string[],
  open: boolean,
): string[] => [
  'admin',
  `${type}:all`,
  ...managers.map((user) => `${type}:user:${user}`),
  ...(open ? [`${type}:open`] : []),
]

/** A record that can be restricted, as far as it says whose it is. */
export interface Restrictable {
  responsible?: string
  createdBy?: string
  /** Chosen people who may view and edit it too. */
  members?: string[]
  /** Everybody else is shut out, whatever their roles reach; administrators are not. */
  restricted?: boolean
}

/** Those to whom a restricted record is open. */
export const peopleOf = ({ responsible, createdBy, members = [] }: Restrictable): string[] => [
  ...new Set([responsible, createdBy, ...members].flatMap((id) => id ?? [])),
]

/**
 * Tokens of a record that can be restricted: without restriction of those who see all and of its
 * people's colleagues, with it of its people alone.
 */
export const restrictableAudience = (type: string, record: Restrictable): string[] => [
  'admin',
  ...(record.restricted
    ? []
    : [`${type}:all`, ...peopleOf(record).map((id) => `${type}:user:${id}`)]),
  ...peopleOf(record).map((id) => `${type}:member:${id}`),
]

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

/** Tokens that open governed records to an employee. Without a right to read even open ones stay closed. */
export const governedTokens = (reach: Reach): string[] => [
  ...ownGovernedTokens(reach),
  ...standingIn(reach, 'clients').flatMap((absent) => ownGovernedTokens(absent.reach)),
]

/** The absent whose part of the work the employee does. */
export const standingIn = ({ instead }: Reach, part: HandedPart): Instead[] =>
  instead.filter(({ parts }) => parts.has(part))

const partOf = (type: GovernedType): HandedPart =>
  isOfAccount(type) ? 'correspondence' : 'clients'

const ownGovernedTokens = (reach: Reach): string[] =>
  governedTypes.flatMap((type) => {
    const scope = reach.matrix[type].read
    if (scope === 'none' || isOfAccount(type)) return []
    const people = peopleIn(reach, scope)
    const members = isRestrictable(type) ? [...reach.own].map((id) => `${type}:member:${id}`) : []
    if (people === null) return [`${type}:all`, ...members]
    return [`${type}:open`, ...[...people].map((id) => `${type}:user:${id}`), ...members]
  })

export const isRestrictable = (type: GovernedType): boolean =>
  factorySettings[type] === untilRestricted

/** What tokens of correspondence begin with: `account:<id>` opens the dialogs of an account. */
const accountPrefix = { appeal: 'appeal', dialog: 'account' } as const satisfies Record<
  AccountType,
  string
>

/**
 * Tokens of a record of an account: of those who read all of the account, and of its people's.
 * Segments have those of their dialog.
 */
export const accountAudience = (
  type: AccountType,
  { account, responsible }: { account: string; responsible?: string },
): string[] => {
  const token = `${accountPrefix[type]}:${account}`
  return ['service', token, ...(responsible ? [`${token}:user:${responsible}`] : [])]
}

/** Tokens that open an account's records to one whom the account is open to. */
export const accountTokens = (account: string, reach: Reach): string[] =>
  accountTypes.flatMap((type) => {
    const token = `${accountPrefix[type]}:${account}`
    const people = peopleIn(reach, reach.matrix[type].read)
    return people === null ? [token] : [...people].map((id) => `${token}:user:${id}`)
  })

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
