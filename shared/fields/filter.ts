/**
 * Filters over any fields of a record type, as views and segments keep them: conditions joined by
 * «и» and «или», nested as deep as people can still read.
 *
 *     { join: 'all', of: [ { field: 'heat', op: 'is', value: [id] },
 *                          { join: 'any', of: [ … ] } ] }
 *
 * A filter is compiled once for a list (`compileFilter`) and then asked for each row: names of
 * employees, today's date and one's own id are looked up once. A condition about a field that is no
 * more, or with a value that does not fit it, is left out rather than finding nobody: `problems`
 * names it.
 */
import * as v from 'valibot'
import { parseDay } from './days.ts'
import { type FieldInfo, fieldValue, type InfoKind, isEmpty } from './fields.ts'

export const operators = [
  'is',
  'isNot',
  'contains',
  'containsNot',
  'starts',
  'less',
  'more',
  'between',
  'past',
  'next',
  'empty',
  'filled',
] as const
export type Operator = (typeof operators)[number]

/** Stands for whoever looks at the list, so that one shared view is «Мои» for each. */
export const me = '@me'

/** How deep groups nest, and how many conditions a filter has at most. */
const maxDepth = 4
const maxConditions = 50

const value = v.union([
  v.pipe(v.string(), v.maxLength(500)),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.pipe(
    v.array(v.union([v.pipe(v.string(), v.maxLength(500)), v.pipe(v.number(), v.finite())])),
    v.maxLength(200),
  ),
])

export interface Condition {
  field: string
  op: Operator
  /** Absent for `empty` and `filled`. */
  value?: v.InferOutput<typeof value>
}
export interface Group {
  join: 'all' | 'any'
  of: Filter[]
}
export type Filter = Condition | Group

const condition: v.GenericSchema<unknown, Condition> = v.strictObject({
  field: v.pipe(v.string(), v.maxLength(100)),
  op: v.picklist(operators),
  value: v.exactOptional(value),
})

const group = (depth: number): v.GenericSchema<unknown, Group> =>
  v.strictObject({
    join: v.picklist(['all', 'any']),
    of: v.pipe(
      v.array(depth >= maxDepth ? condition : v.union([condition, v.lazy(() => group(depth + 1))])),
      v.maxLength(maxConditions),
    ),
  })

/** A kept filter, checked: it comes from another device and perhaps from another version. */
export const filter: v.GenericSchema<unknown, Group> = group(1)

export const everything: Group = { join: 'all', of: [] }

export const isGroup = (one: Filter): one is Group => 'join' in one

const texts = ['contains', 'containsNot', 'starts', 'is', 'isNot', 'empty', 'filled'] as const
const numbers = ['is', 'isNot', 'less', 'more', 'between', 'empty', 'filled'] as const
const days = ['is', 'less', 'more', 'between', 'past', 'next', 'empty', 'filled'] as const
const choices = ['is', 'isNot', 'empty', 'filled'] as const

const operatorsByKind: Readonly<Record<InfoKind, readonly Operator[]>> = {
  text: texts,
  longText: ['contains', 'containsNot', 'empty', 'filled'],
  email: texts,
  link: texts,
  phone: texts,
  phones: texts,
  emails: texts,
  addresses: ['contains', 'containsNot', 'empty', 'filled'],
  links: ['contains', 'containsNot', 'empty', 'filled'],
  messengers: ['contains', 'containsNot', 'empty', 'filled'],
  number: numbers,
  money: numbers,
  date: days,
  dates: days,
  moment: days,
  yesNo: ['is'],
  oneOf: choices,
  manyOf: choices,
  entry: choices,
  tags: choices,
  employee: choices,
  employees: choices,
  segments: choices,
  client: choices,
  person: choices,
  interest: choices,
  file: ['empty', 'filled'],
}

/** What can be asked of a field, the usual question first. */
export const operatorsOf = ({ kind }: Pick<FieldInfo, 'kind'>): readonly Operator[] =>
  operatorsByKind[kind]

export interface FilterContext {
  /** Who looks. */
  user: string
  today: Date
  /** A folder with all below it; a directory entry without children stands for itself. */
  below?: (entry: string) => Iterable<string>
  /** Rules of the segments that have one, by id. */
  rules?: ReadonlyMap<string, Group>
}

type Row = Readonly<Record<string, unknown>>
type Test = (row: Row) => boolean

export interface CompiledFilter {
  test: Test
  /** Conditions that cannot be asked: the field is gone, or the value does not fit it. */
  problems: Condition[]
}

/** Prepares a filter for many rows. */
export const compileFilter = (
  asked: Filter,
  infos: Iterable<FieldInfo>,
  context: FilterContext,
): CompiledFilter => {
  const all = [...infos]
  const byKey = new Map(all.map((info) => [info.key, info]))
  const problems: Condition[] = []
  const compile = (one: Filter): Test | null => {
    if (!isGroup(one)) {
      const info = byKey.get(one.field)
      const test = info ? testOf(info, one, all, context) : null
      if (!test) problems.push(one)
      return test
    }
    const tests = one.of.flatMap((each) => compile(each) ?? [])
    if (tests.length === 0) return null
    return one.join === 'all'
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row))
  }
  return { test: compile(asked) ?? (() => true), problems }
}

/**
 * Without conditions that ask nothing yet, and without groups that are empty then. One about a field
 * that is no more, or that the reader does not see, stays: it may ask something elsewhere.
 */
export const withoutIdle = (
  asked: Group,
  infos: readonly FieldInfo[],
  context: FilterContext,
): Group => {
  const known = new Set(infos.map(({ key }) => key))
  const of = asked.of.flatMap((one): Filter[] => {
    if (isGroup(one)) {
      const left = withoutIdle(one, infos, context)
      return left.of.length > 0 ? [left] : []
    }
    const isIdle = known.has(one.field) && compileFilter(one, infos, context).problems.length > 0
    return isIdle ? [] : [one]
  })
  return { ...asked, of }
}

const testOf = (
  info: FieldInfo,
  asked: Condition,
  infos: readonly FieldInfo[],
  context: FilterContext,
): Test | null => {
  const { op } = asked
  if (!operatorsOf(info).includes(op)) return null
  if (info.kind === 'segments') return segmentTest(info, asked, infos, context)
  const held = (row: Row) => fieldValue(info, row)
  if (op === 'empty') return (row) => isEmpty(held(row))
  if (op === 'filled') return (row) => !isEmpty(held(row))
  const judge = judgeOf(info, asked, context)
  if (!judge) return null
  // «Нет» asks for all that nobody said «да» of: a switch that was never touched is kept as nothing.
  if (info.kind === 'yesNo' && asked.value === false) return (row) => held(row) !== true
  // «Не» is true of a record that holds nothing; of several values none may be the one.
  if (op === 'isNot' || op === 'containsNot') return (row) => !valuesOf(held(row)).some(judge)
  return (row) => valuesOf(held(row)).some(judge)
}

/**
 * Whether a record is in a segment: by its rule, or put there by hand. A rule that names its own
 * segment, by way of others too, means by that those put in by hand; one of which nothing can be
 * asked any more has nobody.
 */
export const inSegment = (
  segment: string,
  infos: readonly FieldInfo[],
  context: FilterContext,
): Test => {
  const rule = context.rules?.get(segment)
  if (!rule) return (row) => valuesOf(row.segments).includes(segment)
  const rules = new Map(context.rules)
  rules.delete(segment)
  const { test, problems } = compileFilter(rule, infos, { ...context, rules })
  return rule.of.length > 0 && problems.length >= conditionsOf(rule).length ? () => false : test
}

/** All conditions, whatever groups they stand in. */
export const conditionsOf = (one: Filter): Condition[] =>
  isGroup(one) ? one.of.flatMap(conditionsOf) : [one]

const segmentTest = (
  info: FieldInfo,
  { op, value }: Condition,
  infos: readonly FieldInfo[],
  context: FilterContext,
): Test | null => {
  if (op === 'empty' || op === 'filled') {
    const byRule = [...(context.rules?.keys() ?? [])].map((id) => inSegment(id, infos, context))
    const isIn: Test = (row) => !isEmpty(fieldValue(info, row)) || byRule.some((test) => test(row))
    return op === 'filled' ? isIn : (row) => !isIn(row)
  }
  const asked = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  if (asked.length === 0) return null
  const tests = asked.map((id) => inSegment(id, infos, context))
  const isIn: Test = (row) => tests.some((test) => test(row))
  return op === 'isNot' ? (row) => !isIn(row) : isIn
}

/** Keys of the fields whose values a filter reads, those of the rules of segments included. */
export const fieldsRead = (one: Filter, context: FilterContext): string[] => {
  if (isGroup(one)) return one.of.flatMap((each) => fieldsRead(each, context))
  if (one.field !== 'segments' || !context.rules) return [one.field]
  const value: unknown[] = Array.isArray(one.value) ? one.value : [one.value]
  const rules = [...context.rules].filter(
    ([id]) => one.op === 'empty' || one.op === 'filled' || value.includes(id),
  )
  const left = new Map(context.rules)
  for (const [id] of rules) left.delete(id)
  return [one.field, ...rules.flatMap(([, rule]) => fieldsRead(rule, { ...context, rules: left }))]
}

/** Each of several values by itself; of parts their values, of money its amount. */
const valuesOf = (held: unknown): unknown[] => {
  if (isEmpty(held)) return []
  return (Array.isArray(held) ? held : [held]).map((each: unknown) => {
    if (typeof each !== 'object' || each === null) return each
    if ('value' in each) return each.value
    return 'amount' in each ? each.amount : each
  })
}

type Judge = (value: unknown) => boolean

const judgeOf = (info: FieldInfo, { op, value }: Condition, context: FilterContext) => {
  switch (info.kind) {
    case 'yesNo':
      return typeof value === 'boolean' ? (held: unknown) => held === value : null
    case 'number':
    case 'money':
      return numberJudge(op, value)
    case 'date':
    case 'dates':
    case 'moment':
      return dayJudge(op, value, context.today)
    case 'oneOf':
    case 'manyOf':
    case 'entry':
    case 'tags':
    case 'employee':
    case 'employees':
    case 'client':
    case 'person':
    case 'interest':
      return choiceJudge(value, context)
    case 'phone':
    case 'phones':
      return phoneJudge(op, value)
    default:
      return textJudge(op, value)
  }
}

const plain = (text: string): string => text.trim().toLowerCase().replaceAll('ё', 'е')

const textJudge = (op: Operator, value: Condition['value']): Judge | null => {
  if (typeof value !== 'string' || plain(value) === '') return null
  const asked = plain(value)
  const ask: (held: string) => boolean =
    op === 'starts'
      ? (held) => held.startsWith(asked)
      : op === 'is' || op === 'isNot'
        ? (held) => held === asked
        : (held) => held.includes(asked)
  return (held) => ask(plain(String(held)))
}

/** Numbers are kept as +7…; people ask with 8, with brackets, or for the last digits. */
const phoneJudge = (op: Operator, value: Condition['value']): Judge | null => {
  if (typeof value !== 'string') return null
  const digits = value.replace(/\D/g, '')
  if (digits === '') return null
  const asked = digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits
  const ask: (held: string) => boolean =
    op === 'starts'
      ? (held) => held.startsWith(asked)
      : op === 'is' || op === 'isNot'
        ? (held) => held === asked
        : (held) => held.includes(asked)
  return (held) => ask(String(held).replace(/\D/g, ''))
}

const numberJudge = (op: Operator, value: Condition['value']): Judge | null => {
  if (op === 'between') {
    const [from, to] = Array.isArray(value) ? value.map(Number) : []
    if (!Number.isFinite(from) || !Number.isFinite(to)) return null
    const [low, high] = [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))]
    return (held) => Number(held) >= low && Number(held) <= high
  }
  if (typeof value !== 'number') return null
  if (op === 'less') return (held) => Number(held) < value
  if (op === 'more') return (held) => Number(held) > value
  return (held) => Number(held) === value
}

const choiceJudge = (value: Condition['value'], context: FilterContext): Judge | null => {
  const given = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  if (given.length === 0) return null
  const asked = new Set<unknown>()
  for (const one of given) {
    asked.add(one === me ? context.user : one)
    for (const child of context.below?.(one) ?? []) asked.add(child)
  }
  return (held) => asked.has(held)
}

/** A day as kept, or ms since the epoch in the reader's own time zone. */
const dayOf = (held: unknown): string => (typeof held === 'number' ? localDay(held) : String(held))

const localDay = (at: number | Date): string => {
  const date = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `past` and `next`: within so many days back from or ahead of today, today included. */
const dayJudge = (op: Operator, value: Condition['value'], today: Date): Judge | null => {
  const asDay = (given: unknown): string | null => {
    const day = typeof given === 'string' ? parseDay(given, today) : null
    return day?.ok ? day.value : null
  }
  const within = (from: string | null, to: string | null): Judge | null => {
    if (from === null || to === null) return null
    const [first, last] = from <= to ? [from, to] : [to, from]
    return (held) => {
      const day = dayOf(held)
      // A birthday whose year nobody knows comes every year.
      return day.startsWith('--')
        ? comesWithin(day.slice(2), first, last)
        : day >= first && day <= last
    }
  }
  const shifted = (days: number) =>
    localDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days))
  if (op === 'past' || op === 'next') {
    if (typeof value !== 'number' || value < 0) return null
    return op === 'past'
      ? within(shifted(-value), localDay(today))
      : within(localDay(today), shifted(value))
  }
  if (op === 'between')
    return Array.isArray(value) ? within(asDay(value[0]), asDay(value[1])) : null
  const day = asDay(value)
  if (day === null) return null
  if (op === 'less') return (held) => !dayOf(held).startsWith('--') && dayOf(held) < day
  if (op === 'more') return (held) => dayOf(held) > day
  return within(day, day)
}

/** Whether the yearly day `MM-DD` comes between two days. */
const comesWithin = (yearly: string, first: string, last: string): boolean => {
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    const day = `${year}-${yearly}`
    if (day >= first && day <= last) return true
  }
  return false
}
