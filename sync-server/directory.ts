/** Who is who: employees and what they may read, kept in memory and renewed by every commit. */

import type { Clock } from '../shared/clock.ts'
import { sameValue } from '../shared/equality.ts'
import type { AccountRow } from '../shared/records/account.ts'
import type { Row } from '../shared/records/declaration.ts'
import type { DepartmentRow } from '../shared/records/department.ts'
import type { EmployeeRow } from '../shared/records/employee.ts'
import { type FieldRow, fieldRights, groupsOf } from '../shared/records/field.ts'
import type { NoticeKind } from '../shared/records/notice.ts'
import type { RoleRow } from '../shared/records/role.ts'
import type { ScenarioRow } from '../shared/records/scenario.ts'
import type { SubstitutionRow } from '../shared/records/substitution.ts'
import { mayRead, type Subject, tokensOf } from '../shared/rights.ts'
import { type Instead, type Reach, reachOf } from '../shared/rights-scopes.ts'
import { nextTurn } from '../shared/substitutions.ts'
import type { Committed } from './commit/judgement.ts'
import type { DocumentStore } from './store/store.ts'

export interface Directory {
  /** Definitions of custom fields, deleted ones too. */
  fields(): FieldRow[]
  /** Custom fields whose values lie apart. */
  apart(): ReadonlySet<string>
  employee(id: string): EmployeeRow | undefined
  account(id: string): AccountRow | undefined
  accounts(): AccountRow[]
  /**
   * The employee as `rights` wants it; null for one who does not exist, is blocked or removed.
   * The same object as long as nothing of it changed.
   */
  subjectOf(user: string): Subject | null
  /** Employees behind an id, of an employee or a role, who may read a row and want such notices. */
  readersOf(who: string, kind: NoticeKind, row: Row): string[]
  /** Called after the directory has changed, before anyone else hears of the commit. */
  take(changes: Committed[]): void
  /** Looks at the clock; true where it has changed what somebody may (F283) since it was looked at last. */
  tick(): boolean
}

/** Reads the directory of a workspace. */
export const openDirectory = async (store: DocumentStore, clock: Clock): Promise<Directory> => {
  const rows = async (type: string) =>
    (await store.documentsOfType(type)).map(({ rowJson }) => JSON.parse(rowJson) as unknown)
  // The pipeline projected them by their types before they were stored.
  const employees = new Map(
    ((await rows('employee')) as EmployeeRow[]).map((row) => [row.id, row] as const),
  )
  const accounts = new Map(
    ((await rows('account')) as AccountRow[]).map((row) => [row.id, row] as const),
  )
  const departments = new Map(
    ((await rows('department')) as DepartmentRow[]).map((row) => [row.id, row] as const),
  )
  const roles = new Map(((await rows('role')) as RoleRow[]).map((row) => [row.id, row] as const))
  const substitutions = new Map(
    ((await rows('substitution')) as SubstitutionRow[]).map((row) => [row.id, row] as const),
  )
  const fields = new Map(((await rows('field')) as FieldRow[]).map((row) => [row.id, row] as const))
  /** The same map for every subject, kept up to date in place. */
  const scenarios = new Map(
    ((await rows('scenario')) as ScenarioRow[]).map((row) => [row.id, row] as const),
  )
  const apartOf = () =>
    new Set([...fields.values()].flatMap(({ id, readers }) => (readers ? [id] : [])))
  let apart = apartOf()
  const subjects = new Map<string, Subject>()

  const compute = (user: string): Subject | null => {
    const row = employees.get(user)
    if (!row || row.state === 'blocked' || row.deletedAt) return null
    const administrator = row.role === 'administrator'
    const organisation = {
      employees: employees.values(),
      departments: departments.values(),
      roles: roles.values(),
      substitutions: substitutions.values(),
    }
    const reach = reachOf(user, organisation, clock())
    const tokens = tokensOf({ id: user, administrator }, accounts.values(), reach)
    const groups = groupsOf(user, {
      employees: [row],
      departments: departments.values(),
      roles: roles.values(),
    })
    const own = fieldRights(fields.values(), { id: user, administrator, groups })
    for (const token of own.tokens) tokens.add(token)
    const { closed } = own
    const rights = { tokens, reach, closed, apart: own.apart, scenarios }
    return { kind: 'employee', id: user, administrator, ...rights }
  }

  /** Between these moments the clock alone changes nothing. */
  let turn = { last: clock(), next: nextTurn(substitutions.values(), clock()) }
  let turned = false
  const renew = () => {
    const now = clock()
    turn = { last: now, next: nextTurn(substitutions.values(), now) }
    for (const [user, kept] of subjects) {
      const subject = compute(user)
      if (!subject) subjects.delete(user)
      else if (!sameSubject(kept, subject)) {
        subjects.set(user, subject)
        turned = true
      }
    }
  }
  /** Also where the clock was put back. */
  const lookAtClock = () => {
    const now = clock()
    if (now >= turn.next || now < turn.last) renew()
  }

  const subjectOf = (user: string): Subject | null => {
    lookAtClock()
    const kept = subjects.get(user)
    if (kept) return kept
    const subject = compute(user)
    if (subject) subjects.set(user, subject)
    return subject
  }

  return {
    fields: () => [...fields.values()],
    apart: () => apart,
    employee: (id) => employees.get(id),
    account: (id) => accounts.get(id),
    accounts: () => [...accounts.values()],
    subjectOf,
    readersOf: (who, kind, row) => {
      const wants = (user: string) => {
        const subject = subjectOf(user)
        const quiet = employees.get(user)?.quiet ?? []
        return subject !== null && !quiet.includes(kind) && mayRead(subject, row)
      }
      const behind = roles.has(who)
        ? [...employees.values()].filter((row) => row.roles?.includes(who)).map(({ id }) => id)
        : [who]
      return behind.filter(wants)
    },
    take: (changes) => {
      let changed = false
      for (const { type, row } of changes) {
        if (type === 'employee') employees.set(row.id, row as unknown as EmployeeRow)
        else if (type === 'department') departments.set(row.id, row as unknown as DepartmentRow)
        else if (type === 'role') roles.set(row.id, row as unknown as RoleRow)
        else if (type === 'substitution')
          substitutions.set(row.id, row as unknown as SubstitutionRow)
        else if (type === 'field') fields.set(row.id, row as unknown as FieldRow)
        else if (type === 'scenario') {
          scenarios.set(row.id, row as unknown as ScenarioRow)
          continue
        } else if (type === 'account') accounts.set(row.id, row as unknown as AccountRow)
        else continue
        changed = true
      }
      if (!changed) return
      apart = apartOf()
      renew()
      // Those who watch commits see by such a one that they have to look.
      turned = false
    },
    tick: () => {
      lookAtClock()
      const was = turned
      turned = false
      return was
    },
  }
}

const none: ReadonlySet<string> = new Set()

const sameSubject = (a: Subject, b: Subject): boolean =>
  a.administrator === b.administrator &&
  sameSet(a.tokens, b.tokens) &&
  sameSet(a.closed ?? none, b.closed ?? none) &&
  sameSet(a.apart ?? none, b.apart ?? none) &&
  sameReach(a.reach, b.reach)

const sameReach = (a: Reach | undefined, b: Reach | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    sameValue(a.matrix, b.matrix) &&
    sameSet(a.own, b.own) &&
    sameSet(a.department, b.department) &&
    sameSet(a.departmentBelow, b.departmentBelow) &&
    sameSet(a.headed, b.headed) &&
    a.instead.length === b.instead.length &&
    a.instead.every((one, at) => sameInstead(one, b.instead[at])))

const sameInstead = (a: Instead, b: Instead | undefined): boolean =>
  b !== undefined &&
  a.user === b.user &&
  a.mailboxes === b.mailboxes &&
  sameSet(a.parts, b.parts) &&
  sameReach(a.reach, b.reach)

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item))
