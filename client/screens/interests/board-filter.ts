/** What the board's filter lets through: by a client also what names one merged with it, as in lists (F239). */
import { useEffect, useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { compileFilter, type FilterContext, type Group } from '../../../shared/fields/filter.ts'
import { readSameClients, throughMerges } from '../../lists/client-links.ts'
import { asksForClients } from '../../lists/find.ts'
import { followPaced, type Replica, type ReplicaBase } from '../../replica/index.ts'
import type { Interest } from './queries.ts'

export type BoardTest = (row: Interest) => boolean

export interface BoardFilter {
  filter: Group
  infos: readonly FieldInfo[]
  context: FilterContext
}

/** Tells the test, and another one after each merge of clients where that matters; returns what ends it. */
export const followBoardTest = (
  base: ReplicaBase,
  { filter, infos, context }: BoardFilter,
  next: (test: BoardTest) => void,
): (() => void) => {
  const isByClient = asksForClients({ filter, sort: null }, infos, context)
  return followPaced(
    base,
    isByClient ? 'client' : [],
    async () => {
      const asked = isByClient ? throughMerges(context, await readSameClients(base)) : context
      return compileFilter(filter, infos, asked).test
    },
    next,
  )
}

/** Null until it is known; then the last one stays until another is. */
export const useBoardTest = (
  replica: Replica,
  /** Null: what was kept of the look is not known yet. */
  filter: Group | null,
  infos: readonly FieldInfo[],
  context: FilterContext,
): BoardTest | null => {
  const [known, setKnown] = useState<{ test: BoardTest } | null>(null)
  useEffect(() => {
    if (!filter) return
    return followBoardTest(replica.base, { filter, infos, context }, (test) => setKnown({ test }))
  }, [replica, filter, infos, context])
  return known?.test ?? null
}
