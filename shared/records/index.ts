/** All record types. */
import { type AccountRow, account } from './account.ts'
import { type AppealRow, appeal } from './appeal.ts'
import { type ClassificationRow, classification } from './classification.ts'
import { type ClientRow, client } from './client.ts'
import { type ClientSegmentRow, clientSegment } from './client-segment.ts'
import { type CompletenessRow, completeness } from './completeness.ts'
import { type ContractRow, contract } from './contract.ts'
import type { Declaration } from './declaration.ts'
import { type DepartmentRow, department } from './department.ts'
import { type DialogRow, dialog } from './dialog.ts'
import { type DirectoryRow, directory } from './directory.ts'
import { type EmployeeRow, employee } from './employee.ts'
import { type FieldRow, field } from './field.ts'
import { type ImportRow, importRecord } from './import.ts'
import { type InteractionRow, interaction } from './interaction.ts'
import { type InterestRow, interest } from './interest.ts'
import { type LayoutRow, layout } from './layout.ts'
import { type NoticeRow, notice } from './notice.ts'
import { type NumberingRow, numbering } from './numbering.ts'
import { type OrganisationRow, organisation } from './organisation.ts'
import { type PersonRow, person } from './person.ts'
import { type PrivateValueRow, privateValue } from './private-value.ts'
import { type ProductRow, product } from './product.ts'
import { type RoleRow, role } from './role.ts'
import { type ScenarioRow, scenario } from './scenario.ts'
import { type SegmentRow, segment } from './segment.ts'
import { type SubstitutionRow, substitution } from './substitution.ts'
import { type TaskRow, task } from './task.ts'
import { type TemplateRow, template } from './template.ts'
import { type ViewRow, view } from './view.ts'

export interface RowsByType {
  account: AccountRow
  appeal: AppealRow
  classification: ClassificationRow
  client: ClientRow
  clientSegment: ClientSegmentRow
  completeness: CompletenessRow
  contract: ContractRow
  department: DepartmentRow
  dialog: DialogRow
  directory: DirectoryRow
  employee: EmployeeRow
  field: FieldRow
  import: ImportRow
  interaction: InteractionRow
  interest: InterestRow
  layout: LayoutRow
  notice: NoticeRow
  numbering: NumberingRow
  organisation: OrganisationRow
  person: PersonRow
  privateValue: PrivateValueRow
  product: ProductRow
  role: RoleRow
  scenario: ScenarioRow
  segment: SegmentRow
  substitution: SubstitutionRow
  task: TaskRow
  template: TemplateRow
  view: ViewRow
}
export type RecordType = keyof RowsByType

const declarations = {
  account,
  appeal,
  classification,
  client,
  clientSegment,
  completeness,
  contract,
  department,
  dialog,
  directory,
  employee,
  field,
  import: importRecord,
  interaction,
  interest,
  layout,
  notice,
  numbering,
  organisation,
  person,
  privateValue,
  product,
  role,
  scenario,
  segment,
  substitution,
  task,
  template,
  view,
}

export const recordTypes = Object.keys(declarations) as RecordType[] // Object.keys forgets the key type

export const isRecordType = (value: unknown): value is RecordType =>
  typeof value === 'string' && Object.hasOwn(declarations, value)

/** The declaration of a type, for code that works with all types alike. */
export const declarationOf = (type: RecordType): Declaration =>
  // A declaration takes rows of its own type only; who calls it has projected the row by it.
  declarations[type] as unknown as Declaration

const leading: ReadonlySet<string> = new Set(
  recordTypes.flatMap((type) => declarationOf(type).follows?.types ?? []),
)

/** Whether a change of such a record can ask for a change of another one, or of more in itself. */
export const leadsOrFollows = (type: RecordType): boolean =>
  leading.has(type) || declarationOf(type).follows !== undefined

/** Types whose records repeat fields of records of this type. */
export const followersOf = (type: RecordType): RecordType[] =>
  recordTypes.filter((each) => declarationOf(each).follows?.types.includes(type))
