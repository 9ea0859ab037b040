/** Fields whose values can be compared: they have bounds in filters, and lists can be sorted by them. */
import { day } from '../../shared/clock.ts'
import { type FieldInfo, fieldsOf, fieldValue } from '../../shared/fields/fields.ts'
import { dayPattern } from '../../shared/records/contact.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { type FieldRow, isCustomised } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { publishedFields } from './published.ts'

const kinds = ['number', 'money', 'date', 'moment'] as const

export interface OrderedField {
  info: FieldInfo
  kind: (typeof kinds)[number]
}

/** By the name that programs call them by: `amount`, `custom.<id>`. */
export const orderedFields = (
  type: RecordType,
  definitions: readonly FieldRow[],
): ReadonlyMap<string, OrderedField> => {
  if (!isCustomised(type)) return new Map()
  const published = publishedFields(type)
  return new Map(
    fieldsOf(type, definitions).flatMap((info) => {
      const kind = kinds.find((each) => each === info.kind)
      const isPublished = info.definition || published.get(info.key)?.field.kind === 'scalar'
      return kind && isPublished ? [[info.key.replace('/', '.'), { info, kind }] as const] : []
    }),
  )
}

/** What a record holds there, to be compared; of money its amount, whatever the currency. */
export const valueIn = ({ info }: OrderedField, row: Row): number | string | null => {
  const value = fieldValue(info, row)
  const single =
    typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value
  return typeof single === 'number' || typeof single === 'string' ? single : null
}

const numberPattern = /^-?\d{1,15}(\.\d{1,10})?$/
/** A day needs no zone: it is the whole day by UTC. A time without one would be the relay's own. */
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** What a bound says, in the form that values are kept in; null where it says nothing of the kind. */
export const limitOf = (
  { kind }: Pick<OrderedField, 'kind'>,
  side: 'from' | 'to',
  text: string,
): number | string | null => {
  const isDay = /^\d/.test(text) && dayPattern.test(text) && !Number.isNaN(Date.parse(text))
  if (kind === 'date') return isDay ? text : null
  if (kind !== 'moment' || /^\d+$/.test(text)) return numberPattern.test(text) ? Number(text) : null
  if (isDay) return Date.parse(text) + (side === 'to' ? day - 1 : 0)
  const at = momentPattern.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
