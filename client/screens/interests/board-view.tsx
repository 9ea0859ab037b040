/** The board with what is above it: scenario, saved views and filters (the list's own), group actions. */
import { ListFilter } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Stage } from '../../../shared/records/scenario.ts'
import { Button, classNames, Select } from '../../design/index.ts'
import { Conditions } from '../../lists/conditions.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { GroupBar } from '../../lists/group-bar.tsx'
import head from '../../lists/head.module.css'
import listStyles from '../../lists/list.module.css'
import { changed } from '../../lists/list-state.ts'
import { useRowTest } from '../../lists/row-test.ts'
import { t as listTexts } from '../../lists/texts.ts'
import {
  useFields,
  useFilterContext,
  useListState,
  useNames,
  useRowNames,
  useViews,
} from '../../lists/use-list.ts'
import { useNarrow } from '../../lists/use-listed.ts'
import { useTickKey, useTicks } from '../../lists/use-ticks.ts'
import { ViewBar } from '../../lists/view-bar.tsx'
import { followPaced, type Replica } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { Board, columnsOf } from './board.tsx'
import { GroupActions } from './group-actions.tsx'
import { sumsText } from './money.ts'
import { boardRows, closedShown, type Interest, type Scenario } from './queries.ts'
import styles from './screen.module.css'
import { t } from './texts.ts'

/** Days on a stage and what is overdue are told anew so often, ms. */
const tellEvery = 60_000

interface BoardViewProps {
  replica: Replica
  scenario: Scenario
  scenarios: readonly Scenario[]
  onScenario: (id: string) => void
  /** The switch between board and list, and the button that creates. */
  place: ComponentChildren
  create: ComponentChildren
  onNew: (stage: Stage) => void
}

export const BoardView = (props: BoardViewProps) => {
  const { replica, scenario, scenarios, onScenario, place, create, onNew } = props
  const employees = useEmployees(replica)
  const now = useNow()
  const [filtering, setFiltering] = useState(false)
  const { infos, sources } = useFields(replica, 'interest')
  const views = useViews(replica, 'interest')
  const [state, setState, isLoaded] = useListState(replica, 'interest', views)
  const context = useFilterContext(replica, sources)
  const { filter } = state
  const names = useRowNames(replica, useNames(sources), { filter, infos })
  const all = useBoardRows(replica, scenario)
  // Before what was kept of the look is known, the board would show other cards for a moment.
  const test = useRowTest(replica, isLoaded ? filter : null, infos, context)
  const rows = useMemo(() => all && test && all.filter(test), [all, test])
  const columns = useMemo(() => columnsOf(scenario, rows ?? []), [scenario, rows])
  const ids = useMemo(() => [...columns.values()].flat().map(({ id }) => id), [columns])
  const ticks = useTicks(ids)
  const narrow = useNarrow()
  const tick = (id: string, isTicked: boolean, isRange: boolean) =>
    ticks.tick(ids.indexOf(id), isTicked, isRange)
  useTickKey(() => {
    const card = document.activeElement?.closest<HTMLElement>('[data-card]')
    const id = card?.dataset.card
    if (id) tick(id, !ticks.has(id), false)
  })
  const open = rows?.filter(({ status }) => status === 'open') ?? []
  return (
    <>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={classNames(head.count, styles.count)} role="status">
          {rows && [t('count', { count: open.length }), sumsText(open)].filter(Boolean).join(' · ')}
        </p>
        <ExportMenu
          table="interest"
          ids={ids}
          small={narrow}
          class={narrow ? styles.export : head.act}
        />
        {create}
      </header>
      <div class={styles.filters}>
        {place}
        {scenarios.length > 1 && (
          <Select
            aria-label={t('scenario')}
            class={styles.scenario}
            value={scenario.id}
            onValue={onScenario}
            options={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <div class={listStyles.selects}>
          <ViewBar
            replica={replica}
            table="interest"
            state={state}
            views={views ?? []}
            onState={setState}
          />
          <Button icon={ListFilter} onClick={() => setFiltering(true)}>
            {listTexts('filter.open')}
          </Button>
        </div>
        <p class={styles.hint} title={t('boardHint')}>
          {t('boardHint')}
        </p>
      </div>
      <Conditions state={state} infos={infos} names={names} onState={setState} />
      {ticks.ids.length > 0 && (
        <GroupBar
          replica={replica}
          table="interest"
          ticked={ticks.ids}
          total={ids.length}
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
      {rows && (
        <Board
          replica={replica}
          scenario={scenario}
          columns={columns}
          isNew={all?.length === 0}
          ticked={ticks.ids}
          onTick={tick}
          employees={employees}
          now={now}
          onNew={onNew}
        />
      )}
      {filtering && (
        <FilterDialog
          filter={filter}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={rows?.length ?? null}
          onFilter={(next) => setState(changed(state, { filter: next }))}
          onClose={() => setFiltering(false)}
        />
      )}
    </>
  )
}

const useBoardRows = (replica: Replica, scenario: Scenario): Interest[] | null => {
  const [rows, setRows] = useState<Interest[] | null>(null)
  const stages = scenario.stages.map(({ id, kind }) => `${id} ${kind}`).join()
  useEffect(
    () =>
      followPaced(
        replica.base,
        'interest',
        () => boardRows(replica.base, scenario, Date.now() - closedShown),
        setRows,
      ),
    [replica, scenario.id, stages],
  )
  return rows
}

const useNow = (): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tellEvery)
    return () => clearInterval(timer)
  }, [])
  return now
}
