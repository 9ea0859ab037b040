/** Whether a value of a custom field is one of its kind. Judged when it is written, never later. */

import * as v from 'valibot'
import { normaliseEmail } from '../emails.ts'
import { sameValue } from '../equality.ts'
import { isId } from '../ids.ts'
import { dayPattern, isFileValue } from '../records/contact.ts'
import { type CustomValue, money } from '../records/custom-value.ts'
import type { Row } from '../records/declaration.ts'
import { dayOfMaking, type FieldRow, isCustomised } from '../records/field.ts'

/** A number, an address, a link: one line. */
const longestLine = 500

type Definition = Pick<FieldRow, 'kind' | 'options'>

const isLine = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestLine

/** Options that were taken from the choice stay good for what named them. */
const isOption = ({ options }: Definition, value: unknown): boolean =>
  options.some(({ id }) => id === value)

/** The shape and length of any value are `customValue`'s; here is what its kind adds. */
export const fits = (definition: Definition, value: CustomValue): boolean => {
  switch (definition.kind) {
    case 'text':
    case 'longText':
      return typeof value === 'string'
    case 'phone':
    case 'link':
      return isLine(value)
    case 'email':
      return isLine(value) && normaliseEmail(value) !== null
    case 'number':
      return typeof value === 'number'
    case 'money':
      return v.is(money, value)
    case 'date':
      return isLine(value) && dayPattern.test(value)
    case 'yesNo':
      return typeof value === 'boolean'
    case 'oneOf':
      return isOption(definition, value)
    case 'manyOf':
      return (
        Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every((one) => isOption(definition, one))
      )
    case 'client':
    case 'employee':
      return isId(value)
    case 'file':
      return isFileValue(value)
  }
}

/** Whether records can begin with the value. With a file none can: each has its own. */
export const fitsAsDefault = (definition: Definition, value: CustomValue): boolean =>
  definition.kind !== 'file' &&
  (fits(definition, value) || (definition.kind === 'date' && value === dayOfMaking))

export interface WrittenValue {
  /** Of the record, also where the value lies apart of it. */
  recordType: string
  field: string
  value: CustomValue
}

type Parts = { id: string; undoneAt?: number }[]

/**
 * The values that a change writes. Not those that it moves as they were: a merge, or what takes a
 * merge or an import back; they may be older than the definition of today.
 */
export const writtenValues = (before: Row | null, after: Row): WrittenValue[] => {
  if (after.type === 'privateValue') {
    const { recordType, field, value, moves } = after
    if (value === undefined || sameValue(before?.value, value)) return []
    if (before && !sameValue(before.moves, moves)) return []
    // Projected by its type.
    return [{ recordType, field, value } as WrittenValue]
  }
  if (!isCustomised(after.type) || sameValue(before?.custom, after.custom)) return []
  if (before && isMoved(before, after)) return []
  const [old, now] = [before, after].map(
    (row) => (row?.custom ?? {}) as Record<string, CustomValue>,
  ) // projected as `values`
  return Object.entries(now ?? {}).flatMap(([field, value]) =>
    sameValue(old?.[field], value) ? [] : [{ recordType: after.type, field, value }],
  )
}

const isMoved = (before: Row, after: Row): boolean => {
  const [old, now] = [before, after].map((row) => (row.imports ?? []) as Parts) // as in `imported.ts`
  const loads = now?.some(({ id }) => !old?.some((part) => part.id === id)) === true
  return !sameValue(before.merged, after.merged) || (!loads && !sameValue(old, now))
}
