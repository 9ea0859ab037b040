/**
 * The matrix of rights (F278, F282): what an employee may do to records of a type, and how far that
 * reaches.
 *
 *     cell   the exception, else the widest of the roles, else the factory setting
 */

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

/** F258: read by everyone, kept by administrators and by roles that are given the right. */
const catalogue: Record<Action, Scope> = {
  read: 'all',
  create: 'none',
  change: 'none',
  delete: 'none',
  import: 'none',
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
  product: catalogue,
  contract: untilRestricted,
  appeal: byAccount,
  dialog: byAccount,
}
export type GovernedType = keyof typeof factory
export const governedTypes = Object.keys(factory) as GovernedType[] // Object.keys forgets the key type

export const isGoverned = (type: string): type is GovernedType => Object.hasOwn(factory, type)

/** Within these roles narrow what a channel account opens; the others stand by themselves. */
export const accountTypes = ['appeal', 'dialog'] as const satisfies GovernedType[]
export type AccountType = (typeof accountTypes)[number]
export const isOfAccount = (type: GovernedType): type is AccountType =>
  accountTypes.some((each) => each === type)

/** What nobody does by hand: appeals and dialogs come from channels; or what is everybody's: the catalogue. */
const unused: Partial<Record<GovernedType, readonly Action[]>> = {
  appeal: ['create', 'delete', 'import'],
  dialog: ['delete', 'import'],
  product: ['read'],
}
export const isUsed = (type: GovernedType, action: Action): boolean =>
  unused[type]?.includes(action) !== true

/** How far rights to a type can reach: a product is nobody's own. */
export const scopesOf = (type: GovernedType): readonly Scope[] =>
  type === 'product' ? ['none', 'all'] : scopes

/** Cells that are not given are the factory's. */
export type Matrix = Partial<Record<GovernedType, Partial<Record<Action, Scope>>>>
export type FullMatrix = Record<GovernedType, Record<Action, Scope>>
export const factorySettings: FullMatrix = factory

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

export const isRestrictable = (type: GovernedType): boolean =>
  factorySettings[type] === untilRestricted
