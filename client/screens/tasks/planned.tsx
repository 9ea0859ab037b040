/** What is planned with a client, a contact person or within an Interest, on its card (F112, F141). */
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { minute } from '../../../shared/clock.ts'
import { Button, IconButton } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { useNow } from '../../frame/use-now.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { NewTaskDialog, type NewTaskDialogProps } from './new-task-dialog.tsx'
import styles from './planned.module.css'
import { nextOf, type Plans, plansOf } from './plans.ts'
import { type TaskEntry, tasksOf, withContacts } from './task-queries.ts'
import { TaskRow } from './task-row.tsx'
import { t } from './texts.ts'

interface PlannedProps {
  table: 'client' | 'person' | 'interest'
  id: string
  about: NonNullable<NewTaskDialogProps['about']>
  replica: Replica
}

export const Planned = ({ table, id, about, replica }: PlannedProps) => {
  const [planning, setPlanning] = useState(false)
  const [showAll, setShowAll] = useState(false)
  const [showClosed, setShowClosed] = useState(false)
  const [, navigate] = useLocation()
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const now = useNow(minute)
  const found = useLive<Plans | null>(
    async () => plansOf(await withContacts(replica.base, await tasksOf(replica.base, table, id))),
    [table, id, replica],
    null,
  ).value
  const next = found ? nextOf(found) : []
  const more = found ? found.open.length - next.length : 0
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
      <ul>{(showAll ? found?.open : next)?.map(row)}</ul>
      {more > 0 && (
        <Button
          kind="quiet"
          class={styles.more}
          aria-expanded={showAll}
          onClick={() => setShowAll(!showAll)}
        >
          {showAll ? t('card.fewer') : t('card.more', { count: more })}
        </Button>
      )}
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
