/** The list of tasks as it is looked at: what is asked for, what is found, in which groups or order. */
import { useMemo } from 'preact/hooks'
import { sameValue } from '../../../shared/equality.ts'
import { compareKeys, sortKey } from '../../../shared/fields/compare.ts'
import { fieldValue } from '../../../shared/fields/fields.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { changed, shownColumns } from '../../lists/list-state.ts'
import { useRowTest } from '../../lists/row-test.ts'
import {
  useFields,
  useFilterContext,
  useListState,
  useNames,
  useRowNames,
  useViews,
} from '../../lists/use-list.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { isWanted, itemsOf, openMine, type TaskFilter, taskFilterOf } from './task-groups.ts'
import { closedTasks, openTasks, type TaskEntry, withContacts } from './task-queries.ts'

type Task = StoredRow<'task'>

/** What every row shows; the other fields are columns that one chooses. */
const always: ReadonlySet<string> = new Set(['title', 'due'])

interface TasksOptions {
  /** Those whose tasks are one's own. */
  mine: ReadonlySet<string>
  now: number
  /** No room for columns. */
  narrow: boolean
}

export const useTasks = (replica: Replica, { mine, now, narrow }: TasksOptions) => {
  const views = useViews(replica, 'task')
  const [state, setState, isLoaded] = useListState(replica, 'task', views)
  const { infos, sources } = useFields(replica, 'task')
  const { entries } = sources
  const context = useFilterContext(replica, sources)
  const quick = useMemo(() => taskFilterOf(state.quick), [state.quick])
  // Before what was kept of the look is known, the list would show other tasks for a moment.
  const test = useRowTest(replica, isLoaded ? state.filter : null, infos, context)
  const found = useLive<TaskEntry[] | null>(
    async () => {
      if (!test) return null
      const [open, closed] = await Promise.all([
        quick.state === 'closed' ? [] : openTasks(replica.base),
        quick.state === 'open' ? [] : closedTasks(replica.base),
      ])
      const wanted = [...open, ...closed].filter((task) => {
        // A category that was replaced is the one that took its place.
        const category = resolveEntry(entries, task.category)?.id
        const asked = category === task.category ? task : { ...task, category }
        return isWanted(asked, quick, mine, Date.now()) && test(asked)
      })
      return withContacts(replica.base, wanted)
    },
    // A minute later other tasks are overdue.
    [quick, test, replica, mine, now, entries],
    null,
  ).value
  const entryById = useMemo(
    () => new Map((found ?? []).map((entry) => [entry.task.id, entry])),
    [found],
  )
  const columns = narrow
    ? []
    : shownColumns(state.columns, infos).filter(({ field }) => !always.has(field))
  const sorted = infos.find(({ key }) => key === state.sort?.field)
  const rows = useMemo(() => new Map((found ?? []).map(({ task }) => [task.id, task])), [found])
  const named = sorted ? [...columns, { info: sorted }] : columns
  const names = useRowNames(replica, useNames(sources), {
    filter: state.filter,
    infos,
    rows,
    columns: named,
  })
  const direction = state.sort?.direction
  const items = useMemo(() => {
    const tasks = (found ?? []).map(({ task }) => task)
    if (!sorted || columns.length === 0) return itemsOf<Task>(tasks, now)
    return tasks
      .map((task) => ({ task, key: sortKey(sorted, fieldValue(sorted, task), names) }))
      .sort((a, b) => compareKeys(a.key, b.key, direction))
      .map(({ task }) => ({ kind: 'task' as const, task }))
  }, [found, now, sorted, direction, columns.length, names])
  return {
    replica,
    views: views ?? [],
    state,
    setState,
    quick,
    setQuick: (change: Partial<TaskFilter>) => {
      const next = { ...quick, ...change }
      setState(changed(state, { quick: sameValue(next, openMine) ? null : next }))
    },
    /** Fields that can be columns. */
    offered: infos.filter(({ key }) => !always.has(key)),
    infos,
    sources,
    context,
    names,
    columns,
    /** Null until the first answer. */
    found,
    entryById,
    items,
  }
}

export type Tasks = ReturnType<typeof useTasks>
