/** Ids of the records that a list shows, in its order: rows themselves are read for what is in view. */
import { compareKeys, sortKey } from '../../shared/fields/compare.ts'
import {
  type FieldInfo,
  fieldValue,
  isReference,
  type ReferenceKind,
} from '../../shared/fields/fields.ts'
import { compileFilter, type FilterContext, fieldsRead } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import type { ReplicaBase } from '../replica/index.ts'
import { foundByFacets, foundByWordsAndNames, intersect } from '../screens/clients/client-list.ts'
import { searchKeys } from '../screens/clients/search-keys.ts'
import { openPauses, sortInSlices } from './in-slices.ts'
import type { Kept } from './kept.ts'
import type { NameOrder } from './name-order.ts'
import { infosOf, isTitle, type ListQuery, splitFilter } from './query.ts'
import { readTarget, type Targets, throughMerges } from './references.ts'

export type ContactTable = 'client' | 'person'
export type ListedTable = ContactTable | 'interest' | 'contract' | 'product'

export interface FindDeps {
  base: ReplicaBase
  table: ListedTable
  kept: Kept
  /** By name, of what records refer to; asked where they are sorted or filtered by it. */
  orderOf: (kind: ReferenceKind) => NameOrder
  infos: readonly FieldInfo[]
  names: Names
  context: FilterContext
  isOver: () => boolean
}

/** What a query asks of by a record that it refers to: of what client it is, by whom it is signed. */
export const referencesAsked = (
  { filter, sort }: Pick<ListQuery, 'filter' | 'sort'>,
  infos: readonly FieldInfo[],
  context: FilterContext,
): ReferenceKind[] => [
  ...new Set(
    infosOf([...fieldsRead(filter, context), ...(sort ? [sort.field] : [])], infos).flatMap(
      ({ kind }) => (isReference(kind) ? [kind] : []),
    ),
  ),
]

/** Whether a query asks for nothing but all rows by name: its first rows are known before all are read. */
export const isPlain = ({ typed, filter, sort }: ListQuery): boolean =>
  searchKeys(typed).length === 0 &&
  filter.of.length === 0 &&
  (sort === null || (isTitle(sort.field) && sort.direction === 1))

export const findRecords = async (
  query: ListQuery,
  given: FindDeps,
): Promise<readonly string[]> => {
  const { base, table, infos } = given
  const targets: Targets = {}
  for (const kind of referencesAsked(query, infos, given.context))
    targets[kind] = await readTarget(base, kind, given.orderOf(kind))
  const context = throughMerges(given.context, Object.values(targets))
  const deps: Deps = { ...given, context, targets }
  const { facets, rest } = splitFilter(query.filter, context, infos)
  const [order, ...sets] = await Promise.all([
    deps.kept.order.all(),
    ...facets.map((keys) => foundByFacets(base, table, keys)),
    ...(searchKeys(query.typed).length > 0 ? [foundByWordsAndNames(base, table, query.typed)] : []),
  ])
  const found = sets.length > 0 ? intersect(sets) : null
  const candidates = found ? order.filter((id) => found.has(id)) : order
  const passed = rest.of.length === 0 ? candidates : await passing(candidates, query, deps)
  const info = query.sort ? infosOf([query.sort.field], infos)[0] : undefined
  if (!query.sort || !info) return passed
  // By name they lie in the index already.
  if (isTitle(info.key)) return query.sort.direction === 1 ? passed : passed.toReversed()
  return sorted(passed, info, query.sort.direction, deps, fieldsRead(rest, context))
}

type Deps = FindDeps & { targets: Targets }

const passing = async (
  candidates: readonly string[],
  { filter, sort }: ListQuery,
  { kept, infos, context, isOver }: Deps,
): Promise<string[]> => {
  const { rest } = splitFilter(filter, context, infos)
  const { test } = compileFilter(rest, infos, context)
  // The sorted field is read in the same pass.
  const wanted = infosOf(
    [...new Set([...fieldsRead(rest, context), ...(sort ? [sort.field] : [])])],
    infos,
  )
  const passed: string[] = []
  await kept.values.each(
    candidates,
    wanted,
    (id, values) => {
      if (values && test(values)) passed.push(id)
    },
    isOver,
  )
  return passed
}

const sorted = async (
  ids: readonly string[],
  info: FieldInfo,
  direction: 1 | -1,
  { kept, infos, names, targets, isOver }: Deps,
  alsoRead: readonly string[],
): Promise<string[]> => {
  const wanted = infosOf([...new Set([...alsoRead, info.key])], infos)
  const target = isReference(info.kind) ? targets[info.kind] : undefined
  const keyOf = (value: unknown) =>
    target ? target.place(String(value)) : sortKey(info, value, names)
  const keyed: { id: string; key: number | string | null }[] = []
  await kept.values.each(
    ids,
    wanted,
    (id, values) => {
      if (values) keyed.push({ id, key: keyOf(fieldValue(info, values)) })
    },
    isOver,
  )
  const inOrder = await sortInSlices(
    keyed,
    (a, b) => compareKeys(a.key, b.key, direction),
    openPauses(),
    isOver,
  )
  return inOrder.map(({ id }) => id)
}
