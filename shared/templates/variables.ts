/** What can be put into a template: every field of the records that it may speak of. */
import { type FieldInfo, fieldsOf } from '../fields/fields.ts'
import { addressKinds } from '../records/contact.ts'
import type { Declaration, Label } from '../records/declaration.ts'
import { employee } from '../records/employee.ts'
import { type CustomisedType, type FieldRow, isCustomised, seenFields } from '../records/field.ts'
import { organisation } from '../records/organisation.ts'
import type { TemplateSubject } from '../records/template.ts'

/** Records that a template may draw on. */
export const groups = {
  contract: { ru: 'Договор', en: 'Contract' },
  interest: { ru: 'Интерес', en: 'Interest' },
  client: { ru: 'Клиент', en: 'Client' },
  person: { ru: 'Контактное лицо', en: 'Contact person' },
  organisation: { ru: 'Наша организация', en: 'Our organisation' },
  responsible: { ru: 'Ответственный', en: 'Responsible' },
  author: { ru: 'Кто составляет', en: 'Author' },
  today: { ru: 'Сегодня', en: 'Today' },
} as const
export type VariableGroup = keyof typeof groups

const around = ['client', 'person', 'organisation', 'responsible', 'author', 'today'] as const
const groupsOf: Readonly<Record<TemplateSubject, readonly VariableGroup[]>> = {
  contract: ['contract', 'interest', ...around],
  client: around,
  interest: ['interest', ...around],
}

/** Other ways to show a value than the usual one; the kinds of addresses stand for themselves. */
export const formats = {
  words: { ru: 'прописью', en: 'in words' },
  number: { ru: 'без валюты', en: 'without the currency' },
  long: { ru: 'словами', en: 'in words' },
  initials: { ru: 'с инициалами', en: 'with initials' },
  first: { ru: 'первый', en: 'the first' },
  ...addressKinds,
} as const
export type Format = keyof typeof formats

export const isFormat = (value: string): value is Format => Object.hasOwn(formats, value)

export interface Variable {
  /** `client.name`, `client.custom/<id>`. */
  path: string
  group: VariableGroup
  info: FieldInfo
  formats: readonly Format[]
  /** A field of one's own that was deleted: known, so that a template can say what it lacks. */
  gone?: true
  /** Not everyone who sees the record sees it. */
  restricted?: true
  /** This user does not see it. */
  hidden?: true
  /** Lines of goods: a table of its own, where nothing else stands on its line. */
  table?: true
}

const formatsOf = ({ kind, key }: FieldInfo): readonly Format[] => {
  switch (kind) {
    case 'money':
      return ['words', 'number']
    case 'date':
    case 'moment':
      return ['long']
    case 'addresses':
      return Object.keys(addressKinds) as Format[] // Object.keys forgets the key type
    case 'phones':
    case 'emails':
      return ['first']
    case 'employee':
      return ['initials']
    default:
      return key === 'head' ? ['initials'] : []
  }
}

/** Files and pictures are no words; segments are our own thoughts about a client. */
const unsaid: ReadonlySet<FieldInfo['kind']> = new Set(['file', 'segments'])

const textInfos = (
  { fields }: Pick<Declaration, 'fields'>,
  names: readonly string[],
): FieldInfo[] =>
  names.flatMap((key) => {
    const field = fields[key]
    return field
      ? [{ key, label: field.label, kind: 'text' as const, required: false, writable: false }]
      : []
  })

const organisationNames = Object.keys(organisation.fields).filter(
  (name) => !['createdAt', 'createdBy', 'deletedAt', 'deletedBy'].includes(name),
)
const employeeNames = ['name', 'position', 'phone', 'email']

const day: FieldInfo = {
  key: 'date',
  label: { ru: 'Дата', en: 'Date' },
  kind: 'date',
  required: false,
  writable: false,
}

/** What an Interest sells; of a contract, those of its Interest. */
const goods: Variable = {
  path: 'interest.lines',
  group: 'interest',
  info: {
    key: 'lines',
    label: { ru: 'Таблица товаров', en: 'Table of products' },
    kind: 'text',
    required: false,
    writable: false,
  },
  formats: [],
  table: true,
}

const isCustomisedGroup = (group: VariableGroup): group is VariableGroup & CustomisedType =>
  isCustomised(group)

/**
 * All variables of templates about such a record. `definitions` are all fields of one's own, deleted
 * ones and those that the user of `tokens` does not see included: they are known by name only.
 */
export const variablesOf = (
  about: TemplateSubject,
  definitions: readonly FieldRow[],
  tokens: { tokens: ReadonlySet<string> },
  scenarios: (infos: readonly FieldInfo[]) => FieldInfo[] = (infos) => [...infos],
): Variable[] => {
  const seen = new Set(seenFields(tokens, definitions).map(({ id }) => id))
  const infosOf = (group: VariableGroup): FieldInfo[] => {
    if (group === 'organisation') return textInfos(organisation, organisationNames)
    if (group === 'today') return [day]
    if (!isCustomisedGroup(group)) return textInfos(employee, employeeNames)
    // Told apart below: a template may name what is deleted.
    const living = definitions.map(({ deletedAt: _, ...definition }) => definition)
    const infos = fieldsOf(group, living)
    return group === 'interest' ? scenarios(infos) : infos
  }
  const isPerson = (group: VariableGroup, key: string) =>
    key === 'name' && ['person', 'responsible', 'author'].includes(group)
  return groupsOf[about].flatMap((group) => [
    ...infosOf(group)
      // How many files hang on a contract is nothing to be said in one.
      .filter(({ kind, key }) => !unsaid.has(kind) && key !== 'files')
      .map((info): Variable => {
        const own = info.definition && definitions.find(({ id }) => id === info.definition?.id)
        return {
          path: `${group}.${info.key}`,
          group,
          info,
          formats: isPerson(group, info.key) ? ['initials'] : formatsOf(info),
          ...(own?.deletedAt !== undefined && { gone: true }),
          ...(own?.readers && { restricted: true }),
          ...(own && !seen.has(own.id) && { hidden: true }),
        }
      }),
    ...(group === goods.group ? [goods] : []),
  ])
}

type Language = keyof Label

/** Braces part variables, and a question mark ends one. */
const plainLabel = (label: string): string => label.replace(/[{}?\n|]/g, ' ').trim()

/** «Клиент: ИНН», «Интерес: Сумма, прописью». */
export const labelOfVariable = (
  { group, info }: Pick<Variable, 'group' | 'info'>,
  language: Language,
  format?: string,
): string => {
  const name = `${groups[group][language]}: ${plainLabel(info.label[language])}`
  return format && isFormat(format) ? `${name}, ${formats[format][language].toLowerCase()}` : name
}

/** Each variable with each of its formats, under a label that no other has. */
export const labelled = (
  variables: readonly Variable[],
  language: Language,
): ReadonlyMap<string, { variable: Variable; format?: Format }> => {
  const found = new Map<string, { variable: Variable; format?: Format }>()
  for (const variable of variables)
    for (const format of [undefined, ...variable.formats]) {
      const label = labelOfVariable(variable, language, format)
      let free = label
      // Two fields of one's own may have one name.
      for (let n = 2; found.has(free); n++) free = `${label} (${n})`
      found.set(free, { variable, ...(format && { format }) })
    }
  return found
}
