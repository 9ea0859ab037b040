/** Клиенты and contact persons: one list of any length, found as one types. */
import {
  ChartPie,
  Columns3,
  Combine,
  ContactRound,
  FileUp,
  ListFilter,
  Newspaper,
  Plus,
  Search,
  X,
} from 'lucide-preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { everything, inSegment } from '../../../shared/fields/filter.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { mayImport } from '../../../shared/rights.ts'
import {
  Button,
  Choice,
  EmptyState,
  Icon,
  IconButton,
  LinkButton,
  Menu,
  VirtualList,
  type VirtualListHandle,
} from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { ColumnsDialog } from '../../lists/columns-dialog.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { filterWords } from '../../lists/filter-words.ts'
import type { ContactTable } from '../../lists/find.ts'
import { GroupBar } from '../../lists/group-bar.tsx'
import { HeadRow } from '../../lists/head-row.tsx'
import {
  changed,
  choosePreset,
  firstColumns,
  type ListState,
  shownColumns,
} from '../../lists/list-state.ts'
import { isNarrowed } from '../../lists/query.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { asksForClasses } from '../../lists/use-classes.ts'
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
import { t as classTexts } from '../classes/texts.ts'
import { t as completenessTexts } from '../completeness/texts.ts'
import { useListKeys } from '../dialogs/list-keys.ts'
import { t as duplicatesTexts } from '../duplicates/texts.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { t as segmentTexts } from '../segments/texts.ts'
import { CopyDialog } from './copy-dialog.tsx'
import styles from './list.module.css'
import { type Contact, ContactRow, pathOf } from './list-row.tsx'
import { NewClientDialog } from './new-client-dialog.tsx'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { t } from './texts.ts'

/** Rows are read in steps of this many, so that scrolling by one row reads nothing. */
const step = 50
const wide = matchMedia('(min-width: 1024px)')

interface ClientsProps {
  table?: ContactTable
  /** Whom the form that is open creates. */
  creating?: 'client' | 'person'
}

export const ClientsScreen = ({ creating, table = creating ?? 'client' }: ClientsProps) => (
  <ContactList key={table} table={table} {...(creating && { creating })} />
)

const ContactList = ({ table, creating }: { table: ContactTable; creating?: ContactTable }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  /** `/clients/new?copy=<id>`: the form begins as a copy of that record. */
  const copied = new URLSearchParams(useSearch()).get('copy')
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
  const views = useViews(replica, table)
  const [state, setState, isLoaded] = useListState(replica, table, views)
  const { infos, sources, isReady } = useFields(replica, table, asksForClasses(state))
  const context = useFilterContext(replica, sources)
  const [range, setRange] = useState<[number, number]>([0, step])
  const base = useNames(sources)
  // Before what was kept of it is known, the list would show itself in another order for a moment.
  const query = isLoaded && isReady ? { typed, filter: state.filter, sort: state.sort } : null
  const found = useRecords(replica, table, query, infos, base, context)
  const ids = found?.ids ?? null
  const total = found?.total ?? 0
  const isWhole = ids?.length === total
  const rows = useRows(replica, table, ids, range)
  const columns = shownColumns(state.columns, infos)
  const rowNames = useRowNames(replica, base, rows, columns)
  const names = useMemo<Names>(() => {
    const tests = [...(sources.segments?.keys() ?? [])].map((id) => ({
      id,
      test: inSegment(id, infos, context),
    }))
    const segmentsOf: Names['segmentsOf'] = (row) =>
      tests.flatMap(({ id, test }) => (test(row) ? [id] : []))
    return { ...rowNames, segmentsOf }
  }, [rowNames, sources, infos, context])
  const ticks = useTicks(ids)
  const filtered = found !== null && isNarrowed(found.query)
  const { complete } = replica.status.value
  const keyOf = useCallback((index: number) => ids?.[index] ?? index, [ids])
  const root = table === 'client' ? '/clients' : '/persons'
  const template = `28px ${columns.map(({ width }) => `${width}px`).join(' ')} 32px`

  const reset = () => {
    setTyped('')
    setState(choosePreset(table, state, 'all'))
  }
  useListKeys((move) => {
    const next = Math.min(Math.max(walked.current + move, 0), (ids?.length ?? 1) - 1)
    const id = ids?.[next]
    if (move === 0 && id) navigate(pathOf(table, id))
    walkTo(next)
    handle.current?.scrollToIndex(next)
  })
  useTickKey(() => {
    const id = ids?.[walked.current]
    if (id) ticks.tick(walked.current, !ticks.has(id), false)
  })
  return (
    <div class={styles.screen}>
      <header class={styles.head}>
        <h1 class={styles.title}>{t(table === 'client' ? 'clients.title' : 'persons.title')}</h1>
        <p class={styles.count} role="status">
          {ids &&
            (complete || total > 0) &&
            t(filtered ? 'clients.found' : table === 'client' ? 'clients.count' : 'persons.count', {
              count: total,
            })}
        </p>
        <span class={styles.which}>
          <Choice
            label={t('clients.which')}
            value={table}
            onValue={(next) => navigate(next === 'client' ? '/clients' : '/persons')}
            options={[
              { value: 'client', label: t('clients.title') },
              { value: 'person', label: t('persons.title') },
            ]}
          />
        </span>
        <LinkButton kind="quiet" icon={Newspaper} href="/news">
          {t('clients.news')}
        </LinkButton>
        <LinkButton kind="quiet" icon={Combine} href="/clients/duplicates">
          {duplicatesTexts('open')}
        </LinkButton>
        {table === 'client' && (
          <Menu
            label={t('clients.more')}
            trigger={(trigger) => (
              <IconButton {...trigger} icon={ChartPie} label={t('clients.more')} />
            )}
            items={[
              { label: segmentTexts('title'), href: '/clients/segments' },
              { label: classTexts('title'), href: '/clients/classes' },
              { label: completenessTexts('title'), href: '/clients/completeness' },
            ]}
          />
        )}
        <ExportMenu table={table} ids={isWhole ? (ids ?? []) : []} class={styles.import} />
        {mayImport(replica.subject.value, 'client') && (
          <LinkButton icon={FileUp} class={styles.import} href="/settings/import">
            {t('clients.import')}
          </LinkButton>
        )}
        <LinkButton kind="primary" icon={Plus} class={styles.new} href={`${root}/new`}>
          {t(table === 'client' ? 'clients.new' : 'client.persons.new')}
        </LinkButton>
      </header>
      <div class={styles.filters}>
        <search class={styles.search}>
          <Icon of={Search} class={styles.searchIcon} />
          <input
            type="search"
            class={styles.searchField}
            value={typed}
            placeholder={t('clients.search')}
            aria-label={t('clients.search')}
            autocomplete="off"
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              walkTo(0)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur()
              const first = ids?.[0]
              if (event.key === 'Enter' && typed.trim() && first) navigate(pathOf(table, first))
              if (event.key === 'ArrowDown') event.currentTarget.blur()
            }}
          />
        </search>
        <div class={styles.selects}>
          <ViewBar
            replica={replica}
            table={table}
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
          table={table}
          ticked={ticks.ids}
          total={total}
          infos={infos}
          names={names}
          sources={sources}
          onAll={ticks.all}
          onNone={ticks.none}
        />
      )}
      {ids?.length === 0 ? (
        filtered ? (
          <EmptyState
            icon={Search}
            title={t('clients.nothing.title')}
            text={t('clients.nothing.text')}
            action={<Button onClick={reset}>{t('clients.nothing.reset')}</Button>}
          />
        ) : (
          <WhenComplete
            isMissing={async () =>
              (await replica.base.table(table).orderBy('sortName').limit(1).count()) === 0
            }
          >
            <EmptyState
              icon={ContactRound}
              title={t(table === 'client' ? 'clients.empty.title' : 'persons.empty.title')}
              text={t(table === 'client' ? 'clients.empty.text' : 'persons.empty.text')}
              action={
                <LinkButton kind="primary" icon={Plus} href={`${root}/new`}>
                  {t(table === 'client' ? 'clients.new' : 'client.persons.new')}
                </LinkButton>
              }
            />
          </WhenComplete>
        )
      ) : (
        <div class={styles.table}>
          <div
            class={styles.sheet}
            style={narrow ? undefined : { minWidth: `${sheetWidth(columns)}px` }}
          >
            <div class={styles.columns} style={{ gridTemplateColumns: template }}>
              <span class={styles.tick}>
                <input
                  type="checkbox"
                  aria-label={listTexts('group.all')}
                  checked={total > 0 && ticks.ids.length === total}
                  disabled={!isWhole}
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
              label={t(table === 'client' ? 'clients.title' : 'persons.title')}
              count={total}
              rowHeight={narrow ? 64 : 40}
              key={narrow ? 'narrow' : 'wide'}
              keyOf={keyOf}
              onRange={(first, last) =>
                setRange([Math.floor(first / step) * step, Math.ceil((last + 1) / step) * step])
              }
              render={(index) => {
                const row: Contact | undefined = rows.get(ids?.[index] ?? '')
                return row ? (
                  <ContactRow
                    row={row}
                    table={table}
                    replica={replica}
                    columns={columns}
                    names={names}
                    active={index === active}
                    ticked={ticks.has(row.id)}
                    onTick={(ticked, isRange) => ticks.tick(index, ticked, isRange)}
                    narrow={narrow}
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
          count={found ? total : null}
          onFilter={(filter) => setState(changed(state, { filter }))}
          onClose={() => setEditing(null)}
        />
      )}
      {editing === 'columns' && (
        <ColumnsDialog
          columns={state.columns}
          infos={infos}
          onColumns={(next) => setState(changed(state, { columns: next }))}
          onReset={() => setState(changed(state, { columns: firstColumns(table) }))}
          onClose={() => setEditing(null)}
        />
      )}
      {creating && copied && (
        <CopyDialog
          key={copied}
          table={creating}
          id={copied}
          replica={replica}
          onClose={() => navigate(root)}
          onCreated={(id) => navigate(`${root}/${id}`, { replace: true })}
        />
      )}
      {creating === 'client' && !copied && (
        <NewClientDialog
          replica={replica}
          onClose={() => navigate('/clients')}
          onCreated={({ id }) => navigate(`/clients/${id}`, { replace: true })}
        />
      )}
      {creating === 'person' && !copied && (
        <NewPersonDialog
          client={null}
          replica={replica}
          onClose={() => navigate('/persons')}
          onCreated={(id) => navigate(`/persons/${id}`, { replace: true })}
        />
      )}
    </div>
  )
}

/** The columns, the tick, the menu, and what lies between and beside them, px. */
export const sheetWidth = (columns: readonly { width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width + 16, 28 + 32 + 16 + 20 + 16)

interface ConditionsProps {
  state: ListState
  infos: readonly FieldInfo[]
  names: Names
  onState: (state: ListState) => void
}

/** What is asked for now, each with a cross. */
export const Conditions = ({ state, infos, names, onState }: ConditionsProps) => {
  const { filter } = state
  if (filter.of.length === 0 || state.view === 'mine') return null
  const shown =
    filter.join === 'all'
      ? filter.of.map((one) => ({ one, of: [one] }))
      : [{ one: filter, of: filter.of }]
  return (
    <div class={styles.conditions}>
      {shown.map(({ one, of }, index) => {
        const words = filterWords(one, infos, names)
        return (
          words && (
            <span key={index} class={styles.condition}>
              <span class="ellipsis">{words}</span>
              <IconButton
                icon={X}
                label={`${listTexts('filter.remove')}: ${words}`}
                onClick={() => {
                  const left = filter.of.filter((each) => !of.includes(each))
                  onState({
                    ...state,
                    filter: left.length > 0 ? { ...filter, of: left } : everything,
                  })
                }}
              />
            </span>
          )
        )
      })}
    </div>
  )
}

export const useNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(!wide.matches)
  useEffect(() => {
    const onChange = () => setNarrow(!wide.matches)
    wide.addEventListener('change', onChange)
    return () => wide.removeEventListener('change', onChange)
  }, [])
  return narrow
}
