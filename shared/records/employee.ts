import { sameValue } from '../equality.ts'
import {
  choice,
  commonFields,
  type Declaration,
  json,
  type RowOf,
  ref,
  strings,
  text,
  title,
} from './declaration.ts'
import { matrix } from './role.ts'

export const employeeRoles = {
  administrator: { ru: 'Администратор', en: 'Administrator' },
  employee: { ru: 'Сотрудник', en: 'Employee' },
} as const

const fields = {
  ...commonFields,
  name: title('ФИО', 'Full name', 300, { required: true, indexed: true }),
  email: text('Электронная почта', 'E-mail', 254, { required: true, changedBy: 'services' }),
  phone: text('Телефон', 'Phone', 50),
  position: text('Должность', 'Position', 200),
  role: choice('Роль', 'Role', employeeRoles, { required: true }),
  state: choice('Состояние', 'State', {
    active: { ru: 'Работает', en: 'Active' },
    blocked: { ru: 'Заблокирован', en: 'Blocked' },
  }),
  department: ref('Подразделение', 'Department', { indexed: true }),
  roles: strings('Роли', 'Roles', 20, 36),
  /** Rights of this one employee, whatever the roles say (F278). */
  exceptions: json('Отдельные права', 'Individual rights', matrix),
  photo: ref('Фото', 'Photo'),
  /** Kinds of notices that they do not want (see `noticeKinds`). */
  quiet: strings('Отключённые оповещения', 'Notices that are off', 30, 30),
} as const

export type EmployeeRow = RowOf<typeof fields>

/** What an employee may not decide about themselves. */
const decidedByOthers = ['role', 'state', 'department', 'roles', 'exceptions', 'deletedAt'] as const

/** A user of the workspace. The record's id is the user's id; how they sign in is not in it. */
export const employee: Declaration<EmployeeRow> & { fields: typeof fields } = {
  type: 'employee',
  label: { ru: 'Сотрудник', en: 'Employee' },
  fields,
  maxStateBytes: 100_000,
  audience: () => ['all'],
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (!before) return 'forbidden'
    if (subject.administrator) {
      // The last door out: an administrator can neither lower nor block themselves.
      const self = before.id === subject.id
      return self && (after.role !== before.role || after.state !== before.state)
        ? 'forbidden'
        : null
    }
    const isSame = decidedByOthers.every((name) => sameValue(after[name], before[name]))
    return before.id === subject.id && isSame ? null : 'forbidden'
  },
}
