/** Days of the calendar as people type and read them; kept as `2026-11-22`, without a year `--11-22`. */
import { fail, ok, type Result } from '../reasons.ts'

const two = (number: number): string => String(number).padStart(2, '0')

/** The day of a moment where the user is. */
export const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** Two digits of a year up to so many years ahead mean this century, others the last one. */
const yearsAhead = 20

const wholeYear = (typed: string, today: Date): number => {
  const year = Number(typed)
  if (typed.length > 2) return year
  const century = Math.floor(today.getFullYear() / 100) * 100
  return century + year > today.getFullYear() + yearsAhead ? century - 100 + year : century + year
}

const weekdays = [
  ['вс', 'su'],
  ['пн', 'mo'],
  ['вт', 'tu'],
  ['ср', 'we'],
  ['чт', 'th'],
  ['пт', 'fr'],
  ['сб', 'sa'],
] as const

const shifts: Readonly<Record<string, number>> = {
  сегодня: 0,
  today: 0,
  завтра: 1,
  tomorrow: 1,
  послезавтра: 2,
  вчера: -1,
  yesterday: -1,
}

const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/**
 * A typed day: `12.3`, `12/03/26`, `2026-03-12`, «завтра», «пт». Fails with `invalidValue`.
 * @param yearless what a day without a year is: that of this year, or kept without one (a birthday).
 */
export const parseDay = (
  typed: string,
  today: Date,
  yearless: 'thisYear' | 'kept' = 'thisYear',
): Result<string> => {
  const text = typed.trim().toLowerCase()
  const shift = Object.hasOwn(shifts, text) ? shifts[text] : undefined
  const from = (days: number) =>
    dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days))
  if (shift !== undefined) return ok(from(shift))
  const weekday = weekdays.findIndex((names) => names.some((name) => name === text.slice(0, 2)))
  if (weekday >= 0 && /^\p{L}+$/u.test(text))
    return ok(from((weekday - today.getDay() + 7) % 7 || 7))
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t.*)?$/.exec(text)
  const local = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?$/.exec(text)
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : local
      ? [local[3] ? wholeYear(local[3], today) : null, Number(local[2]), Number(local[1])]
      : [null, 0, 0]
  // 2024 has every day of a year.
  if (!exists(year ?? 2024, month, day)) return fail('invalidValue')
  if (year === null && yearless === 'kept') return ok(`--${two(month)}-${two(day)}`)
  return ok(`${year ?? today.getFullYear()}-${two(month)}-${two(day)}`)
}

/** `22.11.2026`, without a year `22.11`. */
export const formatDay = (day: string): string => {
  const [, year, month, date] = /^(\d{4}-|--)(\d\d)-(\d\d)$/.exec(day) ?? []
  if (!month) return day
  return year === '--' ? `${date}.${month}` : `${date}.${month}.${year?.slice(0, 4)}`
}
