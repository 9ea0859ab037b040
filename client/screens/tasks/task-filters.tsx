/** Which tasks are shown (F145, F150). */
import { useState } from 'preact/hooks'
import { parseDay } from '../../../shared/fields/days.ts'
import { localDay } from '../../../shared/tasks.ts'
import { Input, Select, Tabs } from '../../design/index.ts'
import { type Entries, entriesOf } from '../../fields/use-directory.ts'
import { formatDate } from '../../format/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { periods, type TaskFilter } from './task-groups.ts'
import styles from './tasks.module.css'
import { t } from './texts.ts'

interface TaskFiltersProps {
  filter: TaskFilter
  employees: Employees
  entries: Entries
  onFilter: (change: Partial<TaskFilter>) => void
}

export const TaskFilters = ({ filter, employees, entries, onFilter }: TaskFiltersProps) => (
  <div class={styles.filters}>
    <Tabs
      label={t('title')}
      value={filter.whose}
      onValue={(whose) => onFilter({ whose, responsible: '' })}
      tabs={(['mine', 'set', 'all'] as const).map((whose) => ({
        value: whose,
        label: t(`whose.${whose}`),
      }))}
    />
    <div class={styles.selects}>
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
          <DayInput
            label={t('period.from')}
            day={filter.from}
            onDay={(from) => onFilter({ from })}
          />
          <DayInput label={t('period.to')} day={filter.to} onDay={(to) => onFilter({ to })} />
        </>
      )}
      <Select
        aria-label={t('category.any')}
        value={filter.category}
        onValue={(category) => onFilter({ category })}
        options={[
          { value: '', label: t('category.any') },
          ...entriesOf(entries, 'taskCategory').map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {filter.whose !== 'mine' && (
        <Select
          aria-label={t('responsible.any')}
          value={filter.responsible}
          onValue={(responsible) => onFilter({ responsible })}
          options={[
            { value: '', label: t('responsible.any') },
            ...[...employees.values()]
              .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </div>
  </div>
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
