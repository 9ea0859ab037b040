import * as v from 'valibot'
import { type Action, actions, type GovernedType, governedTypes, scopes } from '../rights-matrix.ts'
import { commonFields, type Declaration, json, type RowOf, title } from './declaration.ts'

const scope = v.optional(v.picklist(scopes))
const cells = v.optional(
  v.strictObject(
    // Made of all actions.
    Object.fromEntries(actions.map((action) => [action, scope])) as Record<Action, typeof scope>,
  ),
)
/** The cells that differ from the factory settings. One key: a matrix is changed as a whole. */
export const matrix = v.strictObject(
  // Made of all governed types.
  Object.fromEntries(governedTypes.map((type) => [type, cells])) as Record<
    GovernedType,
    typeof cells
  >,
)

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 200, { required: true }),
  matrix: json('Права', 'Rights', matrix),
} as const

export type RoleRow = RowOf<typeof fields>

/** Rights that several employees share (F278). Administrators need none: they may everything. */
export const role: Declaration<RoleRow> & { fields: typeof fields } = {
  type: 'role',
  label: { ru: 'Роль', en: 'Role' },
  fields,
  maxStateBytes: 100_000,
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
}
