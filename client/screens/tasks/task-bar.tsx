/** What is done with all ticked tasks at once. */
import { CalendarDays, Check, Trash2, UserRound, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button, IconButton, Select } from '../../design/index.ts'
import { t as listTexts } from '../../lists/texts.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { FormDialog } from '../forms/form-dialog.tsx'
import { changeTasks, deleteTasks, toggleTasks } from './task-acts.ts'
import { WhenField } from './task-form.tsx'
import styles from './tasks.module.css'
import { t } from './texts.ts'
import { parseWhen } from './when.ts'

interface TaskBarProps {
  tasks: readonly StoredRow<'task'>[]
  replica: Replica
  employees: Employees
  /** How many the list has. */
  total: number
  onAll: () => void
  onNone: () => void
}

export const TaskBar = ({ tasks, replica, employees, total, onAll, onNone }: TaskBarProps) => {
  const [asking, setAsking] = useState<'responsible' | 'when' | null>(null)
  const allClosed = tasks.every(({ done }) => done)
  const changed = (count: number) => t('changed.many', { count })
  const close = () => setAsking(null)
  const run = (what: Promise<void>) => {
    close()
    onNone()
    void what
  }
  return (
    <div class={styles.bar} role="toolbar" aria-label={t('bar.label')}>
      <IconButton icon={X} label={t('bar.none')} onClick={onNone} />
      <span class={styles.barCount} role="status">
        {t('bar.count', { count: tasks.length })}
      </span>
      {tasks.length < total && (
        <Button kind="quiet" onClick={onAll}>
          {listTexts('group.all')}
        </Button>
      )}
      <span class={styles.barActions}>
        <Button icon={Check} onClick={() => run(toggleTasks(replica, tasks))}>
          {t(allClosed ? 'menu.reopen' : 'menu.close')}
        </Button>
        <Button icon={CalendarDays} onClick={() => setAsking('when')}>
          {t('bar.when')}
        </Button>
        <Button icon={UserRound} onClick={() => setAsking('responsible')}>
          {t('bar.responsible')}
        </Button>
        <ExportMenu table="task" ids={tasks.map(({ id }) => id)} />
        <Button icon={Trash2} kind="danger" onClick={() => run(deleteTasks(replica, tasks))}>
          {t('menu.delete')}
        </Button>
      </span>
      {asking === 'responsible' && (
        <ResponsibleDialog
          replica={replica}
          employees={employees}
          onClose={close}
          onChoose={(responsible) =>
            run(changeTasks(replica, tasks, { responsible, notify: true }, changed))
          }
        />
      )}
      {asking === 'when' && (
        <WhenDialog
          onClose={close}
          onChoose={(when) => run(changeTasks(replica, tasks, when, changed))}
        />
      )}
    </div>
  )
}

interface ResponsibleDialogProps {
  replica: Replica
  employees: Employees
  onClose: () => void
  onChoose: (responsible: string) => void
}

const ResponsibleDialog = ({ replica, employees, onClose, onChoose }: ResponsibleDialogProps) => {
  const [chosen, setChosen] = useState(replica.session.user.id)
  return (
    <FormDialog
      title={t('bar.responsible')}
      onClose={onClose}
      onSubmit={() => onChoose(chosen)}
      submit={t('bar.apply')}
    >
      <Select
        aria-label={t('bar.responsible')}
        value={chosen}
        onValue={setChosen}
        options={[...employees.values()]
          .filter(({ state }) => state !== 'blocked')
          .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
          .map(({ id, name }) => ({ value: id, label: name }))}
      />
    </FormDialog>
  )
}

interface WhenDialogProps {
  onClose: () => void
  onChoose: (when: { due: number | null; allDay: true | null }) => void
}

const WhenDialog = ({ onClose, onChoose }: WhenDialogProps) => {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const choose = () => {
    const when = parseWhen(typed, Date.now())
    if (!when.ok) return setWrong(true)
    onChoose({ due: when.value?.due ?? null, allDay: when.value?.allDay || null })
  }
  return (
    <FormDialog title={t('bar.when')} onClose={onClose} onSubmit={choose} submit={t('bar.apply')}>
      <WhenField
        typed={typed}
        error={wrong ? t('form.wrongWhen') : undefined}
        hint={t('form.whenHint')}
        onTyped={(value) => {
          setTyped(value)
          setWrong(false)
        }}
      />
    </FormDialog>
  )
}
