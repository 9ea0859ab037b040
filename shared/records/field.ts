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

/** Record types that have `custom`. */
export const customisedTypes = {
  client: { ru: 'Клиенты', en: 'Clients' },
  person: { ru: 'Контактные лица', en: 'Contact persons' },
  dialog: { ru: 'Диалоги', en: 'Dialogs' },
  appeal: { ru: 'Обращения', en: 'Appeals' },
  task: { ru: 'Дела', en: 'Tasks' },
  interest: { ru: 'Интересы', en: 'Interests' },
} as const
export type CustomisedType = keyof typeof customisedTypes

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
  /** Ids of roles and employees that change the values; absent: who may change the record. */
  writers: strings('Кто меняет', 'Who changes it', 100, 36),
} as const

export type FieldRow = RowOf<typeof fields>

export const field: Declaration<FieldRow> & { fields: typeof fields } = {
  type: 'field',
  label: { ru: 'Поле', en: 'Field' },
  fields,
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject) => (subject.kind === 'service' || subject.administrator ? null : 'forbidden'),
}

/** Custom fields whose values an employee may not change, though they may change the record. */
export const closedFields = (
  definitions: Iterable<Pick<FieldRow, 'id' | 'writers' | 'deletedAt'>>,
  user: { id: string; administrator: boolean; roles: readonly string[] },
): ReadonlySet<string> =>
  new Set(
    user.administrator
      ? []
      : [...definitions].flatMap(({ id, writers, deletedAt }) =>
          writers === undefined ||
          deletedAt !== undefined ||
          writers.some((each) => each === user.id || user.roles.includes(each))
            ? []
            : [id],
        ),
  )
