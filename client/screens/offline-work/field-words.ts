/** A changed field in words: its label, what was in it and what is now. */

import { formatPhone } from '../../../shared/phones.ts'
import type { Field } from '../../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import { messageStatuses } from '../../../shared/records/segment.ts'
import { formatDateTime } from '../../format/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { t } from './texts.ts'

export interface FieldWords {
  label: string
  before: string
  after: string
}

/** Names of employees and clients by id. */
export type Names = ReadonlyMap<string, string>

/** Longer values are cut: enough to recognise them. */
const longestShown = 300

/** Kept by the program itself; nobody typed them. */
const silent = new Set(['createdAt', 'createdBy', 'deletedAt', 'deletedBy'])

export const fieldWords = (
  type: RecordType,
  fields: Readonly<Record<string, [unknown, unknown]>>,
  names: Names,
): FieldWords[] => {
  const declared = declarationOf(type).fields
  return Object.entries(fields).flatMap(([name, [before, after]]) => {
    if (silent.has(name)) return []
    const field = declared[name]
    if (field && recordLists.has(name))
      return {
        label: labelOf(field.label),
        before: recordWords(before, names),
        after: recordWords(after, names),
      }
    return {
      label: field ? labelOf(field.label) : t('message'),
      before: valueWords(field, before, names),
      after: valueWords(field, after, names),
    }
  })
}

/** Lists of other records, one part for each under its id. */
const recordLists = new Set(['merged', 'distinct'])

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
  if (Array.isArray(value))
    return value.length === 0
      ? t('empty')
      : value.map((item) => plainWords(field, item, names)).join(', ')
  if (typeof value === 'object') return objectWords(field, value, names)
  const text = String(value)
  const options = field?.kind === 'scalar' ? field.options : messageStatuses
  const option = options && Object.hasOwn(options, text) ? Object.entries(options) : []
  const label = option.find(([name]) => name === text)?.[1]
  return label
    ? labelOf(label)
    : (names.get(text) ?? (/^\+\d+$/.test(text) ? formatPhone(text) : text))
}

/** A part of a list shows its value; other JSON shows what people put into it. */
const objectWords = (field: Field | undefined, value: object, names: Names): string => {
  const parts = 'value' in value ? [value.value] : Object.values(value)
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => plainWords(field, part, names))
    .join(', ')
}
