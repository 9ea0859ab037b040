/** Мои продажи: the board of a scenario, or all Interests as a list. */
import { Handshake, Plus, Settings } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { Choice, EmptyState, LinkButton } from '../../design/index.ts'
import { useNames } from '../../fields/use-fields.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import { type Replica, useLive } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { BoardView } from './board-view.tsx'
import { copyOfInterest } from './copy.ts'
import { InterestList } from './list.tsx'
import { NewInterestDialog } from './new-interest-dialog.tsx'
import { useScenarios } from './queries.ts'
import { t } from './texts.ts'

/** How one last looked at the sales. */
interface Look {
  view: 'board' | 'list'
  scenario: string
}
const firstLook: Look = { view: 'board', scenario: '' }

export const InterestsScreen = ({ creating = false }: { creating?: boolean }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const scenarios = useScenarios(replica)
  const draft = useDraft<Look>(replica, 'sales', firstLook)
  const look = { ...firstLook, ...draft.value }
  const set = (change: Partial<Look>) => draft.change({ ...look, ...change })
  const [newOn, setNewOn] = useState<{ scenario: string; stage: string } | null>(null)
  const search = new URLSearchParams(useSearch())
  const client = search.get('client') ?? undefined
  const copied = search.get('copy')
  const scenario = scenarios.find(({ id }) => id === look.scenario) ?? scenarios[0]
  if (!draft.loaded) return <div class={head.screen} />
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
    <LinkButton kind="primary" icon={Plus} class={head.act} href="/interests/new">
      {t('new')}
    </LinkButton>
  )
  return (
    <div class={head.screen}>
      {look.view === 'list' ? (
        <InterestList replica={replica} scenarios={scenarios} place={place} create={create} />
      ) : scenario ? (
        <BoardView
          key={scenario.id}
          replica={replica}
          scenario={scenario}
          scenarios={scenarios}
          onScenario={(id) => set({ scenario: id })}
          place={place}
          create={create}
          onNew={(stage) => setNewOn({ scenario: scenario.id, stage: stage.id })}
        />
      ) : (
        <WhenComplete isMissing={async () => (await replica.base.scenario.count()) === 0}>
          <NoScenario mayChange={replica.subject.value.administrator} />
        </WhenComplete>
      )}
      {creating && copied !== null && (
        <CopyInterest
          id={copied}
          replica={replica}
          onClose={() => navigate('/interests')}
          onCreated={(id) => navigate(`/interests/${id}`, { replace: true })}
        />
      )}
      {creating && copied === null && (
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

interface CopyInterestProps {
  id: string
  replica: Replica
  onClose: () => void
  onCreated: (id: string) => void
}

/** The form, filled in with what another Interest holds (F64). */
const CopyInterest = ({ id, replica, onClose, onCreated }: CopyInterestProps) => {
  const names = useNames(replica)
  const { closed } = replica.subject.value
  const known = useLive(
    async () => ({
      row: await replica.base.interest.get(id),
      definitions: await replica.base.field.where('recordType').equals('interest').toArray(),
    }),
    [id, replica],
    null,
  ).value
  if (!known?.row) return null
  // Who may not change a field could not create a record that has it.
  const infos = fieldsOf(
    'interest',
    seenFields(replica.subject.value, known.definitions).filter(({ id }) => !closed?.has(id)),
  )
  return (
    <NewInterestDialog
      replica={replica}
      copied={id}
      initial={copyOfInterest(known.row, infos, names)}
      onClose={onClose}
      onCreated={onCreated}
    />
  )
}
