/**
 * The record that a form is about to make, read and changed by the editors of a card: what the form
 * keeps beside the fields it asks for by name is a patch, `also`, in its draft. No I/O.
 */
import { generateNKeysBetween } from 'fractional-indexing'
import type { Patch } from '../../../shared/records/change.ts'
import type { Field } from '../../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import { itemsOf, type SetChange, setChange } from '../../../shared/records/sets.ts'
import { type Write, withKept } from '../../replica/index.ts'

type Kind = Field['kind'] | undefined

const kindOf = (type: RecordType, name: string): Kind => declarationOf(type).fields[name]?.kind

type Parts = Readonly<Record<string, { order: string }>>

const joinedValue = (kind: Kind, own: unknown, value: unknown): unknown => {
  if (kind === 'parts') return joinedParts((own ?? {}) as Parts, value as Parts) // per Patch
  if (kind === 'values') return { ...Object(own), ...Object(value) }
  return kind === 'set' ? itemsIn(own, value) : value
}

/** What the form asks for by name comes first. */
const joinedParts = (own: Parts, others: Parts): Parts => {
  const last = listed(own).at(-1)
  if (!last) return others
  const after = listed(others)
  const orders = generateNKeysBetween(last.order, null, after.length)
  return {
    ...own,
    ...Object.fromEntries(
      after.map(({ id, ...part }, index) => [id, { ...part, order: orders[index] ?? part.order }]),
    ),
  }
}

const itemsIn = (own: unknown, value: unknown): string[] => {
  const held = (own ?? []) as string[] // a form gives whole lists
  return Array.isArray(value)
    ? [...new Set([...held, ...value.map(String)])]
    : itemsOf(held, new Map(Object.entries((value ?? {}) as SetChange))) // per Patch
}

/** The creation with other fields beside: lists of parts and sets are joined, others replaced. */
export const withOthers = ({ type, id, patch: given }: Write, others: Patch): Write => {
  const patch: Patch = { ...given }
  for (const [name, value] of Object.entries(others))
    patch[name] = joinedValue(kindOf(type, name), given[name], value)
  return { type, id, patch }
}

/** What a creation makes, as a row; what is not filled in yet is absent. */
export const rowOfWrite = ({ type, id, patch }: Write): Readonly<Record<string, unknown>> => {
  const row: Record<string, unknown> = { id, type }
  for (const [name, { kind }] of Object.entries(declarationOf(type).fields)) {
    const value = patch[name]
    if (kind === 'parts')
      row[name] = listed((value ?? {}) as Parts) // per Patch
    else if (kind === 'set') {
      const items = itemsIn(undefined, value ?? [])
      if (items.length > 0) row[name] = items
    } else if (value !== undefined && value !== null) row[name] = value
  }
  return row
}

const listed = (parts: Parts) =>
  Object.entries(parts)
    .map(([id, part]) => ({ ...part, id }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))

/**
 * `also` after a card's editor saved `change`.
 * @param given what the form itself makes of the record
 */
export const alsoAfter = (given: Write, also: Patch, change: Patch): Patch => {
  const { type } = given
  const next: Patch = { ...also }
  const made = withKept(change, rowOfWrite({ ...given, patch: also }))
  for (const [name, value] of Object.entries(made)) {
    const kind = kindOf(type, name)
    if (kind === 'parts') {
      const parts = Object.entries({ ...Object(also[name]), ...Object(value) })
      next[name] = Object.fromEntries(parts.filter(([, part]) => part !== null))
    } else if (kind === 'set') {
      const own = itemsIn(undefined, given.patch[name] ?? [])
      const before = name in also ? itemsIn(own, also[name]) : own
      // A list, or null, is the whole of it.
      const isWhole = value === null || Array.isArray(value)
      const whole = itemsIn(isWhole ? [] : before, value ?? [])
      next[name] = setChange(own, whole)
    } else next[name] = value
    if (isNothing(next[name])) delete next[name]
  }
  return next
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)
