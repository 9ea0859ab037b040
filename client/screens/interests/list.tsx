/** All Interests as a list: columns, sort, filters by any field, saved views, group actions (F117, F125). */
import { Columns3, Copy, Handshake, ListFilter, MoreHorizontal, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useCallback, useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { type FieldInfo, fieldValue } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { totalOf } from '../../../shared/interests/moves.ts'
import {
  Button,
  classNames,
  EmptyState,
  Icon,
  IconButton,
  Menu,
  VirtualList,
  type VirtualListHandle,
} from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { ColumnsDialog } from '../../lists/columns-dialog.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { GroupBar } from '../../lists/group-bar.tsx'
import { HeadRow } from '../../lists/head-row.tsx'
import {
  type Column,
  changed,
  choosePreset,
  firstColumns,
  shownColumns,
} from '../../lists/list-state.ts'
import { t as listTexts } from '../../lists/texts.ts'
import {
  useFields,
  useFilterContext,
  useListState,
  useNames,
  useRowNames,
  useViews,
} from '../../lists/use-list.ts'
import { useRecords, useRows } from '../../lists/use-records.ts'
import { useTickKey, useTicks } from '../../lists/use-ticks.ts'
import { ViewBar } from '../../lists/view-bar.tsx'
import type { Replica } from '../../replica/index.ts'
import rows from '../clients/list.module.css'
import { Conditions, sheetWidth, useNarrow } from '../clients/list.tsx'
import { useListKeys } from '../dialogs/list-keys.ts'
import { GroupActions } from './group-actions.tsx'
import { formatSum } from './money.ts'
import type { Interest, Scenario } from './queries.ts'
import styles from './screen.module.css'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

/** Rows are read in steps of this many, so that scrolling by one row reads nothing. */
const step = 50

interface InterestListProps {
  replica: Replica
  scenarios: readonly Scenario[]
  /** The switch between board and list, and the button that creates. */
  place: ComponentChildren
  create: ComponentChildren
}

export const InterestList = ({ replica, scenarios, place, create }: InterestListProps) => {
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(-1)
  /** The same at once: keys come faster than renders. */
  const walked = useRef(-1)
  const walkTo = (index: number) => {
    walked.current = index
    setActive(index)
  }
  const [editing, setEditing] = useState<'filter' | 'columns' | null>(null)
  const handle = useRef<VirtualListHandle>(null)
  const narrow = useNarrow()
  const { infos, sources } = useFields(replica, 'interest')
  const views = useViews(replica, 'interest')
  const [state, setState, isLoaded] = useListState(replica, 'interest', views)
  const context = useFilterContext(replica, sources)
  const [range, setRange] = useState<[number, number]>([0, step])
  const base = useNames(sources)
  // Before what was kept of it is known, the list would show itself in another order for a moment.
  const query = isLoaded ? { typed, filter: state.filter, sort: state.sort } : null
  const records = useRecords(replica, 'interest', query, infos, base, context)
  const ids = records?.ids ?? null
  const total = records?.total ?? 0
  const found = useRows(replica, 'interest', ids, range)
  const columns = shownColumns(state.columns, infos)
  // A phone's second line names the client, whatever columns are chosen for wide screens.
  const named = narrow
    ? infos.filter(({ key }) => key === 'client').map((info) => ({ info }))
    : columns
  const names = useRowNames(replica, base, found, named)
  const ticks = useTicks(ids)
  const filtered = state.filter.of.length > 0 || typed.trim() !== ''
  const keyOf = useCallback((index: number) => ids?.[index] ?? index, [ids])
  const template = `28px ${columns.map(({ width }) => `${width}px`).join(' ')} 32px`
  useListKeys((move) => {
    const next = Math.min(Math.max(walked.current + move, 0), (ids?.length ?? 1) - 1)
    const id = ids?.[next]
    if (move === 0 && id) navigate(`/interests/${id}`)
    walkTo(next)
    handle.current?.scrollToIndex(next)
  })
  useTickKey(() => {
    const id = ids?.[walked.current]
    if (id) ticks.tick(walked.current, !ticks.has(id), false)
  })
  return (
    <>
      <header class={styles.head}>
        <h1 class={styles.title}>{t('title')}</h1>
        <p class={styles.count} role="status">
          {ids && t('count', { count: total })}
        </p>
        {create}
      </header>
      <div class={styles.filters}>
        {place}
        <search class={rows.search}>
          <Icon of={Search} class={rows.searchIcon} />
          <input
            type="search"
            class={rows.searchField}
            value={typed}
            placeholder={t('list.search')}
            aria-label={t('list.search')}
            autocomplete="off"
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              walkTo(0)
            }}
          />
        </search>
        <div class={rows.selects}>
          <ViewBar
            replica={replica}
            table="interest"
            state={state}
            views={views ?? []}
            onState={setState}
          />
          <Button icon={ListFilter} onClick={() => setEditing('filter')}>
            {listTexts('filter.open')}
          </Button>
          {!narrow && (
            <IconButton
              icon={Columns3}
              label={listTexts('columns.title')}
              onClick={() => setEditing('columns')}
            />
          )}
        </div>
      </div>
      <Conditions state={state} infos={infos} names={names} onState={setState} />
      {ticks.ids.length > 0 && (
        <GroupBar
          replica={replica}
          table="interest"
          ticked={ticks.ids}
          total={total}
          infos={infos}
          names={names}
          sources={sources}
          onAll={ticks.all}
          onNone={ticks.none}
          more={(run, disabled) => (
            <GroupActions
              replica={replica}
              scenarios={scenarios}
              run={run}
              disabled={disabled}
              infos={infos}
            />
          )}
        />
      )}
      {ids?.length === 0 ? (
        <WhenComplete isMissing={async () => true}>
          <EmptyState
            icon={filtered ? Search : Handshake}
            title={t(filtered ? 'nothing.title' : 'none.title')}
            text={t(filtered ? 'nothing.text' : 'none.text')}
            action={
              filtered && (
                <Button
                  onClick={() => {
                    setTyped('')
                    setState(choosePreset('interest', state, 'all'))
                  }}
                >
                  {t('filter.off')}
                </Button>
              )
            }
          />
        </WhenComplete>
      ) : (
        <div class={rows.table}>
          <div
            class={rows.sheet}
            style={narrow ? undefined : { minWidth: `${sheetWidth(columns)}px` }}
          >
            <div class={rows.columns} style={{ gridTemplateColumns: template }}>
              <span class={rows.tick}>
                <input
                  type="checkbox"
                  aria-label={listTexts('group.all')}
                  checked={total > 0 && ticks.ids.length === total}
                  disabled={ids?.length !== total}
                  onClick={(event) => (event.currentTarget.checked ? ticks.all() : ticks.none())}
                />
              </span>
              <HeadRow
                columns={columns}
                sort={state.sort}
                onSort={(sort) => setState(changed(state, { sort }))}
                onColumns={(next) => setState(changed(state, { columns: next }))}
              />
            </div>
            <VirtualList
              handle={handle}
              label={t('title')}
              count={total}
              rowHeight={narrow ? 64 : 40}
              key={narrow ? 'narrow' : 'wide'}
              keyOf={keyOf}
              onRange={(first, last) =>
                setRange([Math.floor(first / step) * step, Math.ceil((last + 1) / step) * step])
              }
              render={(index) => {
                const row = found.get(ids?.[index] ?? '')
                return row ? (
                  <Row
                    row={row}
                    replica={replica}
                    columns={columns}
                    infos={infos}
                    names={names}
                    narrow={narrow}
                    active={index === active}
                    ticked={ticks.has(row.id)}
                    onTick={(ticked, isRange) => ticks.tick(index, ticked, isRange)}
                    template={template}
                  />
                ) : null
              }}
            />
          </div>
        </div>
      )}
      {editing === 'filter' && (
        <FilterDialog
          filter={state.filter}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={records ? total : null}
          onFilter={(filter) => setState(changed(state, { filter }))}
          onClose={() => setEditing(null)}
        />
      )}
      {editing === 'columns' && (
        <ColumnsDialog
          columns={state.columns}
          infos={infos}
          onColumns={(next) => setState(changed(state, { columns: next }))}
          onReset={() => setState(changed(state, { columns: firstColumns('interest') }))}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}

interface RowProps {
  row: Interest
  replica: Replica
  columns: readonly (Column & { info: FieldInfo })[]
  infos: readonly FieldInfo[]
  names: Names
  narrow: boolean
  active: boolean
  ticked: boolean
  /** `range`: with Shift, all from the last ticked one to this. */
  onTick: (ticked: boolean, range: boolean) => void
  template: string
}

const Row = (props: RowProps) => {
  const { row, replica, columns, infos, names, narrow, active, ticked, onTick, template } = props
  const [, navigate] = useLocation()
  return (
    // A double click on any free area of the row opens it (F63); the name is the keyboard's way.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class={classNames(rows.row, active && rows.active, ticked && rows.ticked)}
      style={narrow ? undefined : { gridTemplateColumns: template }}
      onDblClick={() => navigate(`/interests/${row.id}`)}
    >
      <label class={rows.tick}>
        <input
          type="checkbox"
          checked={ticked}
          aria-label={listTexts('group.tick', { name: row.name })}
          onClick={(event) => onTick(event.currentTarget.checked, event.shiftKey)}
        />
      </label>
      <span class={rows.name}>
        <Link href={`/interests/${row.id}`} class={rows.nameLink} title={row.name}>
          {row.name}
        </Link>
      </span>
      {narrow ? (
        <>
          <span class={rows.relation}>{words('stage', row, infos, names)}</span>
          <span class={classNames(rows.phone, styles.second)}>
            {[
              row.amount && formatSum(totalOf(row), row.amount.currency),
              words('client', row, infos, names),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ) : (
        columns
          .filter(({ field }) => field !== 'name')
          .map(({ field, info }) => (
            <span key={field} class={rows.cell}>
              {cell(info, row, names)}
            </span>
          ))
      )}
      <span class={rows.menu}>
        <Menu
          label={t('menu')}
          trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={t('menu')} />}
          items={[
            { label: t('open'), href: `/interests/${row.id}` },
            { label: t('copy'), icon: Copy, href: `/interests/new?copy=${row.id}` },
            {
              label: t('delete'),
              danger: true,
              separated: true,
              onSelect: () => void moveToTrash(replica, row),
            },
          ]}
        />
      </span>
    </div>
  )
}

const words = (key: string, row: Interest, infos: readonly FieldInfo[], names: Names): string => {
  const info = infos.find((each) => each.key === key)
  return info ? wordsOf(info, fieldValue(info, row), names) : ''
}

const cell = (info: FieldInfo, row: Interest, names: Names): ComponentChildren => {
  const value = fieldValue(info, row)
  const text = wordsOf(info, value, names)
  if (info.kind === 'client' && typeof value === 'string' && text !== '')
    return <Link href={`/clients/${value}`}>{text}</Link>
  return <span title={text}>{text}</span>
}
