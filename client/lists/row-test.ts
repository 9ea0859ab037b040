/** What a filter lets through, row by row, for what holds its rows already: by a client or person also what names one merged with it (F239). */
import { useEffect, useState } from 'preact/hooks'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { compileFilter, type FilterContext, type Group } from '../../shared/fields/filter.ts'
import { followPaced, type Replica, type ReplicaBase } from '../replica/index.ts'
import { referencesAsked } from './find.ts'
import { readSame, throughMerges } from './references.ts'

export type RowTest = (row: Readonly<Record<string, unknown>>) => boolean

export interface RowFilter {
  filter: Group
  infos: readonly FieldInfo[]
  context: FilterContext
}

/** Tells the test, and another one after each merge where that matters; returns what ends it. */
export const followRowTest = (
  base: ReplicaBase,
  { filter, infos, context }: RowFilter,
  next: (test: RowTest) => void,
): (() => void) => {
  // An Interest is merged with no other.
  const kinds = referencesAsked({ filter, sort: null }, infos, context).filter(
    (kind) => kind !== 'interest',
  )
  return followPaced(
    base,
    kinds,
    async () => {
      const same = await Promise.all(kinds.map((kind) => readSame(base, kind)))
      return compileFilter(filter, infos, throughMerges(context, same)).test
    },
    next,
  )
}

/** Null until it is known; then the last one stays until another is. */
export const useRowTest = (
  replica: Replica,
  /** Null: what was kept of the look is not known yet. */
  filter: Group | null,
  infos: readonly FieldInfo[],
  context: FilterContext,
): RowTest | null => {
  const [known, setKnown] = useState<{ test: RowTest } | null>(null)
  useEffect(() => {
    if (!filter) return
    return followRowTest(replica.base, { filter, infos, context }, (test) => setKnown({ test }))
  }, [replica, filter, infos, context])
  return known?.test ?? null
}
