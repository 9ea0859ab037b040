/**
 * What a body asks for, as a merge patch (RFC 7396): a value sets, null clears, what is not named stays.
 * Lists are given whole; of lists of parts a part keeps its `id`, or is known again by what it says.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import * as v from 'valibot'
import { sameValue } from '../../shared/equality.ts'
import { fits } from '../../shared/fields/fits.ts'
import { isId } from '../../shared/ids.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import { customValue } from '../../shared/records/custom-value.ts'
import type { Field, Part, Row } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import type { Subject } from '../../shared/rights.ts'
import { publishedFields } from './published.ts'

type GivenPart = object & { id?: string }

/** A body that was understood. */
export interface Asked {
  /** Scalars, texts and sets. */
  plain: Patch
  parts: ReadonlyMap<string, readonly GivenPart[]>
  /** Values of own fields by the field's id; null clears. */
  custom: Readonly<Record<string, unknown>>
  /** Of an Interest: what moves it. */
  stage?: string
  lossReason?: string | null
}

/** More parts than any list holds that people look at. */
const maxParts = 500

interface Of {
  type: RecordType
  creating: boolean
  /** The own fields of the type that the employee sees. */
  definitions: readonly FieldRow[]
  subject: Pick<Subject, 'closed'>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Understands a body; `field` of a failure names the first thing that is wrong. */
export const askedOf = (body: Record<string, unknown>, of: Of): Result<Asked> => {
  const fields = publishedFields(of.type)
  const plain: Patch = {}
  const parts = new Map<string, GivenPart[]>()
  let custom: Record<string, unknown> = {}
  const moved: Pick<Asked, 'stage' | 'lossReason'> = {}
  for (const [name, value] of Object.entries(body)) {
    const published = fields.get(name)
    if (!published) return fail('unknownField', name.slice(0, 100))
    const { field, written } = published
    if (written === 'never' || (written === 'atCreation' && !of.creating))
      return fail('immutableField', name)
    if (value === null && field.required) return fail('missingRequired', name)
    if (field.kind === 'values') {
      const values = customOf(value, of)
      if (!values.ok) return values
      custom = values.value
    } else if (field.kind === 'parts') {
      const list = partsOf(name, field.schema, value ?? [])
      if (!list.ok) return list
      parts.set(name, list.value)
    } else {
      const single = singleOf(name, field, value)
      if (!single.ok) return single
      if (name === 'stage' && of.type === 'interest') moved.stage = String(single.value)
      else if (name === 'lossReason' && of.type === 'interest')
        moved.lossReason = single.value === null ? null : String(single.value)
      else if (single.value !== null || !of.creating) plain[name] = single.value
    }
  }
  return ok({ plain, parts, custom, ...moved })
}

const texts = v.array(v.string())

const singleOf = (
  name: string,
  field: Exclude<Field, { kind: 'parts' | 'values' }>,
  value: unknown,
): Result<unknown> => {
  if (value === null) return ok(null)
  switch (field.kind) {
    case 'scalar': {
      const parsed = v.safeParse(field.schema, value)
      return parsed.success ? ok(parsed.output) : fail('invalidValue', name)
    }
    case 'prose':
      return typeof value === 'string' && value.length <= field.maxLength
        ? ok(value)
        : fail('invalidValue', name)
    case 'set':
      return v.is(texts, value) &&
        value.length <= field.maxItems &&
        value.every((item) => item !== '' && item.length <= field.maxLength)
        ? ok([...new Set(value)])
        : fail('invalidValue', name)
  }
}

const partsOf = (name: string, schema: v.GenericSchema, value: unknown): Result<GivenPart[]> => {
  if (!Array.isArray(value) || value.length > maxParts) return fail('invalidValue', name)
  const given: GivenPart[] = []
  const ids = new Set<string>()
  for (const one of value) {
    if (!isObject(one)) return fail('invalidValue', name)
    const { id, ...rest } = one
    if (id !== undefined && (!isId(id) || ids.has(id))) return fail('invalidValue', name)
    // Kept in one form, as devices do.
    const number = name === 'phones' && typeof rest.value === 'string' && normalisePhone(rest.value)
    const parsed = v.safeParse(schema, number ? { ...rest, value: number } : rest)
    if (!parsed.success || !isObject(parsed.output)) return fail('invalidValue', name)
    if (id !== undefined) ids.add(id)
    given.push({ ...parsed.output, ...(id !== undefined && { id }) })
  }
  return ok(given)
}

const customOf = (
  value: unknown,
  { definitions, subject: { closed } }: Of,
): Result<Record<string, unknown>> => {
  if (!isObject(value)) return fail('invalidValue', 'custom')
  const values: Record<string, unknown> = {}
  for (const [id, one] of Object.entries(value)) {
    const path = `custom/${id.slice(0, 100)}`
    const definition = definitions.find((each) => each.id === id)
    if (!definition) return fail('unknownField', path)
    if (closed?.has(id)) return fail('immutableField', path)
    if (one !== null) {
      const parsed = v.safeParse(customValue, one)
      if (!parsed.success || !fits(definition, parsed.output)) return fail('invalidValue', path)
    }
    values[id] = one
  }
  return ok(values)
}

/** The patch that makes a list of parts hold what was given, in that order. */
export const partsPatch = (
  held: readonly Part<object>[],
  given: readonly GivenPart[],
  newId: () => string,
): Record<string, unknown> => {
  const left = new Map(held.map((part) => [part.id, part]))
  const known = given.map((part) => {
    const named = part.id === undefined ? undefined : left.get(part.id)
    const same =
      named ??
      (part.id === undefined
        ? [...left.values()].find(({ id: _, order: __, ...rest }) => sameValue(rest, part))
        : undefined)
    if (same) left.delete(same.id)
    return { id: same?.id ?? part.id ?? newId(), order: same?.order ?? null, part }
  })
  const orders = ordersOf(known.map(({ order }) => order))
  const patch: Record<string, unknown> = {}
  for (const id of left.keys()) patch[id] = null
  for (const [at, { id, part }] of known.entries()) {
    const { id: _, ...value } = part
    patch[id] = { ...value, order: orders[at] }
  }
  return patch
}

/** Places stay where they are in order already, with new ones behind; otherwise all are made anew. */
const ordersOf = (orders: readonly (string | null)[]): string[] => {
  const firstNew = orders.indexOf(null)
  const old = firstNew < 0 ? orders : orders.slice(0, firstNew)
  const isInOrder =
    (firstNew < 0 || orders.slice(firstNew).every((order) => order === null)) &&
    old.every((order, at) => at === 0 || String(old[at - 1]) < String(order))
  if (!isInOrder) return generateNKeysBetween(null, null, orders.length)
  const kept: string[] = []
  for (const order of orders) kept.push(order ?? generateKeyBetween(kept.at(-1) ?? null, null))
  return kept
}

/** What the body asks of the record as it is then, custom values apart. */
export const patchOn = ({ plain, parts }: Asked, row: Row | null, newId: () => string): Patch => {
  const patch: Patch = { ...plain }
  for (const [name, given] of parts)
    patch[name] = partsPatch((row?.[name] ?? []) as Part<object>[], given, newId) // as declared
  return patch
}
