/** A changed field in words: its label, what was in it and what is now. */

import { formatDay } from '../../../shared/fields/days.ts'
import { formatMoney } from '../../../shared/fields/words.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { dayPattern, isFileValue } from '../../../shared/records/contact.ts'
import type { Field } from '../../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import { messageStatuses } from '../../../shared/records/segment.ts'
import { formatDateTime } from '../../format/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import type { ReplicaBase } from '../../replica/index.ts'
import { t } from './texts.ts'

export interface FieldWords {
  label: string
  before: string
  after: string
}

/** Names by id: of employees, clients, directory entries, custom fields and their options, imports. */
export type Names = ReadonlyMap<string, string>

/** Names of what is few enough to be read whole; records that fields name are added by who shows them. */
export const readNames = async (base: ReplicaBase): Promise<Map<string, string>> => {
  const [employees, entries, fields, imports, scenarios] = await Promise.all([
    base.employee.toArray(),
    base.directory.toArray(),
    base.field.toArray(),
    base.import.toArray(),
    base.scenario.toArray(),
  ])
  return new Map(
    [
      ...employees,
      ...entries,
      ...fields,
      ...fields.flatMap(({ options }) => options),
      ...imports,
      ...scenarios,
      ...scenarios.flatMap(({ stages }) => stages),
    ].map(({ id, name }) => [id, name]),
  )
}

/** Longer values are cut: enough to recognise them. */
const longestShown = 300

/** Kept by the program itself; nobody typed them. */
const silent = new Set(['createdAt', 'createdBy', 'deletedAt', 'deletedBy', 'entered'])

export const fieldWords = (
  type: RecordType,
  fields: Readonly<Record<string, [unknown, unknown]>>,
  names: Names,
): FieldWords[] => {
  const declared = declarationOf(type).fields
  return Object.entries(fields).flatMap(([name, [before, after]]) => {
    if (silent.has(name)) return []
    const field = declared[name]
    if (field && recordFields.has(name)) {
      const [was, is] = [before, after].map((id) =>
        typeof id === 'string' && id !== '' ? (names.get(id) ?? t('hiddenRecord')) : t('empty'),
      )
      return { label: labelOf(field.label), before: was ?? '', after: is ?? '' }
    }
    if (field && recordLists.has(name))
      return {
        label: labelOf(field.label),
        before: recordWords(before, names),
        after: recordWords(after, names),
      }
    return {
      label: field ? labelOf(field.label) : unnamedLabel(name, names),
      before: valueWords(field, before, names),
      after: valueWords(field, after, names),
    }
  })
}

/** Lists of other records, one part for each under its id. */
const recordLists = new Set(['merged', 'distinct', 'imports'])

/** Fields that hold the id of a record, which this user may not be able to read. */
const recordFields = new Set(['client', 'person', 'parent', 'mergedInto'])

/** A custom field has its definition's name; what is no field at all is a message. */
const unnamedLabel = (name: string, names: Names): string =>
  name.startsWith('custom/')
    ? (names.get(name.slice('custom/'.length)) ?? t('goneField'))
    : t('message')

/** Names of the records in such a list, without merges that were undone. */
const recordWords = (value: unknown, names: Names): string => {
  const parts: { id?: unknown; undoneAt?: unknown }[] = Array.isArray(value) ? value : []
  const present = parts.filter(({ undoneAt }) => undoneAt === undefined)
  return present.length === 0
    ? t('empty')
    : present.map(({ id }) => names.get(String(id)) ?? t('hiddenRecord')).join(', ')
}

const isMoment = (name: unknown): name is number =>
  // Every number among the declared fields that is as large as this is a moment in ms.
  typeof name === 'number' && name > 1e11

const valueWords = (field: Field | undefined, value: unknown, names: Names): string => {
  const words = plainWords(field, value, names)
  return words.length > longestShown ? `${words.slice(0, longestShown)}…` : words
}

const plainWords = (field: Field | undefined, value: unknown, names: Names): string => {
  if (value === undefined || value === null || value === '') return t('empty')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (isMoment(value)) return formatDateTime(value)
  if (isFileValue(value)) return value[1]
  if (Array.isArray(value))
    return value.length === 0
      ? t('empty')
      : value.map((item) => plainWords(field, item, names)).join(', ')
  if (typeof value === 'object') return objectWords(field, value, names)
  const text = String(value)
  const options = field?.kind === 'scalar' ? field.options : messageStatuses
  const option = options && Object.hasOwn(options, text) ? Object.entries(options) : []
  const label = option.find(([name]) => name === text)?.[1]
  if (label) return labelOf(label)
  const name = names.get(text)
  if (name !== undefined) return name
  if (/^\+\d+$/.test(text)) return formatPhone(text)
  return dayPattern.test(text) ? formatDay(text) : text
}

/** A part of a list shows its value; other JSON shows what people put into it. */
const objectWords = (field: Field | undefined, value: object, names: Names): string => {
  if ('amount' in value && 'currency' in value)
    return formatMoney(
      { amount: Number(value.amount), currency: String(value.currency) },
      locale.value,
    )
  // The place of an Interest: what people know of it is the stage, and why it was lost.
  if ('stage' in value)
    return [value.stage, 'reason' in value && value.reason]
      .flatMap((id) => (id ? (names.get(String(id)) ?? t('hiddenRecord')) : []))
      .join(', ')
  const parts = 'value' in value ? [value.value] : Object.values(value)
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => plainWords(field, part, names))
    .join(', ')
}
