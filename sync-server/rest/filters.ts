/**
 * `filter[name]=value`: which records a list is of. Repeated with one name, any of the values; all
 * names must agree. Numbers, money, days and moments also have bounds, both of them included:
 * `filter[amount.from]=1000&filter[amount.to]=5000`. By INN, phone and e-mail records are found by an
 * index, by all else they are read.
 */
import * as v from 'valibot'
import { day } from '../../shared/clock.ts'
import { normaliseEmail } from '../../shared/emails.ts'
import { type FieldInfo, fieldsOf, fieldValue } from '../../shared/fields/fields.ts'
import { innKey } from '../../shared/inn.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { dayPattern } from '../../shared/records/contact.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { type FieldRow, isCustomised } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { publishedFields } from './published.ts'

export interface Filters {
  /** Where the records can be found by an index. */
  lookup: { key: 'inn' | 'phone' | 'email'; values: string[] } | null
  matches: ((row: Row) => boolean)[]
}

const maxFilters = 10
const maxValues = 50
const maxLength = 500

const customPrefix = 'custom.'

const keys = {
  inn: innKey,
  phone: normalisePhone,
  email: normaliseEmail,
} as const

const isKey = (type: RecordType, name: string): name is keyof typeof keys =>
  (type === 'client' || (type === 'person' && name !== 'inn')) && Object.hasOwn(keys, name)

/** What people call a field that has another name in the declaration of some types. */
const nameOf = (type: RecordType, name: string): string => {
  const fields = publishedFields(type)
  if (name === 'tag' && fields.has('tags')) return 'tags'
  return name === 'responsible' && !fields.has(name) ? 'managers' : name
}

const holdsValue = (value: unknown, wanted: string): boolean => {
  if (Array.isArray(value)) return value.some((one) => holdsValue(one, wanted))
  if (typeof value === 'number') return value === Number(wanted)
  if (typeof value === 'object' && value !== null && 'amount' in value)
    return holdsValue(value.amount, wanted)
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) === wanted : false
}

/** The values of one look-up; what cannot be one of them is found nowhere. */
const lookupOf = (name: keyof typeof keys, values: readonly string[]): Filters['lookup'] => ({
  key: name,
  values: [...new Set(values.flatMap((value) => keys[name](value) || []))],
})

/** `given`: name → values. `definitions`: the own fields that the employee sees. */
export const filtersOf = (
  type: RecordType,
  given: ReadonlyMap<string, readonly string[]>,
  definitions: readonly FieldRow[],
): Result<Filters> => {
  if (given.size > maxFilters) return fail('invalidRequest', 'filter')
  const filters: Filters = { lookup: null, matches: [] }
  for (const [name, values] of given) {
    const path = `filter[${name.slice(0, 100)}]`
    if (values.length > maxValues) return fail('invalidRequest', path)
    if (values.some((value) => value === '' || value.length > maxLength))
      return fail('invalidRequest', path)
    if (isKey(type, name)) {
      const lookup = lookupOf(name, values)
      if (filters.lookup) {
        // Found by the one, and asked of the other.
        const wanted = lookup?.values ?? []
        filters.matches.push((row) => keysOf(row, name).some((key) => wanted.includes(key)))
      } else filters.lookup = lookup
      continue
    }
    const bound = boundOf(type, name, definitions)
    if (bound) {
      const [text = '', another] = values
      const limit = another === undefined ? limitOf(bound, text) : null
      if (limit === null) return fail('invalidRequest', path)
      filters.matches.push((row) => isWithin(bound, comparable(bound, row), limit))
      continue
    }
    const key = keyOf(type, name, definitions)
    if (key === null) return fail('unknownField', path)
    const isSwitch = isYesNo(type, key, definitions)
    if (isSwitch && values.some((value) => value !== 'true' && value !== 'false'))
      return fail('invalidRequest', path)
    filters.matches.push((row) => {
      // One that was never touched is kept as nothing.
      const value = fieldValue({ key }, row) ?? (isSwitch ? false : undefined)
      return values.some((wanted) => holdsValue(value, wanted))
    })
  }
  return ok(filters)
}

/** The field that a filter is about, as `fieldValue` wants it; null where there is none to filter by. */
const keyOf = (type: RecordType, name: string, definitions: readonly FieldRow[]): string | null => {
  if (name.startsWith(customPrefix)) {
    const id = name.slice(customPrefix.length)
    const isKnown = definitions.some((each) => each.id === id && each.recordType === type)
    return isKnown ? `custom/${id}` : null
  }
  const key = nameOf(type, name)
  const kind = publishedFields(type).get(key)?.field.kind
  return kind === 'scalar' || kind === 'set' ? key : null
}

const isYesNo = (type: RecordType, key: string, definitions: readonly FieldRow[]): boolean => {
  const own = definitions.find(({ id }) => key === `custom/${id}`)
  if (own) return own.kind === 'yesNo'
  const field = publishedFields(type).get(key)?.field
  return field?.kind === 'scalar' && v.is(field.schema, true)
}

/** Kinds of values that have an order of their own. */
const ordered = ['number', 'money', 'date', 'moment'] as const
type Ordered = (typeof ordered)[number]

interface Bound {
  info: FieldInfo
  kind: Ordered
  side: 'from' | 'to'
}

const boundPattern = /^(.+)\.(from|to)$/

/** Fields whose values can be compared, by the name that programs call them by. */
const orderedFields = (
  type: RecordType,
  definitions: readonly FieldRow[],
): ReadonlyMap<string, { info: FieldInfo; kind: Ordered }> => {
  if (!isCustomised(type)) return new Map()
  const published = publishedFields(type)
  return new Map(
    fieldsOf(type, definitions).flatMap((info) => {
      const kind = ordered.find((each) => each === info.kind)
      const isPublished = info.definition || published.get(info.key)?.field.kind === 'scalar'
      return kind && isPublished ? [[info.key.replace('/', '.'), { info, kind }] as const] : []
    }),
  )
}

const boundOf = (
  type: RecordType,
  name: string,
  definitions: readonly FieldRow[],
): Bound | null => {
  const [, field = '', side] = boundPattern.exec(name) ?? []
  const found = orderedFields(type, definitions).get(field)
  return found && (side === 'from' || side === 'to') ? { ...found, side } : null
}

const comparable = ({ info }: Bound, row: Row): number | string | null => {
  const value = fieldValue(info, row)
  const single =
    typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value
  return typeof single === 'number' || typeof single === 'string' ? single : null
}

const isWithin = ({ side }: Bound, held: number | string | null, limit: number | string): boolean =>
  held !== null && typeof held === typeof limit && (side === 'from' ? held >= limit : held <= limit)

const numberPattern = /^-?\d{1,15}(\.\d{1,10})?$/
/** A day needs no zone: it is the whole day by UTC. A time without one would be the relay's own. */
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** What a bound says, in the form that values are kept in; null where it says nothing of the kind. */
const limitOf = ({ kind, side }: Bound, text: string): number | string | null => {
  const isDay = /^\d/.test(text) && dayPattern.test(text) && !Number.isNaN(Date.parse(text))
  if (kind === 'date') return isDay ? text : null
  if (kind !== 'moment' || /^\d+$/.test(text)) return numberPattern.test(text) ? Number(text) : null
  if (isDay) return Date.parse(text) + (side === 'to' ? day - 1 : 0)
  const at = momentPattern.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

const keysOf = (row: Row, name: keyof typeof keys): string[] => {
  const list = (values: unknown) => (values ?? []) as { value: string }[] // parts of a contact
  if (name === 'inn') return [innKey(typeof row.inn === 'string' ? row.inn : undefined)]
  return list(name === 'phone' ? row.phones : row.emails).flatMap(
    ({ value }) => keys[name](value) ?? [],
  )
}

/** The names that records of a type can be filtered by. */
export const filterNames = (type: RecordType, definitions: readonly FieldRow[]): string[] => {
  const fields = publishedFields(type)
  const named = [...fields].flatMap(
    ([
      name,
      {
        field: { kind },
      },
    ]) => (kind === 'scalar' || kind === 'set' ? [name] : []),
  )
  const others = ['phone', 'email', 'tag', 'responsible'].filter(
    (name) => isKey(type, name) || fields.has(nameOf(type, name)),
  )
  const own = definitions.filter(({ recordType }) => recordType === type)
  const bounds = [...orderedFields(type, definitions).keys()].flatMap((name) => [
    `${name}.from`,
    `${name}.to`,
  ])
  return [
    ...new Set([...named, ...others]),
    ...own.map(({ id }) => `${customPrefix}${id}`),
    ...bounds,
  ]
}
