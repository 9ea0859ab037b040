/** A task in a list: the circle closes it, the title opens it. */
import {
  CalendarDays,
  Check,
  Copy,
  Lock,
  MoreHorizontal,
  Pencil,
  RotateCcw,
  Trash2,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import type { Row } from '../../../shared/records/declaration.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { rights, type Subject } from '../../../shared/rights.ts'
import { isOverdue } from '../../../shared/tasks.ts'
import { Avatar, classNames, Icon, IconButton, Menu, type MenuItem } from '../../design/index.ts'
import type { Entries } from '../../fields/use-directory.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { changeTasks, deleteTasks, toggleTasks } from './task-acts.ts'
import { taskIcon } from './task-icons.ts'
import type { TaskEntry } from './task-queries.ts'
import styles from './task-row.module.css'
import { t } from './texts.ts'
import { inDays, whenWords } from './when.ts'

type Task = StoredRow<'task'>

const may = (subject: Subject, task: Task, after: object): boolean => {
  const row = task as unknown as Row // a stored row is one that was projected
  return rights(subject, row, { ...row, ...after }) === null
}

const taskMenu = (replica: Replica, task: Task, onOpen: () => void): MenuItem[] => {
  const subject = replica.subject.value
  const move = (days: number) => () =>
    void changeTasks(replica, [task], { ...inDays(days, Date.now()) }, () => t('saved'))
  const mayChange = may(subject, task, {})
  return [
    { label: t('menu.edit'), icon: Pencil, onSelect: onOpen },
    { label: t('menu.copy'), icon: Copy, href: `/tasks/new?copy=${task.id}` },
    ...(mayChange
      ? [
          {
            label: t(task.done ? 'menu.reopen' : 'menu.close'),
            icon: task.done ? RotateCcw : Check,
            hint: 'e',
            onSelect: () => void toggleTasks(replica, [task]),
          },
        ]
      : []),
    ...(mayChange && !task.done
      ? (
          [
            ['menu.today', 0],
            ['menu.tomorrow', 1],
            ['menu.week', 7],
          ] as const
        ).map(([name, days], index) => ({
          label: t(name),
          icon: CalendarDays,
          separated: index === 0,
          onSelect: move(days),
        }))
      : []),
    ...(may(subject, task, { deletedAt: Date.now() })
      ? [
          {
            label: t('menu.delete'),
            icon: Trash2,
            danger: true,
            separated: true,
            onSelect: () => void deleteTasks(replica, [task]),
          },
        ]
      : []),
  ]
}

interface TaskRowProps {
  entry: TaskEntry
  replica: Replica
  employees: Employees
  entries: Entries
  now: number
  /** Where the keyboard is. */
  active?: boolean
  ticked?: boolean
  onTick?: (ticked: boolean) => void
  onOpen: () => void
  /** Chosen columns, one cell each, and the grid that they and the rest stand in. */
  cells?: ComponentChildren
  template?: string | undefined
  /** On a contact's card the contact is known. */
  withContact?: boolean
}

export const TaskRow = ({
  entry,
  replica,
  employees,
  entries,
  now,
  active = false,
  ticked = false,
  onTick,
  onOpen,
  cells,
  template,
  withContact = true,
}: TaskRowProps) => {
  const { task, client, person } = entry
  const responsible = employees.get(task.responsible)?.name
  const overdue = isOverdue(task, now)
  const contacts = withContact ? [client?.name, person?.name].filter(Boolean).join(' · ') : ''
  const when = whenWords(task, now)
  const readOnly = !may(replica.subject.value, task, {})
  return (
    <div
      class={classNames(
        styles.row,
        active && styles.active,
        ticked && styles.ticked,
        task.done && styles.done,
        !onTick && styles.plain,
      )}
      style={template && { gridTemplateColumns: template }}
    >
      {onTick && (
        <label class={styles.tick}>
          <input
            type="checkbox"
            checked={ticked}
            aria-label={t('tick', { name: task.title })}
            onChange={(event) => onTick(event.currentTarget.checked)}
          />
        </label>
      )}
      <button
        type="button"
        aria-label={t(task.done ? 'reopen' : 'close', { name: task.title })}
        title={t(task.done ? 'menu.reopen' : 'menu.close')}
        class={styles.circle}
        disabled={readOnly}
        onClick={() => void toggleTasks(replica, [task])}
      >
        <Icon of={Check} />
      </button>
      <Link href={`/tasks/${task.id}`} class={styles.words}>
        <span class={styles.title}>
          <Icon
            of={taskIcon(task.kind, resolveEntry(entries, task.category)?.icon)}
            class={styles.icon}
          />
          <span class="ellipsis">{task.title}</span>
          {task.restricted && <Icon of={Lock} class={styles.icon} />}
        </span>
        {contacts && <span class={styles.contact}>{contacts}</span>}
      </Link>
      {cells}
      <span class={classNames(styles.when, overdue && styles.overdue)}>{when}</span>
      <span class={styles.who} title={responsible}>
        {responsible && (
          <>
            <Avatar name={responsible} size={24} />
            <span class="visually-hidden">{responsible}</span>
          </>
        )}
      </span>
      <Menu
        label={t('menu.label', { name: task.title })}
        items={taskMenu(replica, task, onOpen)}
        trigger={(trigger) => (
          <IconButton
            {...trigger}
            icon={MoreHorizontal}
            label={t('menu.label', { name: task.title })}
          />
        )}
      />
    </div>
  )
}
