/** A month in whole weeks: lines of what is on each day; on a phone dots, and the chosen day below. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { day } from '../../../shared/clock.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { classNames } from '../../design/index.ts'
import { isoOf, isSameMonth, weekdayOf } from './days.ts'
import { BarFace, type ItemActs } from './item.tsx'
import { byDay, type Item, isBar, type Span } from './items.ts'
import { type Bar, barsOf } from './layout.ts'
import styles from './month.module.css'
import { t } from './texts.ts'
import { useSteps } from './use-steps.ts'
import { dayWords, monthWords, numberOf, weekdayWord } from './words.ts'

/** Height of a line and of the number above, px: as in the style sheet. */
const lineHeight = 22
const numberHeight = 30
const dotsShown = 3
/** Weeks that are filled in one frame. */
const weeksAtOnce = 2

interface MonthProps {
  days: readonly number[]
  date: number
  items: readonly Item[]
  /** They are those of these days: no longer of the page before. */
  isRead: boolean
  now: number
  acts: ItemActs
  isNarrow: boolean
  dayHref: (whole: number) => string
  /** The keyboard or a finger chooses a day, of another month too. */
  onDate: (whole: number) => void
  onNew: (span: Span) => void
}

export const Month = (props: MonthProps) => {
  const { days, date, items, isRead, now, acts, isNarrow, dayHref, onDate, onNew } = props
  const today = wholeDay(now)
  const root = useRef<HTMLTableElement>(null)
  const wantsFocus = useRef(false)
  const [lines, setLines] = useState(3)
  const weeks = useMemo(
    () => Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7)),
    [days],
  )
  const itemsOn = useMemo(() => byDay(items, days), [items, days])
  const bars = useMemo(
    () =>
      weeks.map((week) => {
        const here = new Set(week.flatMap((whole) => itemsOn.get(whole) ?? []))
        return barsOf([...here], week, true)
      }),
    [weeks, itemsOn],
  )

  const filled = useSteps(`${days[0]} ${isRead}`, weeks.length, weeksAtOnce)

  useLayoutEffect(() => {
    const element = root.current
    if (!element || isNarrow) return
    const measure = () => {
      const week = element.querySelector<HTMLElement>('[data-week]')
      if (week) setLines(Math.max(1, Math.floor((week.clientHeight - numberHeight) / lineHeight)))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [weeks.length, isNarrow])
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    root.current?.querySelector<HTMLElement>(`[data-day="${isoOf(date)}"]`)?.focus()
  })

  const onCellKey = (event: KeyboardEvent & { currentTarget: HTMLElement }, whole: number) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey)
      return
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
    const by = Object.hasOwn(steps, event.key) ? steps[event.key as keyof typeof steps] : 0
    if (by === 0 && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    if (by === 0) return onNew({ from: whole, to: whole + day, allDay: true })
    wantsFocus.current = true
    onDate(whole + by * day)
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of the ARIA practices; rows and cells are the table's own
    <table ref={root} role="grid" aria-label={monthWords(date)} class={styles.month}>
      <thead class={styles.part}>
        <tr class={styles.head}>
          {days.slice(0, 7).map((whole) => (
            <th key={whole} scope="col" class={styles.weekday}>
              {weekdayWord(whole)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class={styles.weeks}>
        {weeks.map((week, index) => (
          <tr key={week[0]} class={styles.week} data-week="">
            {week.map((whole, at) => {
              const here = itemsOn.get(whole) ?? []
              return (
                <td
                  key={whole}
                  tabIndex={whole === date ? 0 : -1}
                  data-day={isoOf(whole)}
                  aria-current={whole === today ? 'date' : undefined}
                  class={classNames(
                    styles.cell,
                    weekdayOf(whole) > 4 && styles.weekend,
                    !isSameMonth(whole, date) && styles.other,
                    whole === today && styles.today,
                    isNarrow && whole === date && styles.chosen,
                  )}
                  onKeyDown={(event) => onCellKey(event, whole)}
                  onClick={(event) => {
                    if (event.target instanceof Element && event.target.closest('a, button')) return
                    if (isNarrow) onDate(whole)
                    else onNew({ from: whole, to: whole + day, allDay: true })
                  }}
                >
                  <span class="visually-hidden">
                    {`${dayWords(whole)}, ${t('count', { count: here.length })}`}
                  </span>
                  {isNarrow ? (
                    <Dots number={numberOf(whole)} items={here} />
                  ) : (
                    <Lines
                      bars={index < filled ? (bars[index] ?? []) : []}
                      at={at}
                      lines={lines}
                      acts={acts}
                      number={numberOf(whole)}
                      href={dayHref(whole)}
                      label={dayWords(whole)}
                    />
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Dots = ({ number, items }: { number: number; items: readonly Item[] }) => (
  <>
    <span class={styles.number}>{number}</span>
    <span class={styles.dots}>
      {items.slice(0, dotsShown).map(({ key, state }) => (
        <span key={key} data-state={state} />
      ))}
    </span>
  </>
)

interface LinesProps {
  bars: readonly Bar[]
  at: number
  lines: number
  acts: ItemActs
  number: number
  href: string
  label: string
}

const Lines = ({ bars, at, lines, acts, number, href, label }: LinesProps) => {
  const here = bars.filter((bar) => bar.at <= at && at < bar.at + bar.days)
  // Where not all have room, the last line says how many have not: the same for the whole week, or a bar
  // over several days would be cut.
  const isFull = bars.some(({ lane }) => lane >= lines)
  const shown = isFull ? lines - 1 : lines
  const hidden = here.filter(({ lane }) => lane >= shown).length
  return (
    <>
      <Link href={href} class={styles.number}>
        {number}
        <span class="visually-hidden">{label}</span>
      </Link>
      <div class={styles.lines}>
        {bars
          .filter((bar) => bar.at === at && bar.lane < shown)
          .map((bar) => (
            <BarFace key={bar.item.key} bar={bar} acts={acts} isFlat={!isBar(bar.item)} />
          ))}
        {hidden > 0 && (
          <Link href={href} class={styles.more} style={{ '--lane': shown }}>
            {t('more', { count: hidden })}
          </Link>
        )}
      </div>
    </>
  )
}
