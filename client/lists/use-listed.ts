/** One list as it is looked at: what is asked and found, which columns, what is ticked, where j and k are. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { inSegment } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import type { VirtualListHandle } from '../design/index.ts'
import type { Replica } from '../replica/index.ts'
import { useListKeys } from '../screens/dialogs/list-keys.ts'
import type { ListedTable } from './find.ts'
import { choosePreset, shownColumns } from './list-state.ts'
import { isNarrowed } from './query.ts'
import { type Range, stepsOf } from './steps.ts'
import { asksForClasses } from './use-classes.ts'
import {
  useFields,
  useFilterContext,
  useListState,
  useNames,
  useRowNames,
  useViews,
} from './use-list.ts'
import { useRecords, useRows } from './use-records.ts'
import { useTickKey, useTicks } from './use-ticks.ts'
import { useWalk } from './use-walk.ts'

/** Rows are read in steps of this many, so that scrolling by one row reads nothing. */
const step = 50
const wide = matchMedia('(min-width: 1024px)')

interface ListedOptions {
  /** Where a record opens. */
  pathOf: (id: string) => string
  /** A field that a phone's second line names, whatever columns are chosen for wide screens. */
  narrowField?: string
}

export const useListed = <T extends ListedTable>(
  replica: Replica,
  table: T,
  { pathOf, narrowField }: ListedOptions,
) => {
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const handle = useRef<VirtualListHandle>(null)
  const narrow = useNarrow()
  const views = useViews(replica, table)
  const [state, setState, isLoaded] = useListState(replica, table, views)
  const { infos, sources, isReady } = useFields(replica, table, asksForClasses(state))
  const context = useFilterContext(replica, sources)
  const [range, setRange] = useState<Range>([0, step])
  const base = useNames(sources)
  // Before what was kept of it is known, the list would show itself in another order for a moment.
  const query = isLoaded && isReady ? { typed, filter: state.filter, sort: state.sort } : null
  const found = useRecords(replica, table, query, infos, base, context)
  const ids = found?.ids ?? null
  const total = found?.total ?? 0
  const rows = useRows(replica, table, ids, range)
  const columns = shownColumns(state.columns, infos)
  const named =
    narrow && narrowField !== undefined
      ? infos.filter(({ key }) => key === narrowField).map((info) => ({ info }))
      : columns
  const rowNames = useRowNames(replica, base, {
    filter: state.filter,
    infos,
    rows,
    columns: named,
  })
  const names = useMemo<Names>(() => {
    if (!infos.some(({ kind }) => kind === 'segments')) return rowNames
    const tests = [...(sources.segments?.keys() ?? [])].map((id) => ({
      id,
      test: inSegment(id, infos, context),
    }))
    const segmentsOf: Names['segmentsOf'] = (row) =>
      tests.flatMap(({ id, test }) => (test(row) ? [id] : []))
    return { ...rowNames, segmentsOf }
  }, [rowNames, sources, infos, context])
  const ticks = useTicks(ids)
  const walk = useWalk(ids)
  const keyOf = useCallback((index: number) => ids?.[index] ?? index, [ids])
  const open = (id: string | undefined) => {
    if (id) navigate(pathOf(id))
  }
  /** Words whose first find is to be opened: as long as the list is that for others, it waits. */
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null || found?.query.typed !== wanted) return
    setWanted(null)
    open(found.ids[0])
  }, [wanted, found])
  useListKeys((move) => {
    if (move === 0) open(walk.chosen())
    else handle.current?.scrollToIndex(walk.step(move))
  })
  useTickKey(() => {
    const place = walk.place()
    const id = ids?.[place]
    if (id) ticks.tick(place, !ticks.has(id), false)
  })
  return {
    replica,
    table,
    typed,
    type: (text: string) => {
      setTyped(text)
      setWanted(null)
      walk.toFirst()
    },
    openFirst: () => setWanted(typed),
    active: walk.active,
    handle,
    narrow,
    views,
    state,
    setState,
    infos,
    sources,
    context,
    /** Null until the first answer. */
    ids,
    total,
    /** Not only the first screen of them is known yet. */
    isWhole: ids?.length === total,
    /** Something less than everything is shown. */
    filtered: found !== null && isNarrowed(found.query),
    rows,
    columns,
    names,
    ticks,
    keyOf,
    seeRange: (first: number, last: number) =>
      setRange((before) => stepsOf(step, first, last, before)),
    reset: () => {
      setTyped('')
      setState(choosePreset(table, state, 'all'))
    },
    template: `28px ${columns.map(({ width }) => `${width}px`).join(' ')} 32px`,
  }
}

export type Listed<T extends ListedTable> = ReturnType<typeof useListed<T>>

export const useNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(!wide.matches)
  useEffect(() => {
    const onChange = () => setNarrow(!wide.matches)
    wide.addEventListener('change', onChange)
    return () => wide.removeEventListener('change', onChange)
  }, [])
  return narrow
}
