/** Days of the year on which dates of contacts fall, and on which one is reminded of them (F71). No I/O. */
import type { ContactRow } from '../../shared/records/contact.ts'

type DatePart = NonNullable<ContactRow['dates']>[number]

const two = (number: number): string => String(number).padStart(2, '0')

export const isoDay = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** The local day so many days from a moment. */
export const dayFrom = (now: number, days: number): string => {
  const date = new Date(now)
  return isoDay(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days))
}

/** Days of the year, `11-22`, of so many days from `first` on, counted from today. */
export const yearDays = (now: number, first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => dayFrom(now, first + index).slice(5))

/** Whether a date is kept every year from its first one on: a birthday is, and it is a day of this `day`. */
export const fallsOn = ({ value }: Pick<DatePart, 'value'>, day: string): boolean =>
  value.slice(-5) === day.slice(5) && (value.startsWith('--') || value <= day)

/**
 * The day, `2026-11-22`, that one is to be reminded of because of a reminder on `on`; null where the
 * date has none then.
 */
export const remindedOf = (part: DatePart, on: string): string | null => {
  if (part.remind === undefined) return null
  const [year = 0, month = 1, date = 1] = on.split('-').map(Number)
  const day = isoDay(new Date(year, month - 1, date + part.remind))
  return fallsOn(part, day) ? day : null
}
