/** What a list is asked for, and which part of that the indexes of the device can answer. */
import type { FieldInfo } from '../../shared/fields/fields.ts'
import {
  type Condition,
  type Filter,
  type FilterContext,
  type Group,
  isGroup,
  me,
} from '../../shared/fields/filter.ts'

export interface Sort {
  field: string
  direction: 1 | -1
}

export interface ListQuery {
  /** Beginnings of words, as typed. */
  typed: string
  filter: Group
  /** Null: by name (`isTitle`). */
  sort: Sort | null
}

/** What a record of a list is called by: a name, of a document what it is about. `sortName` is made of it. */
export const isTitle = (field: string): boolean => field === 'name' || field === 'subject'

/** Whether it asks for less than everything. */
export const isNarrowed = ({ typed, filter }: ListQuery): boolean =>
  filter.of.length > 0 || typed.trim() !== ''

/** Names of facets in the rows of contacts, see `contactColumns`. */
const facets: Readonly<Record<string, string>> = {
  kind: 'kind',
  relation: 'relation',
  managers: 'manager',
  tags: 'tag',
  contactType: 'type',
  heat: 'heat',
  folder: 'folder',
  segments: 'segment',
  responsible: 'manager',
  scenario: 'scenario',
  stage: 'stage',
  status: 'status',
  lossReason: 'lossReason',
  channel: 'channel',
  category: 'category',
}

export interface SplitFilter {
  /** Each is a set of facets of which a row must have one; all sets must be met. */
  facets: string[][]
  /** What only the rows themselves can answer. */
  rest: Group
}

/**
 * Takes out of a filter what an index of facets answers in a millisecond; the rest is asked of the
 * rows that are left. Only conditions that all must hold can go.
 */
export const splitFilter = (
  filter: Group,
  context: FilterContext,
  infos: readonly FieldInfo[] = [],
): SplitFilter => {
  if (filter.join !== 'all' && filter.of.length > 1) return { facets: [], rest: filter }
  const found: string[][] = []
  const rest: Filter[] = []
  for (const one of filter.of) {
    // The index knows what is kept, not what is worked out of it.
    const isKept = isGroup(one) || !infos.find(({ key }) => key === one.field)?.of
    const keys = isGroup(one) || !isKept ? null : facetsOf(one, context)
    if (keys) found.push(keys)
    else rest.push(one)
  }
  return { facets: found, rest: { join: 'all', of: rest } }
}

const facetsOf = ({ field, op, value }: Condition, context: FilterContext): string[] | null => {
  const prefix = Object.hasOwn(facets, field) ? facets[field] : undefined
  if (!prefix || op !== 'is' || !Array.isArray(value) || value.length === 0) return null
  // No index knows whom a rule finds.
  if (field === 'segments' && value.some((one) => context.rules?.has(String(one)))) return null
  const ids = value.flatMap((one) => {
    const id = one === me ? context.user : String(one)
    return [id, ...(context.below?.(id) ?? [])]
  })
  return [...new Set(ids)].map((id) => `${prefix}:${id}`)
}

/** Infos of the keys, in their order; unknown keys are left out. */
export const infosOf = (keys: readonly string[], infos: readonly FieldInfo[]): FieldInfo[] =>
  keys.flatMap((key) => infos.find((info) => info.key === key) ?? [])
