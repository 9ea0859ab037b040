/** Tokens: those of a record say who may read it, those of an employee what they may (`rights-scopes.ts`). */
import {
  type AccountType,
  accountTypes,
  governedTypes,
  isOfAccount,
  isRestrictable,
  isUsed,
} from './rights-matrix.ts'
import { peopleIn, type Reach, standingIn } from './rights-scopes.ts'

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

/** Tokens that open governed records to an employee. Without a right to read even open ones stay closed. */
export const governedTokens = (reach: Reach): string[] => [
  ...ownGovernedTokens(reach),
  ...standingIn(reach, 'clients').flatMap((absent) => ownGovernedTokens(absent.reach)),
]

const ownGovernedTokens = (reach: Reach): string[] =>
  governedTypes.flatMap((type) => {
    const scope = reach.matrix[type].read
    if (scope === 'none' || isOfAccount(type) || !isUsed(type, 'read')) return []
    const people = peopleIn(reach, scope)
    const members = isRestrictable(type) ? [...reach.own].map((id) => `${type}:member:${id}`) : []
    if (people === null) return [`${type}:all`, ...members]
    return [`${type}:open`, ...[...people].map((id) => `${type}:user:${id}`), ...members]
  })

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
