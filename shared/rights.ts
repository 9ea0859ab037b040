/**
 * Who may do what. The same function runs on the device, before a write, and at the relay, where
 * its word counts. Reading is decided by tokens: a record has an audience, a subject holds tokens,
 * and one in common is enough.
 */

import { type AccountAccess, mayAnswer } from './access.ts'
import { sameValue } from './equality.ts'
import type { Reason } from './reasons.ts'
import type { Row } from './records/declaration.ts'
import { declarationOf, isRecordType } from './records/index.ts'
import type { ScenarioRow } from './records/scenario.ts'
import { type Governed, mayAct, mayActRestrictable } from './rights-acts.ts'
import { isGoverned, isRestrictable } from './rights-matrix.ts'
import { factoryReach, type Reach, standingIn } from './rights-scopes.ts'
import { accountTokens, governedTokens, type Restrictable } from './rights-tokens.ts'

export { type AccountAccess, mayAnswer }

/** Who asks: an employee at a device, or a service (a connector, the relay itself). */
export interface Subject {
  kind: 'employee' | 'service'
  /** Id of the employee's record; for a service its name, such as `connector`. */
  id: string
  administrator: boolean
  /** What the subject may read, see `tokensOf`. */
  tokens: ReadonlySet<string>
  /** Custom fields that the subject may not change (see `fieldRights`). */
  closed?: ReadonlySet<string>
  /** How the company sells, for the rules of moving an Interest. */
  scenarios?: ReadonlyMap<string, ScenarioRow>
  /** Custom fields whose values lie in records of their own, as nobody may put them anywhere else. */
  apart?: ReadonlySet<string>
  /** How far roles reach; without it the factory settings hold. */
  reach?: Reach
}

/** May see and change everything: connectors and the relay's own changes. */
export const service = (id: string): Subject => ({
  kind: 'service',
  id,
  administrator: false,
  tokens: new Set(['all', 'admin', 'service']),
})

/**
 * The tokens of an employee: `all`, `user:<id>`, `admin` for administrators, `account:<id>` and
 * `appeal:<id>` for every account whose correspondence is readable (`account:<id>:user:<id>` … where
 * a role narrows it), `answer:<id>` where it may also be answered, and those of the roles
 * (`client:user:<id>`, `client:open`, `client:all` …); beside them those of whom they stand in for,
 * `answer:<id>:for:<absent>` apart, since what one of two may do is not what both may.
 * A private mailbox stays private from administrators too (F16).
 */
export const tokensOf = (
  user: { id: string; administrator: boolean },
  accounts: Iterable<AccountAccess>,
  reach: Reach = factoryReach(user.id),
): Set<string> => {
  const tokens = new Set(['all', `user:${user.id}`])
  // What roles limit is open to administrators anyway.
  if (user.administrator) tokens.add('admin')
  else for (const token of governedTokens(reach)) tokens.add(token)
  // A mailbox that is closed to administrators is closed, but an open one no role narrows for them.
  const within = user.administrator ? factoryReach(user.id) : reach
  const absent = standingIn(reach, 'correspondence')
  for (const { user: away, mailboxes } of absent) {
    tokens.add(`list:${away}`)
    if (mailboxes) tokens.add(`private:${away}`)
  }
  for (const account of accounts) {
    const open = (token: string) => tokens.add(token)
    const answers = mayAnswer(user.id, account)
    if (answers) open(`answer:${account.id}`)
    if (answers || account.openForReading) accountTokens(account.id, within).forEach(open)
    for (const each of absent) {
      if (account.access === 'user' && !each.mailboxes) continue
      const theyAnswer = mayAnswer(each.user, account)
      if (theyAnswer) open(`answer:${account.id}:for:${each.user}`)
      if (theyAnswer || account.openForReading) accountTokens(account.id, each.reach).forEach(open)
    }
  }
  return tokens
}

/** Whether these tokens open what asks for one; `a&b` asks for both. */
export const holds = (tokens: ReadonlySet<string>, token: string): boolean =>
  tokens.has(token) || (token.includes('&') && token.split('&').every((each) => tokens.has(each)))

export const mayRead = (subject: Subject, row: Row): boolean =>
  subject.kind === 'service' || audienceOf(row).some((token) => holds(subject.tokens, token))

/**
 * Whether `subject` may bring back what the relay lost when a backup was restored: `after` is their
 * device's copy, with what others wrote into it. Who wrote what cannot be proved any more, so it is
 * asked whether the user could have written it; but messages and appeals, which connectors write that
 * keep nothing, may come back with all who may read them, and who is who with administrators.
 */
export const mayBringBack = (subject: Subject, before: Row | null, after: Row): boolean => {
  if (!isRecordType(after.type) || !mayRead(subject, after)) return false
  if (before && !mayRead(subject, before)) return false
  const { mayWrite } = declarationOf(after.type)
  if (carried.has(after.type)) return mayWrite(service('relay'), before, after) === null
  if (after.type === 'employee' && subject.administrator) return true
  return mayWrite(subject, before, after) === null
}

const carried: ReadonlySet<string> = new Set(['segment', 'dialog', 'appeal'])

/**
 * Raised with every change of what `audienceOf` makes of a row: a relay whose base was made by other
 * rules makes all audiences anew when it starts.
 */
export const rulesVersion = 2

/** Tokens of those who may read a record. */
export const audienceOf = (row: Row): string[] =>
  isRecordType(row.type) ? declarationOf(row.type).audience(row) : []

/**
 * Whether `subject` may turn `before` (null: does not exist yet) into `after`.
 * @returns null if allowed, otherwise the reason and the field it is about.
 */
export const rights = (
  subject: Subject,
  before: Row | null,
  after: Row,
): { reason: Reason; field?: string } | null => {
  if (!isRecordType(after.type)) return { reason: 'unknownType' }
  if (before && before.type !== after.type) return { reason: 'immutableField', field: 'type' }
  if (before && !mayRead(subject, before)) return { reason: 'forbidden' }
  const declaration = declarationOf(after.type)
  if (subject.kind !== 'service') {
    for (const [name, field] of Object.entries(declaration.fields)) {
      if (!field.changedBy || field.changedBy === 'writers') continue
      if (field.changedBy === 'nobody' && before === null) continue
      if (!sameValue(before?.[name], after[name])) return { reason: 'immutableField', field: name }
    }
    const closed = closedChange(subject, before, after)
    if (closed) return { reason: 'immutableField', field: closed }
    const apart = misplaced(subject, before, after)
    if (apart) return { reason: 'fieldRestricted', field: apart }
    if (isLoading(before, after) && !mayImport(subject, after.type))
      return { reason: 'forbidden', field: 'imports' }
    if (before === null && after.createdBy !== undefined && after.createdBy !== subject.id)
      return { reason: 'immutableField', field: 'createdBy' }
    // The trash shows who put a record there: nobody does so in another's name.
    if (
      after.deletedBy !== undefined &&
      after.deletedBy !== subject.id &&
      !sameValue(before?.deletedBy, after.deletedBy)
    )
      return { reason: 'immutableField', field: 'deletedBy' }
  }
  const reason = declaration.mayWrite(subject, before, after)
  return reason ? { reason } : null
}

/**
 * Whether records of a type may be loaded from a file at all. Each one that is loaded is judged by
 * `rights` besides, like every other that is made or changed.
 */
export const mayImport = (subject: Subject, type: string): boolean => {
  if (subject.kind === 'service' || subject.administrator || !isGoverned(type)) return true
  const { matrix } = subject.reach ?? factoryReach(subject.id)
  return matrix[type].import !== 'none' && matrix[type].create !== 'none'
}

/**
 * Whether a record may be taken out into a file. What may not be read may not be taken out; what was
 * opened to everyone for reading is still its managers' to take out.
 */
export const mayExport = (subject: Subject, type: string, row: Row): boolean => {
  if (!mayRead(subject, row)) return false
  // What was written down about a contact goes as the contact goes.
  const asType = type === 'interaction' ? String(row.contactType) : type
  if (subject.kind === 'service' || subject.administrator || !isGoverned(asType)) return true
  const reach = subject.reach ?? factoryReach(subject.id)
  if (isRestrictable(asType))
    return mayActRestrictable(reach, asType, 'export', row as Restrictable) // has these fields
  const { managers, responsible } = row as Governed // the others have one of them
  return mayAct(reach, asType, 'export', { managers, responsible })
}

/** Whose dialogs and appeals are one's own: those of oneself, of one's roles, of whom one stands in for. */
export const dialogsOf = (subject: Subject): ReadonlySet<string> => {
  const reach = subject.reach ?? factoryReach(subject.id)
  return new Set([
    subject.id,
    ...reach.own,
    ...standingIn(reach, 'correspondence').map(({ user }) => user),
  ])
}

/** Whether a change says that it comes from a file; to take an import back asks for no such right. */
const isLoading = (before: Row | null, after: Row): boolean => {
  const [old, now] = [before, after].map((row) => (row?.imports ?? []) as { id: string }[]) // parts
  return now?.some(({ id }) => !old?.some((part) => part.id === id)) === true
}

/** A value that was put into the record, or into what a merge or import left there, and lies apart. */
const misplaced = ({ apart }: Subject, before: Row | null, after: Row): string | null => {
  if (!apart || apart.size === 0) return null
  const [old, now] = [before, after].map((row) => openValues(row))
  for (const [key, value] of now ?? []) {
    const id = key.slice(key.lastIndexOf('/') + 1)
    if (apart.has(id) && !sameValue(old?.get(key), value)) return `custom/${id}`
  }
  return null
}

/** All values of custom fields that stand in a row, by a path that ends with the field's id. */
const openValues = (row: Row | null): Map<string, unknown> => {
  const values = new Map<string, unknown>()
  for (const [id, value] of Object.entries(row?.custom ?? {})) values.set(`custom/${id}`, value)
  // Parts as in `merged.ts` and `imported.ts`; other types have none.
  for (const name of ['merged', 'imports'])
    for (const { id, set = {} } of (row?.[name] ?? []) as { id: string; set?: object }[])
      for (const [path, pair] of Object.entries(set))
        if (path.startsWith('custom/')) values.set(`${name}/${id}/${path}`, pair)
  return values
}

/** A custom field that was changed by one who may not; null where there is none. */
const closedChange = ({ closed }: Subject, before: Row | null, after: Row): string | null => {
  if (!closed || closed.size === 0) return null
  const [old, now] = [before, after].map(
    (row) => (row?.custom ?? {}) as Record<string, unknown>, // projected as `values`
  )
  const id = [...closed].find((field) => !sameValue(old?.[field], now?.[field]))
  return id === undefined ? null : `custom/${id}`
}
