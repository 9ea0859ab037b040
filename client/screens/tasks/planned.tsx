/** What is planned with a client, a contact person or within an Interest, on its card (F112, F141). */
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { minute } from '../../../shared/clock.ts'
import { deadlineOf } from '../../../shared/tasks.ts'
import { Button, IconButton } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { useNow } from '../../frame/use-now.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { NewTaskDialog, type NewTaskDialogProps } from './new-task-dialog.tsx'
import styles from './planned.module.css'
import { type TaskEntry, tasksOf, withContacts } from './task-queries.ts'
import { TaskRow } from './task-row.tsx'
import { t } from './texts.ts'

interface PlannedProps {
  table: 'client' | 'person' | 'interest'
  id: string
  about: NonNullable<NewTaskDialogProps['about']>
  replica: Replica
}

interface Found {
  open: TaskEntry[]
  closed: TaskEntry[]
}

export const Planned = ({ table, id, about, replica }: PlannedProps) => {
  const [planning, setPlanning] = useState(false)
  const [showClosed, setShowClosed] = useState(false)
  const [, navigate] = useLocation()
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const now = useNow(minute)
  const found = useLive<Found | null>(
    async () => {
      const all = await withContacts(replica.base, await tasksOf(replica.base, table, id))
      return {
        open: all
          .filter(({ task }) => !task.done)
          .sort((a, b) => deadlineOf(a.task) - deadlineOf(b.task)),
        closed: all
          .filter(({ task }) => task.done)
          .sort((a, b) => (b.task.done?.at ?? 0) - (a.task.done?.at ?? 0)),
      }
    },
    [table, id, replica],
    null,
  ).value
  const row = (entry: TaskEntry) => (
    <li key={entry.task.id}>
      <TaskRow
        entry={entry}
        replica={replica}
        employees={employees}
        entries={entries}
        now={now}
        withContact={table === 'interest'}
        onOpen={() => navigate(`/tasks/${entry.task.id}`)}
      />
    </li>
  )
  return (
    <section class={styles.block} aria-label={t('card.title')}>
      <header class={styles.head}>
        <h2 class={styles.title}>{t('card.title')}</h2>
        <IconButton icon={Plus} label={t('card.plan')} onClick={() => setPlanning(true)} />
      </header>
      {found && found.open.length === 0 && (
        <p class={styles.none}>
          <span class="meta">{t('card.none')}</span>
          <Button onClick={() => setPlanning(true)}>{t('card.plan')}</Button>
        </p>
      )}
      <ul>{found?.open.map(row)}</ul>
      {found && found.closed.length > 0 && (
        <Button
          kind="quiet"
          class={styles.more}
          aria-expanded={showClosed}
          onClick={() => setShowClosed(!showClosed)}
        >
          {t('card.closed', { count: found.closed.length })}
        </Button>
      )}
      {showClosed && <ul>{found?.closed.map(row)}</ul>}
      {planning && (
        <NewTaskDialog replica={replica} about={about} onClose={() => setPlanning(false)} />
      )}
    </section>
  )
}
