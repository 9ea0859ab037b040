/** Fields that administrators add to the records of people's data (F52). */
import * as v from 'valibot'
import { customValue } from './custom-value.ts'
import {
  choice,
  commonFields,
  type Declaration,
  flag,
  json,
  parts,
  type RowOf,
  strings,
  text,
  title,
} from './declaration.ts'

export const fieldKinds = {
  text: { ru: 'Строка', en: 'Text' },
  longText: { ru: 'Текст', en: 'Long text' },
  number: { ru: 'Число', en: 'Number' },
  money: { ru: 'Деньги', en: 'Money' },
  date: { ru: 'Дата', en: 'Date' },
  yesNo: { ru: 'Да / нет', en: 'Yes / no' },
  oneOf: { ru: 'Один из списка', en: 'One of a list' },
  manyOf: { ru: 'Несколько из списка', en: 'Several of a list' },
  phone: { ru: 'Телефон', en: 'Phone' },
  email: { ru: 'Электронная почта', en: 'E-mail' },
  link: { ru: 'Ссылка', en: 'Link' },
  client: { ru: 'Клиент', en: 'Client' },
  employee: { ru: 'Сотрудник', en: 'Employee' },
  file: { ru: 'Файл', en: 'File' },
} as const
export type FieldKind = keyof typeof fieldKinds

/**
 * Record types with fields of one's own that can be kept from some of those who see the record (see
 * `private-value.ts`).
 */
export const hideableTypes = {
  client: { ru: 'Клиенты', en: 'Clients' },
  person: { ru: 'Контактные лица', en: 'Contact persons' },
  dialog: { ru: 'Диалоги', en: 'Dialogs' },
  appeal: { ru: 'Обращения', en: 'Appeals' },
  task: { ru: 'Дела', en: 'Tasks' },
  interest: { ru: 'Интересы', en: 'Interests' },
  contract: { ru: 'Договоры', en: 'Contracts' },
} as const
export type HideableType = keyof typeof hideableTypes

/**
 * Record types that have `custom`. A value that lies apart follows its record; an event follows its
 * client already, and nobody follows a follower: its fields are for all who see the event. Products are for all.
 */
export const customisedTypes = {
  ...hideableTypes,
  interaction: { ru: 'События', en: 'Events' },
  product: { ru: 'Товары и услуги', en: 'Products and services' },
} as const
export type CustomisedType = keyof typeof customisedTypes

export const canBeHidden = (type: string): type is HideableType =>
  Object.hasOwn(hideableTypes, type)

/** As the default of a date: the day on which the record is made. */
export const dayOfMaking = 'today'

const option = v.object({
  name: v.pipe(v.string(), v.maxLength(200), v.regex(/\S/u)),
  /** Not offered any more; values that name it keep it. */
  archived: v.optional(v.literal(true)),
})

const fields = {
  ...commonFields,
  recordType: choice('Записи', 'Records', customisedTypes, {
    required: true,
    indexed: true,
    changedBy: 'nobody',
  }),
  /** What the values are; another kind is another field. */
  kind: choice('Вид', 'Kind', fieldKinds, { required: true, changedBy: 'nobody' }),
  name: title('Название', 'Name', 200, { required: true }),
  options: parts('Варианты', 'Options', option),
  required: flag('Обязательное', 'Required'),
  default: json('Значение по умолчанию', 'Default value', customValue),
  hint: text('Подсказка', 'Hint', 500),
  /** Heading on the card under which it stands. */
  section: text('Раздел карточки', 'Section of the card', 100),
  order: text('Порядок', 'Order', 500),
  /** Ids of roles, employees and departments that change the values; absent: who may change the record. */
  writers: strings('Кто меняет', 'Who changes it', 100, 36),
  /**
   * Ids of roles, employees and departments that see the values; absent: who sees the record. With it
   * the values lie apart (see `private-value.ts`).
   */
  readers: strings('Кто видит', 'Who sees it', 100, 36),
  /** The relay has moved all values to where `readers` says they belong. */
  apart: flag('Значения хранятся отдельно', 'Values are kept apart', { changedBy: 'services' }),
} as const

export type FieldRow = RowOf<typeof fields>

export const field: Declaration<FieldRow> & { fields: typeof fields } = {
  type: 'field',
  label: { ru: 'Поле', en: 'Field' },
  fields,
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject, _before, { recordType, readers }) => {
    if (subject.kind !== 'service' && !subject.administrator) return 'forbidden'
    return readers && !canBeHidden(recordType) ? 'invalidValue' : null
  },
}

export const isCustomised = (type: string): type is CustomisedType =>
  Object.hasOwn(customisedTypes, type)

/** Held by those who may see the values of a field that not everyone may see. */
export const fieldToken = (id: string): string => `field:${id}`

/** What an employee may do with custom fields. */
export interface FieldRights {
  /** Fields whose values they may not change, though they may change the record. */
  closed: ReadonlySet<string>
  /** Fields whose values lie apart, whoever asks; deleted ones too. */
  apart: ReadonlySet<string>
  /** `field:<id>` of those of them that they may see. */
  tokens: ReadonlySet<string>
}

type Definition = Pick<FieldRow, 'id' | 'writers' | 'readers' | 'deletedAt'>

/** `groups`: ids of the roles and departments that the employee is in, see `groupsOf`. */
export const fieldRights = (
  definitions: Iterable<Definition>,
  user: { id: string; administrator: boolean; groups: ReadonlySet<string> },
): FieldRights => {
  const isOne = (list: readonly string[]) =>
    user.administrator || list.some((id) => id === user.id || user.groups.has(id))
  const [closed, apart, tokens] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { id, writers, readers, deletedAt } of definitions) {
    if (readers) apart.add(id)
    const sees = !readers || isOne(readers)
    if (readers && sees) tokens.add(fieldToken(id))
    if (!sees || (writers && deletedAt === undefined && !isOne(writers))) closed.add(id)
  }
  return { closed, apart, tokens }
}

/** Definitions of the fields that the subject may see. */
export const seenFields = <D extends Pick<FieldRow, 'id' | 'readers'>>(
  { tokens }: { tokens: ReadonlySet<string> },
  definitions: readonly D[],
): D[] => definitions.filter(({ id, readers }) => !readers || tokens.has(fieldToken(id)))

interface Groups {
  employees: Iterable<{ id: string; department?: string; roles?: string[] }>
  departments: Iterable<{ id: string; parent?: string; deletedAt?: number }>
  roles: Iterable<{ id: string; deletedAt?: number }>
}

/** Roles of an employee, their department and those above it. A ring ends where it began. */
export const groupsOf = (user: string, { employees, departments, roles }: Groups): Set<string> => {
  const employee = [...employees].find(({ id }) => id === user)
  const existing = [...roles].filter(({ deletedAt }) => deletedAt === undefined)
  const own = employee?.roles ?? []
  const groups = new Set(existing.flatMap(({ id }) => (own.includes(id) ? [id] : [])))
  const parents = new Map(
    [...departments].flatMap((row) => (row.deletedAt === undefined ? [[row.id, row.parent]] : [])),
  )
  for (let at = employee?.department; at !== undefined && !groups.has(at); at = parents.get(at)) {
    if (!parents.has(at)) break
    groups.add(at)
  }
  return groups
}
