import { catalogue } from '../i18n/index.ts'
import { formatDate } from './dates.ts'

const t = catalogue({
  now: { ru: 'сейчас', en: 'now' },
  minutes: { ru: '{count} мин', en: '{count} min' },
  hours: { ru: '{count} ч', en: '{count} h' },
  yesterday: { ru: 'вчера', en: 'yesterday' },
  days: { ru: '{count} дн', en: '{count} d' },
})

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Older than this a date says more than a number of days. */
const datedAfter = 7

/** How long ago something was, as lists show it. */
export type Age =
  | { kind: 'now' }
  | { kind: 'minutes' | 'hours' | 'days'; count: number }
  | { kind: 'yesterday' }
  | { kind: 'date' }

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** A moment in the future (another device's clock runs ahead) counts as now. */
export const ageOf = (at: number, now: number): Age => {
  const passed = now - at
  if (passed < minute) return { kind: 'now' }
  if (passed < hour) return { kind: 'minutes', count: Math.floor(passed / minute) }
  // Rounded, since a day with a change of the clock has 23 or 25 hours.
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day)
  if (days === 0) return { kind: 'hours', count: Math.floor(passed / hour) }
  if (days === 1) return { kind: 'yesterday' }
  return days < datedAfter ? { kind: 'days', count: days } : { kind: 'date' }
}

/** «5 мин», «3 ч», «вчера», «4 дн», «12.03.2026». */
export const formatAge = (at: number, now: number = Date.now()): string => {
  const age = ageOf(at, now)
  switch (age.kind) {
    case 'now':
    case 'yesterday':
      return t(age.kind)
    case 'minutes':
    case 'hours':
    case 'days':
      return t(age.kind, { count: age.count })
    case 'date':
      return formatDate(at)
  }
}
