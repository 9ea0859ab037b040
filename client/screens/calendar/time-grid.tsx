/** Days side by side with their hours: whole days in a strip above, what has a time at its time. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { day, minute } from '../../../shared/clock.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { classNames } from '../../design/index.ts'
import { formatTime } from '../../format/index.ts'
import { dayMinutes, isoOf, minutesIn, momentAt, weekdayOf } from './days.ts'
import { BarFace, BlockFace, type ItemActs } from './item.tsx'
import { byDay, type Item, type Span } from './items.ts'
import { barsOf, blocksOf } from './layout.ts'
import { t } from './texts.ts'
import styles from './time-grid.module.css'
import { useSteps } from './use-steps.ts'
import { dayWords, numberOf, spanWords, weekdayWord } from './words.ts'

/** Hours in which most work: the rest is shaded, and the page begins a little before. */
const workFrom = 9
const workTo = 18
const firstInView = 7.5
/** Bars shown above the hours before one asks for all. */
const lanesAtFirst = 4
/** So many stand side by side in a day of a week, and of three days: of more no word could be read. */
const mostBeside = 4
const mostBesideNarrow = 3
/** Days whose hours are filled in one frame. */
const daysAtOnce = 2
/** Minutes that an arrow key goes, and that a press on an empty place plans. */
const step = 30
const planned = 60

interface TimeGridProps {
  days: readonly number[]
  items: readonly Item[]
  /** They are those of these days: no longer of the page before. */
  isRead: boolean
  now: number
  acts: ItemActs
  /** The last that was moved: it stays in sight. */
  pinned: string | null
  dayHref: (whole: number) => string
  onNew: (span: Span) => void
  /** The keyboard goes beyond the first or the last day. */
  onPage: (by: 1 | -1) => void
}

export const TimeGrid = (props: TimeGridProps) => {
  const { days, items, isRead, now, acts, pinned, dayHref, onNew, onPage } = props
  const today = wholeDay(now)
  const [cursor, setCursor] = useState({ day: days[0] ?? today, minutes: workFrom * 60 })
  const [expanded, setExpanded] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const bars = useMemo(() => barsOf(items, days), [items, days])
  const here = useMemo(() => byDay(items, days), [items, days])
  // A day of its own shows all of them.
  const most =
    days.length === 1 ? Number.POSITIVE_INFINITY : days.length > 3 ? mostBeside : mostBesideNarrow
  const blocks = useMemo(
    () => days.map((whole) => blocksOf(here.get(whole) ?? [], whole, most, pinned)),
    [here, pinned],
  )
  const lanes = Math.max(0, ...bars.map(({ lane }) => lane + 1))
  // The last line says how many more there are.
  const shownLanes = expanded || lanes <= lanesAtFirst ? lanes : lanesAtFirst - 1
  const filled = useSteps(`${days[0]} ${isRead}`, days.length, daysAtOnce)
  const columns = blocks.slice(0, filled)
  const current = days.includes(cursor.day) ? cursor.day : (days[0] ?? today)

  useLayoutEffect(() => {
    const scroller = root.current
    const hours = root.current?.querySelector<HTMLElement>('[data-timed]')
    if (scroller && hours) scroller.scrollTop = (firstInView / 24) * hours.offsetHeight
  }, [])
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    root.current?.querySelector<HTMLElement>(`[data-day="${isoOf(current)}"][data-timed]`)?.focus()
  })

  const slot = (whole: number, minutes: number, length: number): Span => {
    const from = momentAt(whole, minutes)
    return { from, to: from + length * minute, allDay: false }
  }
  const onCellKey = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const { key, target, currentTarget } = event
    if (target !== currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const sideways = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
    const down = key === 'ArrowUp' ? -step : key === 'ArrowDown' ? step : 0
    if (key !== 'Enter' && sideways === 0 && down === 0) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Enter') return onNew(slot(current, cursor.minutes, planned))
    const minutes = Math.min(Math.max(cursor.minutes + down, 0), dayMinutes - step)
    const next = current + sideways * day
    setCursor({ day: next, minutes })
    wantsFocus.current = sideways !== 0
    if (sideways !== 0 && !days.includes(next)) onPage(sideways)
    const { offsetHeight } = currentTarget
    // Under the strip, which sticks to the top, nothing is seen.
    root.current?.scrollTo({
      top: (minutes / dayMinutes) * offsetHeight - offsetHeight / 6,
    })
  }
  const onPress = (event: MouseEvent & { currentTarget: HTMLElement }, whole: number) => {
    if (event.target instanceof Element && event.target.closest('a, button')) return
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const minutes = ((event.clientY - top) / height) * dayMinutes
    onNew(slot(whole, Math.floor(minutes / step) * step, planned))
  }
  const hiddenOn = (at: number): number =>
    bars.filter((bar) => bar.lane >= shownLanes && bar.at <= at && at < bar.at + bar.days).length

  return (
    <div ref={root} class={styles.scroller} data-scroller="">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of the ARIA practices; rows and cells are the table's own
        role="grid"
        aria-label={t('hours')}
        class={styles.grid}
        style={{
          '--count': days.length,
          '--lanes': Math.max(1, expanded ? lanes : Math.min(lanes, lanesAtFirst)),
        }}
      >
        <thead class={styles.sticky} data-sticky="">
          <tr class={styles.row}>
            <td>
              <span class="visually-hidden">{t('hours')}</span>
            </td>
            {days.map((whole) => (
              <th
                key={whole}
                scope="col"
                class={classNames(styles.dayHead, whole === today && styles.today)}
                aria-current={whole === today ? 'date' : undefined}
              >
                <Link href={dayHref(whole)}>
                  <span class={styles.weekday}>{weekdayWord(whole)}</span>
                  <span class={styles.number}>{numberOf(whole)}</span>
                  <span class="visually-hidden">{dayWords(whole)}</span>
                </Link>
              </th>
            ))}
          </tr>
          <tr class={classNames(styles.row, styles.strip)}>
            <th scope="row" class={styles.stripHead}>
              {t('allDay')}
              {expanded && (
                <button type="button" class="link" onClick={() => setExpanded(false)}>
                  {t('fewer')}
                </button>
              )}
            </th>
            {days.map((whole, at) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the hours below plans too
              <td
                key={whole}
                class={styles.stripCell}
                data-day={isoOf(whole)}
                onClick={(event) => {
                  if (event.target === event.currentTarget)
                    onNew({ from: whole, to: whole + day, allDay: true })
                }}
              >
                {bars
                  .filter((bar) => bar.at === at && bar.lane < shownLanes)
                  .map((bar) => (
                    <BarFace key={bar.item.key} bar={bar} acts={acts} />
                  ))}
                {hiddenOn(at) > 0 && (
                  <button
                    type="button"
                    class={styles.more}
                    style={{ '--lane': shownLanes }}
                    onClick={() => setExpanded(true)}
                  >
                    {t('more', { count: hiddenOn(at) })}
                  </button>
                )}
              </td>
            ))}
          </tr>
        </thead>
        <tbody class={styles.hoursBody}>
          <tr class={classNames(styles.row, styles.body)}>
            <th scope="row" class={styles.hours}>
              <span class="visually-hidden">{t('hours')}</span>
              {hoursOfDay.map((at) => (
                <span key={at} aria-hidden="true" style={{ '--at': at }}>
                  {String(at).padStart(2, '0')}:00
                </span>
              ))}
            </th>
            {days.map((whole, index) => (
              <td
                key={whole}
                tabIndex={whole === current ? 0 : -1}
                data-day={isoOf(whole)}
                data-timed=""
                class={classNames(styles.day, weekdayOf(whole) > 4 && styles.weekend)}
                onFocus={(event) => {
                  if (event.target === event.currentTarget) setCursor({ ...cursor, day: whole })
                }}
                onKeyDown={onCellKey}
                onClick={(event) => onPress(event, whole)}
              >
                <span class="visually-hidden">
                  {[
                    dayWords(whole),
                    t('count', { count: here.get(whole)?.length ?? 0 }),
                    t('newAt', { when: spanWords(slot(whole, cursor.minutes, planned)) }),
                  ].join(', ')}
                </span>
                <span class={styles.work} style={{ '--from': workFrom, '--to': workTo }} />
                {columns[index]?.blocks.map((block) => (
                  <BlockFace key={block.item.key} block={block} acts={acts} />
                ))}
                {columns[index]?.more.map(({ top, bottom, left, width, count }) => (
                  <Link
                    key={`more ${top}`}
                    href={dayHref(whole)}
                    class={styles.moreBeside}
                    title={`${t('more', { count })}: ${dayWords(whole)}`}
                    style={{
                      '--from': top,
                      '--minutes': bottom - top,
                      left: `${left * 100}%`,
                      width: `${width * 100}%`,
                    }}
                  >
                    <span aria-hidden="true">+{count}</span>
                    <span class="visually-hidden">
                      {t('more', { count })}, {dayWords(whole)}
                    </span>
                  </Link>
                ))}
                <span
                  class={styles.cursor}
                  style={{ '--minutes': cursor.minutes }}
                  aria-hidden="true"
                >
                  {formatTime(momentAt(whole, cursor.minutes))}
                </span>
                {whole === today && (
                  <span
                    class={styles.now}
                    style={{ '--minutes': minutesIn(whole, now) }}
                    title={`${t('now')}: ${formatTime(now)}`}
                  />
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const hoursOfDay = Array.from({ length: 23 }, (_, index) => index + 1)
