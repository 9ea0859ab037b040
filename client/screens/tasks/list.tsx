/** The list of tasks: filters, groups by due or an order, columns, keyboard, group actions. */
import { useSignal } from '@preact/signals'
import { CircleCheck, Plus } from 'lucide-preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { minute } from '../../../shared/clock.ts'
import { sameValue } from '../../../shared/equality.ts'
import { Button, EmptyState, VirtualList, type VirtualListHandle } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { useNow } from '../../frame/use-now.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import table from '../../lists/list.module.css'
import { choosePreset } from '../../lists/list-state.ts'
import { ValueCell } from '../../lists/value-cell.tsx'
import type { StoredRow } from '../../replica/index.ts'
import { Dates } from './dates.tsx'
import { FromAddress } from './from-address.tsx'
import { ListOrCalendar } from './list-or-calendar.tsx'
import { toggleTasks } from './task-acts.ts'
import { TaskBar } from './task-bar.tsx'
import { TaskDialog } from './task-dialog.tsx'
import { TaskFilters } from './task-filters.tsx'
import { type itemsOf, openMine } from './task-groups.ts'
import { TaskHeadings, templateOf, widthOf } from './task-headings.tsx'
import { openTasks } from './task-queries.ts'
import { TaskRow } from './task-row.tsx'
import styles from './tasks.module.css'
import { t } from './texts.ts'
import { useTaskKeys } from './use-task-keys.ts'
import { useTasks } from './use-tasks.ts'

const narrow = matchMedia('(max-width: 1023px)').matches
/** px: one line and the contact under it. */
const rowHeight = narrow ? 72 : 48
const headHeight = 36

type Task = StoredRow<'task'>

export const TasksScreen = ({ params: { id } }: { params: { id?: string } }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  // A signal: the next key may come before the next painting.
  const active = useSignal<string | null>(null)
  const list = useRef<VirtualListHandle>(null)
  const now = useNow(minute)
  const subject = replica.subject.value
  const mine = useMemo(() => new Set([subject.id, ...(subject.reach?.own ?? [])]), [subject])
  const tasks = useTasks(replica, { mine, now, narrow })
  const { found, items, entryById, columns, names, state } = tasks
  const { employees, entries } = tasks.sources
  const template = templateOf(columns)
  const isUsual = state.filter.of.length === 0 && sameValue(tasks.quick, openMine)
  const shown = items.flatMap((item) => (item.kind === 'task' ? [item.task] : []))
  const chosen = shown.filter((task) => ticked.has(task.id))

  const tick = (task: string, isTicked: boolean) => {
    // On what is ticked by then: keys come faster than renders.
    setTicked((before) => {
      const next = new Set(before)
      if (isTicked) next.add(task)
      else next.delete(task)
      return next
    })
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
        <ListOrCalendar value="list" />
        <Button kind="primary" icon={Plus} class={head.act} onClick={() => navigate('/tasks/new')}>
          {t('create')}
        </Button>
      </header>
      <TaskFilters tasks={tasks} onChange={() => setTicked(new Set())} />
      {chosen.length > 0 && (
        <TaskBar
          tasks={chosen}
          replica={replica}
          employees={employees}
          total={shown.length}
          onAll={() => setTicked(new Set(shown.map((task) => task.id)))}
          onNone={() => setTicked(new Set())}
        />
      )}
      <Dates replica={replica} own={mine} now={now} />
      {found && items.length === 0 ? (
        <Nothing
          isUsual={isUsual}
          onReset={() => tasks.setState(choosePreset('task', state, 'all'))}
          onCreate={() => navigate('/tasks/new')}
        />
      ) : (
        <div class={table.table}>
          <div class={table.sheet} style={{ minWidth: widthOf(columns) }}>
            <TaskHeadings tasks={tasks} template={template} />
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
                      template={template}
                      cells={columns.map(({ field, info }) => (
                        <span key={field} class={table.cell}>
                          <ValueCell info={info} row={item.task} names={names} />
                        </span>
                      ))}
                    />
                  )
                )
              }}
            />
          </div>
        </div>
      )}
      {id === 'new' && <FromAddress onClose={close} />}
      {id !== undefined && id !== 'new' && <TaskDialog id={id} onClose={close} />}
    </section>
  )
}

const keyOf = (item: ReturnType<typeof itemsOf<Task>>[number] | undefined): string | undefined =>
  item?.kind === 'task' ? item.task.id : item?.group

interface NothingProps {
  isUsual: boolean
  onReset: () => void
  onCreate: () => void
}

const Nothing = ({ isUsual, onReset, onCreate }: NothingProps) => {
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
  if (!isUsual)
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
