import { commonFields, type Declaration, type RowOf, ref, title } from './declaration.ts'

const fields = {
  ...commonFields,
  name: title('Название', 'Name', 200, { required: true }),
  /** None: at the top. */
  parent: ref('Входит в', 'Part of'),
  /** Appoints deputies for those who are in it and below it (F283). */
  head: ref('Руководитель', 'Head'),
} as const

export type DepartmentRow = RowOf<typeof fields>

/** A part of the company (F282). Employees name theirs; its place in the tree is `parent`. */
export const department: Declaration<DepartmentRow> & { fields: typeof fields } = {
  type: 'department',
  label: { ru: 'Подразделение', en: 'Department' },
  fields,
  maxStateBytes: 50_000,
  // Every device works out by itself what its user may do.
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
}
