/** What happens in a company to rights and to what they are about. */
import fc from 'fast-check'
import { actions, scopes } from '../../../shared/rights-matrix.ts'

const people = 4
export const clients = 12
export const dialogs = 4
const fields = 2
/** Tasks, Interests and contracts by turns. */
export const works = 6
/** Records of an owner: an import, a segment, a view. */
const belongings = 3

const matrix = fc.record(
  Object.fromEntries(actions.map((action) => [action, fc.constantFrom(...scopes)])),
  { requiredKeys: [] },
)
export const rightsStep = fc.oneof(
  fc.record({
    do: fc.constant('managers' as const),
    at: fc.nat(clients - 1),
    who: fc.subarray([0, 1, 2, 3]),
  }),
  fc.record({
    do: fc.constant('open' as const),
    at: fc.nat(clients - 1),
    open: fc.constantFrom('closed', 'read', 'write'),
  }),
  fc.record({ do: fc.constant('name' as const), at: fc.nat(clients - 1) }),
  fc.record({ do: fc.constant('role' as const), at: fc.nat(1), matrix }),
  fc.record({ do: fc.constant('dropRole' as const), at: fc.nat(1), dropped: fc.boolean() }),
  fc.record({ do: fc.constant('roles' as const), roles: fc.subarray([0, 1]) }),
  fc.record({ do: fc.constant('exception' as const), matrix, given: fc.boolean() }),
  fc.record({
    do: fc.constant('department' as const),
    who: fc.nat(people - 1),
    at: fc.option(fc.nat(2), { nil: null }),
  }),
  fc.record({
    do: fc.constant('parent' as const),
    at: fc.nat(2),
    parent: fc.option(fc.nat(2), { nil: null }),
  }),
  fc.record({ do: fc.constant('administrator' as const), is: fc.boolean() }),
  fc.record({
    do: fc.constant('mailbox' as const),
    users: fc.subarray([0, 1]),
    access: fc.constantFrom('list', 'user', 'all'),
    openForReading: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('responsible' as const),
    at: fc.nat(dialogs - 1),
    type: fc.constantFrom('dialog', 'appeal'),
    who: fc.option(fc.nat(people - 1), { nil: null }),
  }),
  fc.record({ do: fc.constant('message' as const), at: fc.nat(dialogs - 1) }),
  fc.record({ do: fc.constant('file' as const), at: fc.nat(dialogs - 1) }),
  fc.record({ do: fc.constant('note' as const), at: fc.nat(dialogs - 1) }),
  fc.record({
    do: fc.constant('away' as const),
    who: fc.nat({ max: people - 1 }),
    parts: fc.subarray(['clients', 'correspondence'], { minLength: 1 }),
    byThemselves: fc.boolean(),
    running: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('readers' as const),
    at: fc.nat(fields - 1),
    readers: fc.option(
      fc.record({
        who: fc.subarray([0, 1]),
        roles: fc.subarray([0, 1]),
        departments: fc.subarray([0, 1, 2]),
      }),
      { nil: null },
    ),
  }),
  fc.record({
    do: fc.constant('value' as const),
    at: fc.nat(clients - 1),
    field: fc.nat(fields - 1),
  }),
  fc.record({
    do: fc.constant('restrict' as const),
    at: fc.nat(works - 1),
    restricted: fc.boolean(),
    members: fc.subarray([0, 1]),
    responsible: fc.nat(people - 1),
  }),
  fc.record({ do: fc.constant('type' as const), at: fc.nat(clients - 1) }),
  fc.record({ do: fc.constant('cut' as const) }),
  fc.record({ do: fc.constant('wait' as const) }),
)

/** The same, with records of every other type there is, and histories that somebody looks at. */
export const rightsStepOfAllTypes = fc.oneof(
  { weight: 3, arbitrary: rightsStep },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('event' as const), at: fc.nat(clients - 1) }),
      fc.record({
        do: fc.constant('trash' as const),
        at: fc.nat(clients - 1),
        event: fc.boolean(),
        thrown: fc.boolean(),
      }),
      fc.record({
        do: fc.constant('notice' as const),
        at: fc.nat(clients - 1),
        who: fc.nat(people - 1),
      }),
      fc.record({
        do: fc.constant('belonging' as const),
        at: fc.nat(belongings - 1),
        shared: fc.boolean(),
      }),
      fc.record({ do: fc.constant('completeness' as const), phone: fc.boolean() }),
      fc.record({ do: fc.constant('history' as const), at: fc.nat() }),
    ),
  },
)

export type RightsStep = typeof rightsStepOfAllTypes extends fc.Arbitrary<infer T> ? T : never
