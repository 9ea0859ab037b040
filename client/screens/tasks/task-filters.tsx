/** Which tasks are shown (F145, F150): chosen quickly, by any field, as a saved view; and with which columns. */
import { Columns3, ListFilter } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { parseDay } from '../../../shared/fields/days.ts'
import { localDay } from '../../../shared/tasks.ts'
import { Button, IconButton, Input, Select, Tabs } from '../../design/index.ts'
import { entriesOf } from '../../fields/use-directory.ts'
import { formatDate } from '../../format/index.ts'
import type { ChoiceSources } from '../../lists/choices.tsx'
import { ColumnsDialog } from '../../lists/columns-dialog.tsx'
import { Conditions } from '../../lists/conditions.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { changed, firstColumns, type ListState } from '../../lists/list-state.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { ViewBar } from '../../lists/view-bar.tsx'
import { periods, type TaskFilter } from './task-groups.ts'
import styles from './tasks.module.css'
import { t } from './texts.ts'
import type { Tasks } from './use-tasks.ts'

interface TaskFiltersProps {
  tasks: Tasks
  /** Other tasks are asked for. */
  onChange: () => void
}

export const TaskFilters = ({ tasks, onChange }: TaskFiltersProps) => {
  const { replica, state, infos, names, context, sources, found, quick } = tasks
  const [editing, setEditing] = useState<'filter' | 'columns' | null>(null)
  const close = () => setEditing(null)
  const ask = (next: ListState) => {
    tasks.setState(next)
    onChange()
  }
  const chooseQuick = (change: Partial<TaskFilter>) => {
    tasks.setQuick(change)
    onChange()
  }
  return (
    <>
      <div class={styles.filters}>
        <Tabs
          label={t('title')}
          value={quick.whose}
          onValue={(whose) => chooseQuick({ whose, responsible: '' })}
          tabs={(['mine', 'set', 'all'] as const).map((whose) => ({
            value: whose,
            label: t(`whose.${whose}`),
          }))}
        />
        <div class={styles.selects}>
          <QuickSelects filter={quick} sources={sources} onFilter={chooseQuick} />
          <Button icon={ListFilter} onClick={() => setEditing('filter')}>
            {listTexts('filter.open')}
          </Button>
          <IconButton
            icon={Columns3}
            class={styles.columns}
            label={listTexts('columns.title')}
            onClick={() => setEditing('columns')}
          />
          <ViewBar
            replica={replica}
            table="task"
            state={state}
            views={tasks.views}
            onState={ask}
            usual={t('view.usual')}
          />
        </div>
      </div>
      <Conditions state={state} infos={infos} names={names} onState={ask} />
      {editing === 'filter' && (
        <FilterDialog
          filter={state.filter}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={found?.length ?? null}
          onFilter={(filter) => ask(changed(state, { filter }))}
          onClose={close}
        />
      )}
      {editing === 'columns' && (
        <ColumnsDialog
          columns={state.columns}
          infos={tasks.offered}
          onColumns={(columns) => tasks.setState(changed(state, { columns }))}
          onReset={() =>
            tasks.setState(changed(state, { columns: firstColumns('task'), sort: null }))
          }
          onClose={close}
        />
      )}
    </>
  )
}

interface QuickSelectsProps {
  filter: TaskFilter
  sources: ChoiceSources
  onFilter: (change: Partial<TaskFilter>) => void
}

const QuickSelects = ({ filter, sources, onFilter }: QuickSelectsProps) => (
  <>
    <Select
      aria-label={t('state.label')}
      value={filter.state}
      onValue={(state) => onFilter({ state })}
      options={(['open', 'closed', 'all'] as const).map((state) => ({
        value: state,
        label: t(`state.${state}`),
      }))}
    />
    <Select
      aria-label={t('period.label')}
      value={filter.period}
      onValue={(period) => onFilter({ period })}
      options={periods.map((period) => ({ value: period, label: t(`period.${period}`) }))}
    />
    {filter.period === 'dates' && (
      <>
        <DayInput label={t('period.from')} day={filter.from} onDay={(from) => onFilter({ from })} />
        <DayInput label={t('period.to')} day={filter.to} onDay={(to) => onFilter({ to })} />
      </>
    )}
    <Select
      aria-label={t('category.any')}
      value={filter.category}
      onValue={(category) => onFilter({ category })}
      options={[
        { value: '', label: t('category.any') },
        ...entriesOf(sources.entries, 'taskCategory').map(({ id, name }) => ({
          value: id,
          label: name,
        })),
      ]}
    />
    {filter.whose !== 'mine' && (
      <Select
        aria-label={t('responsible.any')}
        value={filter.responsible}
        onValue={(responsible) => onFilter({ responsible })}
        options={[
          { value: '', label: t('responsible.any') },
          ...[...sources.employees.values()]
            .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    )}
  </>
)

interface DayInputProps {
  label: string
  day: number | null
  onDay: (day: number | null) => void
}

const DayInput = ({ label, day, onDay }: DayInputProps) => {
  const [typed, setTyped] = useState(day === null ? '' : formatDate(localDay(day)))
  return (
    <Input
      aria-label={label}
      placeholder={label}
      class={styles.day}
      value={typed}
      onValue={(value) => {
        setTyped(value)
        const parsed = parseDay(value, new Date())
        if (value.trim() === '') onDay(null)
        else if (parsed.ok) onDay(Date.parse(parsed.value))
      }}
    />
  )
}
