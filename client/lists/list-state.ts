/** How one looks at a list: what is filtered, which columns, in what order. Saved views hold the same. */
import * as v from 'valibot'
import { sameValue } from '../../shared/equality.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { everything, filter, type Group, me } from '../../shared/fields/filter.ts'
import { usualNotice } from '../../shared/records/contract.ts'
import type { ViewRow } from '../../shared/records/view.ts'
import type { ListedTable } from './find.ts'
import { isTitle, type Sort } from './query.ts'

export interface Column {
  field: string
  /** px */
  width: number
}

/** Lists that can be looked at in several ways; tasks and dialogs hold their rows by themselves. */
export type ViewedTable = ListedTable | 'task' | 'dialog'

/** What is chosen above a list beside its filter, in words of its screen, which checks it. */
export type Quick = Readonly<Record<string, string | number | null>>

export interface Look {
  filter: Group
  /** Null: as at first. */
  quick: Quick | null
  columns: Column[]
  sort: Sort | null
}

/** Looks that every company has (F314). */
export type Preset = 'all' | 'mine' | 'ending'

export interface ListState extends Look {
  /** Id of the saved view, or the preset, that it began as. */
  view: string
  /** Columns and order of one's own, which presets have: a saved view brings its own. */
  own: Pick<Look, 'columns' | 'sort'>
}

/** Narrower nothing can be read; wider than a screen nobody wants. */
export const narrowest = 60
export const widest = 800
const usualWidth = 160
/** More columns than a list can usefully have. */
const maxColumns = 40

const defaultColumns: Readonly<Record<ViewedTable, readonly Column[]>> = {
  client: [
    { field: 'name', width: 300 },
    { field: 'relation', width: 130 },
    { field: 'phones', width: 170 },
    { field: 'emails', width: 210 },
    { field: 'managers', width: 180 },
  ],
  person: [
    { field: 'name', width: 280 },
    { field: 'client', width: 220 },
    { field: 'position', width: 180 },
    { field: 'phones', width: 170 },
    { field: 'emails', width: 210 },
  ],
  interest: [
    { field: 'name', width: 300 },
    { field: 'client', width: 220 },
    { field: 'stage', width: 150 },
    { field: 'amount', width: 140 },
    { field: 'closeDate', width: 150 },
    { field: 'responsible', width: 180 },
    { field: 'since', width: 120 },
  ],
  // Beside what their rows always show.
  task: [],
  dialog: [],
  contract: [
    { field: 'subject', width: 240 },
    { field: 'number', width: 110 },
    { field: 'date', width: 100 },
    { field: 'client', width: 190 },
    { field: 'status', width: 130 },
    { field: 'amount', width: 130 },
    { field: 'validTo', width: 110 },
  ],
  product: [
    { field: 'name', width: 300 },
    { field: 'article', width: 100 },
    { field: 'kind', width: 90 },
    { field: 'price', width: 120 },
    { field: 'unit', width: 80 },
    { field: 'vat', width: 90 },
    { field: 'category', width: 150 },
    { field: 'active', width: 80 },
  ],
}

const column = v.object({
  field: v.pipe(v.string(), v.maxLength(100)),
  width: v.pipe(v.number(), v.minValue(narrowest), v.maxValue(widest)),
})
const columns = v.pipe(v.array(column), v.maxLength(maxColumns))
const quick = v.nullable(
  v.record(
    v.pipe(v.string(), v.maxLength(50)),
    v.union([v.pipe(v.string(), v.maxLength(500)), v.number(), v.null()]),
  ),
)
const sort = v.nullable(
  v.object({ field: v.pipe(v.string(), v.maxLength(100)), direction: v.picklist([1, -1]) }),
)

const presets: readonly Preset[] = ['all', 'mine', 'ending']
const isPreset = (view: string): view is Preset => presets.some((one) => one === view)

/** Only contracts end; of what is nobody's own there are no «Мои». */
export const presetsOf = (table: ViewedTable): readonly Preset[] =>
  presets.filter((preset) =>
    preset === 'ending' ? table === 'contract' : preset === 'all' || ownerField[table] !== null,
  )

/** Contracts in force that end within so many days, and not only to begin anew. */
const ending: Group = {
  join: 'all',
  of: [
    { field: 'status', op: 'is', value: ['signed'] },
    { field: 'validTo', op: 'next', value: usualNotice },
    { field: 'renews', op: 'is', value: false },
  ],
}

/** Whose a record is. */
const ownerField: Readonly<Record<ViewedTable, string | null>> = {
  client: 'managers',
  person: 'managers',
  interest: 'responsible',
  task: 'responsible',
  dialog: 'responsible',
  contract: 'responsible',
  product: null,
}

export const presetFilter = (table: ViewedTable, preset: Preset): Group => {
  if (preset === 'ending') return ending
  const field = ownerField[table]
  return preset === 'all' || field === null
    ? everything
    : { join: 'all', of: [{ field, op: 'is', value: [me] }] }
}

export const firstColumns = (table: ViewedTable): Column[] => [...defaultColumns[table]]

/** Of documents the newest first; of all else by name. */
const firstSort = (table: ViewedTable): Sort | null =>
  table === 'contract' ? { field: 'date', direction: -1 } : null

export const initialState = (table: ViewedTable): ListState => {
  const own = { columns: firstColumns(table), sort: firstSort(table) }
  return { filter: everything, quick: null, ...own, view: 'all', own }
}

/** What is changed under a preset is one's own from then on. */
export const changed = (state: ListState, change: Partial<Look>): ListState => {
  const next = { ...state, ...change }
  return isPreset(next.view) ? { ...next, own: { columns: next.columns, sort: next.sort } } : next
}

export const choosePreset = (table: ViewedTable, state: ListState, preset: Preset): ListState => ({
  ...state,
  ...state.own,
  filter: presetFilter(table, preset),
  quick: null,
  view: preset,
})

export const chooseView = (table: ViewedTable, state: ListState, row: ViewRow): ListState => ({
  ...lookOf(table, row),
  view: row.id,
  own: state.own,
})

/** Once a view is deleted; who has gone to another one meanwhile stays there. */
export const withoutView = (table: ViewedTable, state: ListState, view: string): ListState =>
  state.view === view ? choosePreset(table, state, 'all') : state

/** Whether it is looked at otherwise than the view or preset says. */
export const isChangedFrom = (table: ViewedTable, state: ListState, kept: Look | null): boolean => {
  const { filter, quick, columns, sort } = state
  const preset = isPreset(state.view) ? state.view : 'all'
  return !sameValue(
    kept ? { filter, quick, columns, sort } : { filter, quick },
    kept ?? { filter: presetFilter(table, preset), quick: null },
  )
}

type Kept = { filter?: unknown; quick?: unknown; columns?: unknown; sort?: unknown }

/** A kept look, part by part: one that another version wrote otherwise is as it is at first. */
export const lookOf = (table: ViewedTable, kept: Kept): Look => {
  const first = initialState(table)
  const part = <T>(schema: v.GenericSchema<unknown, T>, value: unknown, otherwise: T): T => {
    const parsed = v.safeParse(schema, value)
    return parsed.success ? parsed.output : otherwise
  }
  return {
    filter: part(filter, kept.filter, first.filter),
    quick: part(quick, kept.quick ?? null, null),
    columns: part(columns, kept.columns, first.columns),
    sort: part(sort, kept.sort ?? null, null),
  }
}

/** What was kept on the device, over programs that kept it otherwise. */
export const stateOf = (table: ViewedTable, kept: Partial<ListState>): ListState => {
  const { columns, sort } = lookOf(table, kept.own ?? kept)
  return { ...lookOf(table, kept), view: String(kept.view ?? 'all'), own: { columns, sort } }
}

/** Columns of fields that exist; the name always comes first, it is what one opens. */
export const shownColumns = (
  columns: readonly Column[],
  infos: readonly FieldInfo[],
): (Column & { info: FieldInfo })[] => {
  const found = columns.flatMap((column) => {
    const info = infos.find(({ key }) => key === column.field)
    return info ? [{ ...column, info }] : []
  })
  const name = infos.find(({ key }) => isTitle(key))
  const first = found.find(({ field }) => isTitle(field))
  const rest = found.filter(({ field }) => !isTitle(field))
  return name ? [first ?? { field: name.key, width: 300, info: name }, ...rest] : rest
}

/** The columns with one put in or taken out. */
export const withColumn = (columns: readonly Column[], field: string, shown: boolean): Column[] =>
  shown
    ? [...columns.filter((one) => one.field !== field), { field, width: usualWidth }]
    : columns.filter((one) => one.field !== field)

/** The columns with one moved by `by` places; it stays within them, behind the name. */
export const movedColumn = (columns: readonly Column[], field: string, by: number): Column[] => {
  const from = columns.findIndex((one) => one.field === field)
  const moved = columns[from]
  if (!moved) return [...columns]
  const rest = columns.filter((one) => one.field !== field)
  const lowest = isTitle(rest[0]?.field ?? '') ? 1 : 0
  const to = Math.min(Math.max(from + by, lowest), rest.length)
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

export const resizedColumn = (columns: readonly Column[], field: string, width: number): Column[] =>
  columns.map((one) =>
    one.field === field
      ? { ...one, width: Math.round(Math.min(Math.max(width, narrowest), widest)) }
      : one,
  )

/** First up, then down, then as at first (by name). */
export const nextSort = (sort: Sort | null, field: string): Sort | null => {
  if (sort?.field !== field) return { field, direction: 1 }
  return sort.direction === 1 ? { field, direction: -1 } : null
}
