/** The due of a task as people type and read it: «завтра», «пт 15:00», `12.3`, `22.11.2026 9:30`. */
import { parseDay } from '../../../shared/fields/days.ts'
import { fail, ok, type Result } from '../../../shared/reasons.ts'
import { localDay, wholeDay } from '../../../shared/tasks.ts'
import { formatDate, formatDay, formatTime } from '../../format/index.ts'
import { locale } from '../../i18n/index.ts'
import { t } from './texts.ts'

export interface When {
  due: number
  allDay: boolean
}

/** `15:00`, «в 15», «15ч» at the end. */
const timeAtEnd =
  /(?:^|\s)(?:(?:в|at)\s+(\d{1,2})(?::(\d{2}))?|(\d{1,2}):(\d{2})|(\d{1,2})\s*[чh])$/u

/** Null: nothing was typed. Fails with `invalidValue`. A time that is over today means tomorrow. */
export const parseWhen = (typed: string, now: number): Result<When | null> => {
  const text = typed.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' ')
  if (text === '') return ok(null)
  const found = timeAtEnd.exec(text)
  const hours = Number(found?.[1] ?? found?.[3] ?? found?.[5] ?? 0)
  const minutes = Number(found?.[2] ?? found?.[4] ?? 0)
  if (hours > 23 || minutes > 59) return fail('invalidValue')
  const words = (found ? text.slice(0, found.index) : text).trim()
  if (words === '') {
    const at = new Date(now).setHours(hours, minutes, 0, 0)
    if (at > now) return ok({ due: at, allDay: false })
    const next = new Date(at)
    return ok({ due: next.setDate(next.getDate() + 1), allDay: false })
  }
  const day = parseDay(words, new Date(now))
  if (!day.ok) return day
  const [year = 0, month = 1, date = 1] = day.value.split('-').map(Number)
  return ok(
    found
      ? { due: new Date(year, month - 1, date, hours, minutes).getTime(), allDay: false }
      : { due: Date.UTC(year, month - 1, date), allDay: true },
  )
}

/** What `parseWhen` reads back: `22.11.2026 15:00`. */
export const typedWhen = (when: Partial<When>): string => {
  if (when.due === undefined) return ''
  return when.allDay
    ? formatDate(localDay(when.due))
    : `${formatDate(when.due)} ${formatTime(when.due)}`
}

/** A whole day so many days from now. */
export const inDays = (days: number, now: number): When => ({
  due: wholeDay(new Date(now).setDate(new Date(now).getDate() + days)),
  allDay: true,
})

const weekdays = {
  ru: new Intl.DateTimeFormat('ru', { weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { weekday: 'short' }),
}

/** «сегодня, 15:00», «завтра», «пт, 27 ноября»: short, since it stands in every row. */
export const whenWords = (
  { due, allDay }: { due?: number; allDay?: boolean },
  now: number,
): string => {
  if (due === undefined) return ''
  const at = allDay ? localDay(due) : due
  const days = Math.round((wholeDay(at) - wholeDay(now)) / 86_400_000)
  const near = { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' } as const
  const word = near[days as keyof typeof near] // absent for other days
  const dayWords = word
    ? t(`day.${word}`)
    : Math.abs(days) < 7
      ? `${weekdays[locale.value].format(at)}, ${formatDay(at, now)}`
      : formatDay(at, now)
  return allDay ? dayWords : `${dayWords}, ${formatTime(at)}`
}
