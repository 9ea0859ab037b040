/** Days of an absence as people type them, and moments as they are kept. */
import { parseDay } from '../../../shared/fields/days.ts'

/** The moment a typed day begins here, ms; null where it is none. `days` later where asked. */
export const startOfDay = (typed: string, now: Date, days = 0): number | null => {
  const day = parseDay(typed, now)
  if (!day.ok) return null
  const [year = 0, month = 1, date = 1] = day.value.split('-').map(Number)
  // By the calendar: a day in which clocks are put back has 25 hours.
  return new Date(year, month - 1, date + days).getTime()
}

/** The last day that lies before a moment. */
export const lastDayBefore = (to: number): number => to - 1

export interface Term {
  from: number
  to: number
}
export type TermProblem = 'wrongDay' | 'past' | 'order'

/** What two typed days mean, the second included; or which of them is wrong, and how. */
export const termOf = (
  from: string,
  until: string,
  now: Date,
): { ok: true; term: Term } | { ok: false; field: 'from' | 'until'; problem: TermProblem } => {
  const begins = startOfDay(from, now)
  if (begins === null) return { ok: false, field: 'from', problem: 'wrongDay' }
  const ends = startOfDay(until, now, 1)
  if (ends === null) return { ok: false, field: 'until', problem: 'wrongDay' }
  if (ends <= begins) return { ok: false, field: 'until', problem: 'order' }
  if (ends <= now.getTime()) return { ok: false, field: 'until', problem: 'past' }
  return { ok: true, term: { from: begins, to: ends } }
}
