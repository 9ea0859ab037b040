/**
 * Days as the calendar counts them: whole days (midnight UTC, as `due` of a task without a time), so that
 * a day later is always 24 hours later; moments stay moments of this device's zone. No I/O.
 */
import { day } from '../../../shared/clock.ts'
import { localDay, wholeDay } from '../../../shared/tasks.ts'

export const views = ['day', 'week', 'month', 'agenda'] as const
export type View = (typeof views)[number]

export const dayMinutes = 1440
/** As many days as a phone shows side by side with words that can be read. */
const narrowDays = 3
/** Of the agenda: so much is looked at in one go. */
const agendaDays = 28

/** `2026-11-22` */
export const isoOf = (whole: number): string => new Date(whole).toISOString().slice(0, 10)

/** Null: no day of the calendar, such as `2026-02-30`. */
export const wholeOf = (iso: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null
  const whole = Date.parse(iso)
  return !Number.isNaN(whole) && isoOf(whole) === iso ? whole : null
}

/** Monday is 0. */
export const weekdayOf = (whole: number): number => (new Date(whole).getUTCDay() + 6) % 7
export const mondayOf = (whole: number): number => whole - weekdayOf(whole) * day

const monthOf = (whole: number, by = 0): number => {
  const date = new Date(whole)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1)
}
export const isSameMonth = (one: number, other: number): boolean => monthOf(one) === monthOf(other)

const run = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index * day)

/** The days that a view shows of a date: whole weeks of a month. */
export const daysOf = (view: View, date: number, isNarrow: boolean): number[] => {
  switch (view) {
    case 'day':
      return [date]
    case 'week':
      return isNarrow ? run(date, narrowDays) : run(mondayOf(date), 7)
    case 'agenda':
      return run(date, agendaDays)
    case 'month': {
      const first = mondayOf(monthOf(date))
      const weeks = Math.ceil((monthOf(date, 1) - first) / (7 * day))
      return run(first, weeks * 7)
    }
  }
}

/** The date of the page before (-1) or after (1); of a month the same day, or its last. */
export const pageFrom = (view: View, date: number, by: 1 | -1, isNarrow: boolean): number => {
  if (view === 'month') {
    const last = monthOf(date, by + 1) - day
    return Math.min(monthOf(date, by) + (new Date(date).getUTCDate() - 1) * day, last)
  }
  return date + by * day * daysOf(view, date, isNarrow).length
}

/** Minutes of the clock on the wall, of a moment within a day: 0 before it, 1440 after it. */
export const minutesIn = (whole: number, at: number): number => {
  if (at < localDay(whole)) return 0
  if (at >= localDay(whole, 1)) return dayMinutes
  const date = new Date(at)
  return date.getHours() * 60 + date.getMinutes()
}

/** The moment when the clock on the wall shows so many minutes of a day; more than 1440 are of the next. */
export const momentAt = (whole: number, minutes: number): number => {
  const date = new Date(whole)
  return new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    0,
    minutes,
  ).getTime()
}

/** Minutes of the clock on the wall since 1970: they add up over days. */
export const wallOf = (at: number): number => {
  const whole = wholeDay(at)
  return (whole / day) * dayMinutes + minutesIn(whole, at)
}
export const momentOfWall = (wall: number): number => {
  const days = Math.floor(wall / dayMinutes)
  return momentAt(days * day, wall - days * dayMinutes)
}
