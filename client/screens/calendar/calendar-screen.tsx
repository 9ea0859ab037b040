/** `/tasks/calendar`: tasks, calls, meetings, events and dates by their time (F77, F153). */
import { Plus } from 'lucide-preact'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { minute } from '../../../shared/clock.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { rights } from '../../../shared/rights.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { Button, Dialog } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { useNow } from '../../frame/use-now.ts'
import head from '../../lists/head.module.css'
import { useDraft } from '../dialogs/use-draft.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { InteractionDialog } from '../interactions/interaction-dialog.tsx'
import { useDepartments } from '../settings/organisation.ts'
import { ListOrCalendar } from '../tasks/list-or-calendar.tsx'
import { NewTaskDialog } from '../tasks/new-task-dialog.tsx'
import { TaskDialog } from '../tasks/task-dialog.tsx'
import { t as taskTexts } from '../tasks/texts.ts'
import { typedWhen } from '../tasks/when.ts'
import { Agenda } from './agenda.tsx'
import styles from './calendar.module.css'
import { CalendarBar } from './calendar-bar.tsx'
import { daysOf, isoOf, pageFrom, type View, views, wholeOf } from './days.ts'
import { downloadCalendar } from './download.ts'
import { useCalendarDrag } from './drag.ts'
import type { ItemActs } from './item.tsx'
import { daysCovered, type Item, type Span } from './items.ts'
import { firstLook, type Look, peopleOf } from './look.ts'
import { Month } from './month.tsx'
import { shifted, snap, stretched } from './moves.ts'
import { Filters, SmallMonth } from './side.tsx'
import { t } from './texts.ts'
import { TimeGrid } from './time-grid.tsx'
import { useCalendarKeys } from './use-calendar-keys.ts'
import { useItems } from './use-items.ts'
import { spanWords } from './words.ts'

const isNarrow = matchMedia('(max-width: 1023px)').matches
const usualView: View = isNarrow ? 'day' : 'week'

const isView = (name: string | null): name is View => views.some((view) => view === name)

/** A new task of a stretch in the address, so that a reload brings its form back. */
const spanParams = ({ from, to, allDay }: Span): string =>
  `at=${from}&minutes=${Math.round((to - from) / minute)}${allDay ? '&whole=1' : ''}`

const spanFrom = (search: URLSearchParams): Span | null => {
  const [at, minutes] = [Number(search.get('at')), Number(search.get('minutes'))]
  if (!Number.isSafeInteger(at) || at <= 0 || !(minutes > 0)) return null
  return { from: at, to: at + minutes * minute, allDay: search.get('whole') === '1' }
}

export const CalendarScreen = ({ params: { id } }: { params: { id?: string } }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const now = useNow(minute)
  const today = wholeDay(now)
  const draft = useDraft<Look>(replica, 'calendar', firstLook)
  const look = { ...firstLook, ...draft.value }
  const asked = search.get('view')
  const view = isView(asked) ? asked : (look.view ?? usualView)
  const date = wholeOf(search.get('date') ?? '') ?? today
  const days = useMemo(() => daysOf(view, date, isNarrow), [view, date])
  const [filtering, setFiltering] = useState(false)
  const [opened, setOpened] = useState<string | null>(null)

  const employees = useEmployees(replica)
  const departments = useDepartments().value
  const subject = replica.subject.value
  const { whose, withDone } = look
  const [chosen, hidden] = [look.chosen.join(), look.hidden.join()]
  const hiddenKinds = useMemo(() => new Set(look.hidden), [hidden])
  const wanted = useMemo(
    () => ({
      who: peopleOf(look, subject, employees.values(), departments),
      hidden: hiddenKinds,
      withDone,
    }),
    [whose, chosen, subject, employees, departments, hiddenKinds, withDone],
  )
  const { items, itemOf, isRead, move, found } = useItems(replica, days, wanted, now)

  const address = (to: { view?: View; date?: number; id?: string; more?: string }): string =>
    `/tasks/calendar${to.id ? `/${to.id}` : ''}?view=${to.view ?? view}&date=${isoOf(to.date ?? date)}${to.more ? `&${to.more}` : ''}`
  const goTo = (whole: number) => navigate(address({ date: whole }), { replace: true })
  const page = (by: 1 | -1) => goTo(pageFrom(view, date, by, isNarrow))
  const show = (next: View) => {
    draft.change({ ...look, view: next })
    navigate(address({ view: next }), { replace: true })
  }
  const close = () => navigate(address({}))
  const onNew = (span: Span) => navigate(address({ id: 'new', more: spanParams(span) }))

  /** Follows what the keyboard moved, to another page too, and keeps the focus on it. */
  const following = useRef<string | null>(null)
  const [pinned, setPinned] = useState<string | null>(null)
  const put = (item: Item, span: Span) => {
    setPinned(item.key)
    move(item, span)
  }
  const push = (item: Item, span: Span) => {
    following.current = item.key
    put(item, span)
    const { first } = daysCovered(span)
    if (!days.includes(first)) goTo(first)
  }
  const acts: ItemActs = {
    hrefOf: (item) =>
      item.href ?? (item.kind === 'interaction' ? undefined : address({ id: item.id })),
    onOpen: (item) => setOpened(item.id),
    go: (href) => navigate(href),
    onKey: (event, item) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !item.movable) return
      const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
      const down = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (sideways === 0 && down === 0) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.shiftKey) {
        // In a month a step down is a week.
        const weeks = view === 'month' ? down : 0
        push(item, shifted(item, sideways + weeks * 7, weeks === 0 ? down * snap : 0))
      } else if (item.resizable)
        push(item, stretched(item, sideways, item.allDay ? 0 : down * snap))
    },
    whoOf: (item) =>
      wanted.who?.size === 1
        ? ''
        : item.who.flatMap((who) => employees.get(who)?.name ?? []).join(', '),
  }
  useLayoutEffect(() => {
    const key = following.current
    // Lost with its element only; who went elsewhere stays there.
    if (key === null || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-item="${CSS.escape(key)}"]`)?.focus()
  })
  useCalendarKeys((command) => {
    if (command === 'today') goTo(today)
    else if (typeof command === 'number') page(command)
    else show(command)
  })
  const root = useCalendarDrag({
    itemOf,
    onMove: put,
    onSelect: onNew,
    onSwipe: page,
    wordsOf: spanWords,
    ghost: styles.ghost ?? '',
  })

  const people = useMemo(
    () => [
      ...departments.map(({ id, name }) => ({ value: id, label: t('department', { name }) })),
      ...[...employees.values()]
        .filter(({ state }) => state !== 'blocked')
        .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
        .map(({ id, name }) => ({ value: id, label: name })),
    ],
    [departments, employees],
  )
  const filters = (
    <Filters
      look={look}
      people={people}
      onLook={(change) => draft.change({ ...look, view, ...change })}
    />
  )
  const interaction = opened === null ? undefined : found.interactions.get(opened)
  const planned = id === 'new' ? spanFrom(search) : null
  return (
    <section class={head.screen} aria-label={t('title')}>
      <header class={head.head}>
        <h1 class={head.title}>{taskTexts('title')}</h1>
        <ListOrCalendar value="calendar" />
        <Button
          kind="primary"
          icon={Plus}
          class={head.act}
          onClick={() => navigate(address({ id: 'new' }))}
        >
          {taskTexts('create')}
        </Button>
      </header>
      <CalendarBar
        view={view}
        days={days}
        date={date}
        today={today}
        isNarrow={isNarrow}
        onDate={goTo}
        onPage={page}
        onView={show}
        onFilter={() => setFiltering(true)}
        onDownload={(first, last) => downloadCalendar(replica, { first, last }, wanted)}
      />
      <div class={styles.body}>
        {!isNarrow && (
          <aside class={styles.side}>
            <SmallMonth
              date={date}
              today={today}
              shown={view === 'month' ? [] : days}
              onDate={goTo}
            />
            {draft.loaded && filters}
          </aside>
        )}
        <div
          ref={root}
          class={styles.root}
          data-read={isRead || undefined}
          onPointerDown={() => {
            following.current = null
          }}
        >
          {view === 'month' ? (
            <Month
              days={days}
              date={date}
              items={items}
              isRead={isRead}
              now={now}
              acts={acts}
              isNarrow={isNarrow}
              dayHref={(whole) => address({ view: 'day', date: whole })}
              onDate={goTo}
              onNew={onNew}
            />
          ) : view === 'agenda' ? (
            isRead && (
              <Agenda
                days={days}
                items={items}
                now={now}
                acts={acts}
                onPlan={() => navigate(address({ id: 'new' }))}
              />
            )
          ) : (
            <TimeGrid
              days={days}
              items={items}
              isRead={isRead}
              now={now}
              acts={acts}
              pinned={pinned}
              dayHref={(whole) => address({ view: 'day', date: whole })}
              onNew={onNew}
              onPage={page}
            />
          )}
          {view === 'month' && isNarrow && isRead && (
            <Agenda
              days={[date]}
              items={items}
              now={now}
              acts={acts}
              onPlan={() => onNew({ from: date, to: date + 86_400_000, allDay: true })}
            />
          )}
        </div>
      </div>
      {filtering && (
        <Dialog
          title={t('filter')}
          onClose={() => setFiltering(false)}
          footer={
            <Button kind="primary" onClick={() => setFiltering(false)}>
              {t('done')}
            </Button>
          }
        >
          {filters}
        </Dialog>
      )}
      {id === 'new' && (
        <NewTaskDialog
          replica={replica}
          onClose={close}
          {...(planned && {
            at: {
              when: typedWhen({ due: planned.from, allDay: planned.allDay }),
              duration: durationOf(planned),
              kind: planned.allDay ? ('task' as const) : ('meeting' as const),
            },
          })}
        />
      )}
      {id !== undefined && id !== 'new' && <TaskDialog id={id} onClose={close} />}
      {interaction && (
        <InteractionDialog
          replica={replica}
          contact={null}
          interaction={interaction}
          readOnly={
            rights(subject, interaction as unknown as Row, interaction as unknown as Row) !== null // a stored row is one that was projected
          }
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}

/** As the form holds it: a single day needs none. */
const durationOf = ({ from, to, allDay }: Span): string => {
  const minutes = Math.round((to - from) / minute)
  return allDay && minutes <= 1440 ? '' : String(minutes)
}
