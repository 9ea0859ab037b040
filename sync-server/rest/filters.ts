/**
 * `filter[name]=value`: which records a list is of. Repeated with one name, any of the values; all
 * names must agree. Numbers, money, days and moments also have bounds, both of them included:
 * `filter[amount.from]=1000&filter[amount.to]=5000`. By INN, phone and e-mail records are found by an
 * index, by all else they are read.
 */
import * as v from 'valibot'
import { normaliseEmail } from '../../shared/emails.ts'
import { fieldValue } from '../../shared/fields/fields.ts'
import { innKey } from '../../shared/inn.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { limitOf, type OrderedField, orderedFields, valueIn } from './ordered.ts'
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
      const limit = another === undefined ? limitOf(bound.field, bound.side, text) : null
      if (limit === null) return fail('invalidRequest', path)
      filters.matches.push((row) => isWithin(bound.side, valueIn(bound.field, row), limit))
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

interface Bound {
  field: OrderedField
  side: 'from' | 'to'
}

const boundPattern = /^(.+)\.(from|to)$/

const boundOf = (
  type: RecordType,
  name: string,
  definitions: readonly FieldRow[],
): Bound | null => {
  const [, field = '', side] = boundPattern.exec(name) ?? []
  const found = orderedFields(type, definitions).get(field)
  return found && (side === 'from' || side === 'to') ? { field: found, side } : null
}

const isWithin = (
  side: Bound['side'],
  held: number | string | null,
  limit: number | string,
): boolean =>
  held !== null && typeof held === typeof limit && (side === 'from' ? held >= limit : held <= limit)

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
