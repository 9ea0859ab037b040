/** The list of tasks: filters, groups by due, keyboard, group actions. */
import { useSignal } from '@preact/signals'
import { CircleCheck, Plus } from 'lucide-preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { minute } from '../../../shared/clock.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { Button, EmptyState, VirtualList, type VirtualListHandle } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { useNames } from '../../fields/use-fields.ts'
import { useReplica } from '../../frame/app-context.ts'
import { useNow } from '../../frame/use-now.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import { type StoredRow, useLive } from '../../replica/index.ts'
import { ownCopies } from '../clients/copy.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { aboutOf } from './about.ts'
import { Dates } from './dates.tsx'
import { copyOfTask } from './new-task.ts'
import { NewTaskDialog } from './new-task-dialog.tsx'
import { toggleTasks } from './task-acts.ts'
import { TaskBar } from './task-bar.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { TaskFilters } from './task-filters.tsx'
import { isWanted, itemsOf, openMine, type TaskFilter } from './task-groups.ts'
import { closedTasks, openTasks, type TaskEntry, withContacts } from './task-queries.ts'
import { TaskRow } from './task-row.tsx'
import styles from './tasks.module.css'
import { t } from './texts.ts'
import { useTaskKeys } from './use-task-keys.ts'

const narrow = matchMedia('(max-width: 1023px)').matches
/** px: one line and the contact under it. */
const rowHeight = narrow ? 72 : 48
const headHeight = 36

type Task = StoredRow<'task'>

export const TasksScreen = ({ params: { id } }: { params: { id?: string } }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const [filter, setFilter] = useState<TaskFilter>(openMine)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  // A signal: the next key may come before the next painting.
  const active = useSignal<string | null>(null)
  const list = useRef<VirtualListHandle>(null)
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const now = useNow(minute)
  const subject = replica.subject.value
  const mine = useMemo(() => new Set([subject.id, ...(subject.reach?.own ?? [])]), [subject])

  const found = useLive<TaskEntry[] | null>(
    async () => {
      const [open, closed] = await Promise.all([
        filter.state === 'closed' ? [] : openTasks(replica.base),
        filter.state === 'open' ? [] : closedTasks(replica.base),
      ])
      const wanted = [...open, ...closed].filter((task) =>
        isWanted(
          // A category that was replaced is the one that took its place.
          filter.category ? { ...task, category: resolveEntry(entries, task.category)?.id } : task,
          filter,
          mine,
          Date.now(),
        ),
      )
      return withContacts(replica.base, wanted)
    },
    // A minute later other tasks are overdue.
    [filter, replica, mine, now, entries],
    null,
  ).value
  const entryById = useMemo(
    () => new Map((found ?? []).map((entry) => [entry.task.id, entry])),
    [found],
  )
  const items = useMemo(
    () =>
      itemsOf<Task>(
        (found ?? []).map(({ task }) => task),
        now,
      ),
    [found, now],
  )
  const shown = items.flatMap((item) => (item.kind === 'task' ? [item.task] : []))
  const chosen = shown.filter((task) => ticked.has(task.id))

  const tick = (task: string, isTicked: boolean) => {
    const next = new Set(ticked)
    if (isTicked) next.add(task)
    else next.delete(task)
    setTicked(next)
  }
  const open = (task: string) => navigate(`/tasks/${task}`)
  const close = () => navigate('/tasks')

  useTaskKeys((command) => {
    const at = shown.findIndex((task) => task.id === active.value)
    const current = shown[at]
    if (typeof command === 'number') {
      const next = shown[Math.min(Math.max(at + command, 0), shown.length - 1)]
      if (!next) return
      active.value = next.id
      const index = items.findIndex((item) => item.kind === 'task' && item.task.id === next.id)
      list.current?.scrollToIndex(index)
    } else if (!current) return
    else if (command === 'open') open(current.id)
    else if (command === 'tick') tick(current.id, !ticked.has(current.id))
    else {
      active.value = shown[at + 1]?.id ?? shown[at - 1]?.id ?? null
      void toggleTasks(replica, [current])
    }
  })

  return (
    <section class={head.screen} aria-label={t('title')}>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <Button kind="primary" icon={Plus} class={head.act} onClick={() => navigate('/tasks/new')}>
          {t('create')}
        </Button>
      </header>
      <TaskFilters
        filter={filter}
        employees={employees}
        entries={entries}
        onFilter={(change) => {
          setFilter({ ...filter, ...change })
          setTicked(new Set())
        }}
      />
      {chosen.length > 0 && (
        <TaskBar
          tasks={chosen}
          replica={replica}
          employees={employees}
          onNone={() => setTicked(new Set())}
        />
      )}
      <Dates replica={replica} own={mine} now={now} />
      {found && items.length === 0 ? (
        <Nothing
          filter={filter}
          onReset={() => setFilter(openMine)}
          onCreate={() => navigate('/tasks/new')}
        />
      ) : (
        <VirtualList
          handle={list}
          label={t('list')}
          count={items.length}
          rowHeight={(index) => (items[index]?.kind === 'group' ? headHeight : rowHeight)}
          keyOf={(index) => keyOf(items[index]) ?? index}
          render={(index) => {
            const item = items[index]
            if (!item) return null
            if (item.kind === 'group')
              return (
                <h2 class={styles.group} data-group={item.group}>
                  {t(`group.${item.group}`)} <span class={styles.count}>{item.count}</span>
                </h2>
              )
            const entry = entryById.get(item.task.id)
            return (
              entry && (
                <TaskRow
                  entry={entry}
                  replica={replica}
                  employees={employees}
                  entries={entries}
                  now={now}
                  active={active.value === item.task.id}
                  ticked={ticked.has(item.task.id)}
                  onTick={(isTicked) => tick(item.task.id, isTicked)}
                  onOpen={() => open(item.task.id)}
                />
              )
            )
          }}
        />
      )}
      {id === 'new' && <FromAddress onClose={close} />}
      {id !== undefined && id !== 'new' && <TaskDialog id={id} onClose={close} />}
    </section>
  )
}

const keyOf = (item: ReturnType<typeof itemsOf<Task>>[number] | undefined): string | undefined =>
  item?.kind === 'task' ? item.task.id : item?.group

/** `/tasks/new?client=<id>`: what it is about is read first. */
const FromAddress = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const names = useNames(replica)
  const { value: subject } = replica.subject
  const copy = useLive(
    async () => {
      const id = new URLSearchParams(location.search).get('copy') ?? ''
      const task = await replica.base.task.get(id)
      return {
        entry: task ? (await withContacts(replica.base, [task]))[0] : undefined,
        definitions: await replica.base.field.where('recordType').equals('task').toArray(),
        entries: new Map((await replica.base.directory.toArray()).map((row) => [row.id, row])),
      }
    },
    [replica],
    null,
  ).value
  const about = useLive(
    () => aboutOf(replica.base, new URLSearchParams(location.search)),
    [replica],
    null,
  ).value
  if (!about || !copy) return null
  if (!copy.entry) return <NewTaskDialog replica={replica} about={about} onClose={onClose} />
  const { task, client, person } = copy.entry
  // Who may not change a field could not create a record that has it.
  const own = fieldsOf(
    'task',
    seenFields(subject, copy.definitions).filter(({ id }) => !subject.closed?.has(id)),
  )
  const form = copyOfTask(
    task,
    copy.entries,
    client ? { id: client.id, name: client.name } : null,
    person ? { id: person.id, name: person.name } : null,
    ownCopies(task, own, names),
  )
  return <NewTaskDialog replica={replica} copied={{ id: task.id, form }} onClose={onClose} />
}

interface NothingProps {
  filter: TaskFilter
  onReset: () => void
  onCreate: () => void
}

const Nothing = ({ filter, onReset, onCreate }: NothingProps) => {
  const replica = useReplica()
  const isNothingOpen = async () =>
    (await openTasks(replica.base)).every(
      ({ responsible }) => responsible !== replica.session.user.id,
    )
  const create = (
    <Button kind="primary" icon={Plus} onClick={onCreate}>
      {t('create')}
    </Button>
  )
  if (JSON.stringify(filter) !== JSON.stringify(openMine))
    return (
      <EmptyState
        icon={CircleCheck}
        title={t('nothing.title')}
        action={<Button onClick={onReset}>{t('nothing.reset')}</Button>}
      />
    )
  return (
    <WhenComplete isMissing={isNothingOpen}>
      <EmptyState
        icon={CircleCheck}
        title={t('empty.title')}
        text={t('empty.text')}
        action={create}
      />
    </WhenComplete>
  )
}
