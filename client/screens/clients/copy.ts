/** What the form of a new record begins with when it is a copy of one that is there (F64). */
import { generateNKeysBetween } from 'fractional-indexing'
import { type FieldInfo, fieldValue, isEmpty } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { formatPhone } from '../../../shared/phones.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import { type Entered, enteredOf } from './new-values.ts'

/** What is about the one record alone: when it came to be, what was noted of it, its days. */
const own: ReadonlySet<string> = new Set(['note', 'dates', 'createdAt', 'createdBy'])

export interface Copied {
  phone: string
  email: string
  custom: Entered
  /** Fields that the form does not ask for, as a change. */
  also: Patch
}

interface Part {
  id: string
  order: string
  value: string
}

/** Parts as a change that makes new ones, all after the one that the form itself gives. */
const copiedParts = (parts: readonly Part[]): Record<string, object> => {
  const orders = generateNKeysBetween('a0', null, parts.length)
  return Object.fromEntries(
    parts.map(({ id: _, ...part }, index) => [newId(), { ...part, order: orders[index] }]),
  )
}

/** Values of the fields that administrators declared, as a form has them. */
export const ownCopies = (
  row: Readonly<Record<string, unknown>>,
  infos: readonly FieldInfo[],
  names: Names,
): Entered =>
  Object.fromEntries(
    infos.flatMap((info) => {
      const value = fieldValue(info, row)
      if (!info.definition || isEmpty(value)) return []
      return [[info.key, enteredOf(info, value as CustomValue, names)]] // projected
    }),
  )

/**
 * @param infos what the user may see and change of the record
 * @param asked fields that the form asks for by name
 */
export const copyOf = (
  row: Readonly<Record<string, unknown>> & { phones: Part[]; emails: Part[] },
  infos: readonly FieldInfo[],
  asked: ReadonlySet<string>,
  names: Names,
): Copied => {
  const also: Patch = {}
  for (const info of infos) {
    const value = fieldValue(info, row)
    if (isEmpty(value) || own.has(info.key) || asked.has(info.key) || info.definition) continue
    if (!isList(value)) also[info.key] = value
    else {
      const isAsked = info.key === 'phones' || info.key === 'emails'
      const parts = copiedParts(isAsked ? value.slice(1) : value)
      if (Object.keys(parts).length > 0) also[info.key] = parts
    }
  }
  const phone = row.phones[0] ? formatPhone(row.phones[0].value) : ''
  const custom = ownCopies(row, infos, names)
  return { phone, email: row.emails[0]?.value ?? '', custom, also }
}

const isList = (value: unknown): value is Part[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'object')
