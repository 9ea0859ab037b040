/** What a list is made of, kept up to date: its fields, views, how one looks at it, and names for its values. */

import { useEffect, useMemo } from 'preact/hooks'
import * as v from 'valibot'
import { useLocation, useSearch } from 'wouter-preact'
import { withLapsed } from '../../shared/contracts.ts'
import { dayOf } from '../../shared/fields/days.ts'
import { entriesBelow } from '../../shared/fields/entries-below.ts'
import {
  type FieldInfo,
  fieldsOf,
  fieldValue,
  isReference,
  type ReferenceKind,
} from '../../shared/fields/fields.ts'
import { conditionsOf, type FilterContext, filter, type Group } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import { withProbability, withScenarios } from '../../shared/interests/fields.ts'
import { seenFields } from '../../shared/records/field.ts'
import { useDirectory } from '../fields/use-directory.ts'
import { useSegments } from '../fields/use-segments.ts'
import { locale } from '../i18n/index.ts'
import { type Replica, type StoredRow, useLive } from '../replica/index.ts'
import { useDraft } from '../screens/dialogs/use-draft.ts'
import { useEmployees } from '../screens/dialogs/use-employees.ts'
import type { ChoiceSources } from './choices.tsx'
import {
  changed,
  choosePreset,
  chooseView,
  initialState,
  type ListState,
  stateOf,
  type ViewedTable,
} from './list-state.ts'
import { readReferenceNames } from './references.ts'
import { classFields, rulesAskForClasses, useClasses } from './use-classes.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * All fields of the type, and what their values are chosen from. Of clients the ABC and XYZ classes are
 * among them, counted where `asks` or the rule of a segment needs them; `isReady` says whether they are.
 */
export const useFields = (replica: Replica, table: ViewedTable, asks = false) => {
  const entries = useDirectory(replica)
  const employees = useEmployees(replica)
  const declared = replica.known.fields.value
  const subject = replica.subject.value
  const scenarios = replica.known.scenarios.value
  const { rows: segments, rules } = useSegments(replica)
  const needsClasses = table === 'client' && (asks || rulesAskForClasses(rules))
  const classes = useClasses(replica, needsClasses)
  const today = dayOf(new Date())
  const told = (kept: FieldInfo[]): FieldInfo[] => {
    if (table === 'contract') return withLapsed(kept, today)
    if (table !== 'interest') return kept
    const all = [...scenarios.values()]
    return withProbability(withScenarios(kept, all), all)
  }
  const infos = useMemo(
    () => [
      ...told(
        fieldsOf(
          table,
          seenFields(
            subject,
            declared.filter(({ recordType }) => recordType === table),
          ),
        ).filter(({ key }) => key !== 'photo'),
      ),
      ...(table === 'client' ? classFields(classes) : []),
    ],
    [table, declared, subject, scenarios, classes, today],
  )
  const sources = useMemo(
    () => ({ entries, employees, segments, rules }),
    [entries, employees, segments, rules],
  )
  return { infos, sources, isReady: !needsClasses || classes !== null }
}

export const useViews = (replica: Replica, table: ViewedTable): StoredRow<'view'>[] | null =>
  useLive<StoredRow<'view'>[] | null>(
    async () =>
      (await replica.base.view.where('recordType').equals(table).toArray())
        .filter(({ deletedAt }) => deletedAt === undefined)
        .sort((a, b) => a.name.localeCompare(b.name, 'ru')),
    [replica, table],
    null,
  ).value

const rootOf: Readonly<Record<ViewedTable, string>> = {
  client: '/clients',
  person: '/persons',
  interest: '/interests',
  task: '/tasks',
  dialog: '/dialogs',
  contract: '/documents',
  product: '/products',
}

const segmentFilter = (segment: string | null): string | null =>
  segment &&
  JSON.stringify({ join: 'all', of: [{ field: 'segments', op: 'is', value: [segment] }] })

/** A filter as an address carries it; null where it is none. */
const filterOf = (text: string): Group | null => {
  try {
    const parsed = v.safeParse(filter, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Somebody cut the address.
    return null
  }
}

/**
 * How one last looked at the list, over reloads, and whether that is known yet. In the address
 * `?view=<id>` opens a saved view, `?segment=<id>` shows a segment, `?filter=<json>` what a report leads to.
 */
export const useListState = (
  replica: Replica,
  table: ViewedTable,
  views: readonly StoredRow<'view'>[] | null,
) => {
  const first = useMemo(() => initialState(table), [table])
  const kept = useDraft<ListState>(replica, `list:${table}`, first)
  // Checked: another version of the program may have kept it.
  const state = useMemo(() => stateOf(table, kept.value), [table, kept.value])
  const search = new URLSearchParams(useSearch())
  const asked = search.get('view')
  const wanted = search.get('filter') ?? segmentFilter(search.get('segment'))
  const [, navigate] = useLocation()
  useEffect(() => {
    if ((!asked && !wanted) || !kept.loaded || !views) return
    const filter = wanted === null ? null : filterOf(wanted)
    if (filter) kept.change(changed(choosePreset(table, state, 'all'), { filter }))
    const view = views.find(({ id }) => id === asked)
    if (view) kept.change(chooseView(table, state, view))
    else if (asked === 'mine' || asked === 'all' || asked === 'ending')
      kept.change(choosePreset(table, state, asked))
    navigate(rootOf[table], { replace: true })
  }, [asked, wanted, kept.loaded, views])
  return [state, kept.change, kept.loaded] as const
}

export const useFilterContext = (
  replica: Replica,
  { entries, rules }: ChoiceSources,
): FilterContext => {
  const user = replica.session.user.id
  return useMemo(() => {
    const below = entriesBelow(entries)
    return { user, today: new Date(), below, ...(rules && { rules }) }
  }, [user, entries, rules])
}

export const useNames = ({ entries, employees, segments }: ChoiceSources): Names =>
  useMemo(
    () => ({
      language: locale.value,
      entries,
      records: new Map(
        [...employees.values(), ...(segments?.values() ?? [])].map(({ id, name }) => [id, name]),
      ),
      currency: 'RUB',
      today: new Date(),
    }),
    [entries, employees, segments, locale.value],
  )

const noNames: ReadonlyMap<string, string> = new Map()

interface Shown {
  /** Conditions are said in words. */
  filter: Group
  infos: readonly FieldInfo[]
  /** In view, with what of them. */
  rows?: ReadonlyMap<string, Values>
  columns?: readonly { info: FieldInfo }[]
}

/** The names, and those of the records that rows in view and the filter refer to. */
export const useRowNames = (
  replica: Replica,
  names: Names,
  { filter, infos, rows = new Map(), columns = [] }: Shown,
): Names => {
  const wanted: Record<ReferenceKind, Set<string>> = {
    client: new Set(),
    person: new Set(),
    interest: new Set(),
  }
  for (const { info } of columns)
    if (isReference(info.kind))
      for (const row of rows.values()) {
        const value = fieldValue(info, row)
        if (typeof value === 'string') wanted[info.kind].add(value)
      }
  for (const { field, value } of conditionsOf(filter)) {
    const info = infos.find(({ key }) => key === field)
    if (info && isReference(info.kind) && Array.isArray(value))
      for (const id of value) wanted[info.kind].add(String(id))
  }
  const ids = {
    client: [...wanted.client].sort(),
    person: [...wanted.person].sort(),
    interest: [...wanted.interest].sort(),
  }
  const found = useLive<ReadonlyMap<string, string>>(
    () => readReferenceNames(replica.base, ids),
    [JSON.stringify(ids), replica],
    noNames,
  ).value
  return useMemo(
    () => ({
      ...names,
      records: new Map([...names.records, ...found]),
    }),
    [names, found],
  )
}
