/** Мои продажи: the board of a scenario, or all Interests as a list. */
import { Handshake, Plus, Settings } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import type { Stage } from '../../../shared/records/scenario.ts'
import { Choice, EmptyState, LinkButton, Select } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { followPaced, type Replica } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Board } from './board.tsx'
import { InterestList } from './list.tsx'
import { sumsText } from './money.ts'
import { NewInterestDialog } from './new-interest-dialog.tsx'
import { boardRows, closedShown, type Interest, type Scenario, useScenarios } from './queries.ts'
import styles from './screen.module.css'
import { t } from './texts.ts'

/** How one last looked at the sales. */
interface Look {
  view: 'board' | 'list'
  scenario: string
  whose: 'all' | 'mine'
}
const firstLook: Look = { view: 'board', scenario: '', whose: 'all' }

/** Days on a stage and what is overdue are told anew so often, ms. */
const tellEvery = 60_000

export const InterestsScreen = ({ creating = false }: { creating?: boolean }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const scenarios = useScenarios(replica)
  const draft = useDraft<Look>(replica, 'sales', firstLook)
  const look = { ...firstLook, ...draft.value }
  const set = (change: Partial<Look>) => draft.change({ ...look, ...change })
  const [newOn, setNewOn] = useState<{ scenario: string; stage: string } | null>(null)
  const client = new URLSearchParams(useSearch()).get('client') ?? undefined
  const scenario = scenarios?.find(({ id }) => id === look.scenario) ?? scenarios?.[0]
  if (!draft.loaded || scenarios === null) return <div class={styles.screen} />
  const place = (
    <Choice
      label={t('view')}
      value={look.view}
      onValue={(view) => set({ view })}
      options={[
        { value: 'board', label: t('view.board') },
        { value: 'list', label: t('view.list') },
      ]}
    />
  )
  const create = (
    <LinkButton kind="primary" icon={Plus} class={styles.new} href="/interests/new">
      {t('new')}
    </LinkButton>
  )
  return (
    <div class={styles.screen}>
      {look.view === 'list' ? (
        <InterestList replica={replica} scenarios={scenarios} place={place} create={create} />
      ) : scenario ? (
        <BoardView
          key={scenario.id}
          replica={replica}
          scenario={scenario}
          scenarios={scenarios}
          look={look}
          onLook={set}
          place={place}
          create={create}
          onNew={(stage) => setNewOn({ scenario: scenario.id, stage: stage.id })}
        />
      ) : (
        <WhenComplete isMissing={async () => (await replica.base.scenario.count()) === 0}>
          <NoScenario mayChange={replica.subject.value.administrator} />
        </WhenComplete>
      )}
      {creating && (
        <NewInterestDialog
          replica={replica}
          {...(client !== undefined && { initial: { client } })}
          onClose={() => navigate('/interests')}
          onCreated={(id) => navigate(`/interests/${id}`, { replace: true })}
        />
      )}
      {newOn && (
        <NewInterestDialog
          replica={replica}
          initial={newOn}
          onClose={() => setNewOn(null)}
          onCreated={() => setNewOn(null)}
        />
      )}
    </div>
  )
}

const NoScenario = ({ mayChange }: { mayChange: boolean }) => (
  <EmptyState
    icon={Handshake}
    title={t('noScenario.title')}
    text={t('noScenario.text')}
    action={
      mayChange && (
        <LinkButton kind="primary" icon={Settings} href="/settings/sales">
          {t('noScenario.do')}
        </LinkButton>
      )
    }
  />
)

interface BoardViewProps {
  replica: Replica
  scenario: Scenario
  scenarios: readonly Scenario[]
  look: Look
  onLook: (change: Partial<Look>) => void
  place: preact.ComponentChildren
  create: preact.ComponentChildren
  onNew: (stage: Stage) => void
}

const BoardView = ({
  replica,
  scenario,
  scenarios,
  look,
  onLook,
  place,
  create,
  onNew,
}: BoardViewProps) => {
  const employees = useEmployees(replica)
  const now = useNow()
  const all = useBoardRows(replica, scenario)
  const self = replica.session.user.id
  const rows = look.whose === 'mine' ? all?.filter(({ responsible }) => responsible === self) : all
  const open = rows?.filter(({ status }) => status === 'open') ?? []
  return (
    <>
      <header class={styles.head}>
        <h1 class={styles.title}>{t('title')}</h1>
        <p class={styles.count} role="status">
          {rows && [t('count', { count: open.length }), sumsText(open)].filter(Boolean).join(' · ')}
        </p>
        {create}
      </header>
      <div class={styles.filters}>
        {place}
        {scenarios.length > 1 && (
          <Select
            aria-label={t('scenario')}
            class={styles.scenario}
            value={scenario.id}
            onValue={(next) => onLook({ scenario: next })}
            options={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Choice
          label={t('whose')}
          value={look.whose}
          onValue={(whose) => onLook({ whose })}
          options={[
            { value: 'all', label: t('whose.all') },
            { value: 'mine', label: t('whose.mine') },
          ]}
        />
        <p class={styles.hint}>{t('boardHint')}</p>
      </div>
      {rows && (
        <Board
          replica={replica}
          scenario={scenario}
          rows={rows}
          employees={employees}
          now={now}
          onNew={onNew}
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
