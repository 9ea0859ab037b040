/** Days, times and stretches in the words of the interface. */

import { day } from '../../../shared/clock.ts'
import { taskKinds } from '../../../shared/records/task.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { formatTime } from '../../format/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import { isSameMonth, type View } from './days.ts'
import { daysCovered, type Item, type ItemKind, type Span } from './items.ts'
import { t } from './texts.ts'

// Making an Intl format costs more than using it a thousand times. Whole days are midnights of UTC.
const formats = (options: Intl.DateTimeFormatOptions) => ({
  ru: new Intl.DateTimeFormat('ru', { ...options, timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }),
})
const month = formats({ month: 'long', year: 'numeric' })
const monthAlone = formats({ month: 'long' })
const weekday = formats({ weekday: 'short' })
const narrow = formats({ weekday: 'narrow' })
const long = formats({ weekday: 'long', day: 'numeric', month: 'long' })
const dayOfYear = formats({ day: 'numeric', month: 'long', year: 'numeric' })
const dayOfMonth = formats({ day: 'numeric', month: 'short' })

/** In Russian the year has «г.» behind it, which a heading does without. */
const withoutYearWord = (words: string): string => words.replace(/\s*г\.$/, '')
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

export const monthWords = (whole: number): string =>
  capital(withoutYearWord(month[locale.value].format(whole)))
export const monthName = (whole: number): string => capital(monthAlone[locale.value].format(whole))
export const weekdayWord = (whole: number): string => weekday[locale.value].format(whole)
/** «пн» and M: one letter is three days in Russian. */
export const weekdayMark = (whole: number): string =>
  locale.value === 'ru' ? weekday.ru.format(whole) : narrow.en.format(whole)
/** «понедельник, 23 ноября» */
export const dayWords = (whole: number): string => long[locale.value].format(whole)
export const numberOf = (whole: number): number => new Date(whole).getUTCDate()

/** What a page shows: «23–29 ноября 2026», «Ноябрь 2026». */
export const pageWords = (view: View, days: readonly number[], date: number): string => {
  const [first = date] = days
  const last = days.at(-1) ?? date
  if (view === 'month') return monthWords(date)
  const format = dayOfYear[locale.value]
  return withoutYearWord(first === last ? format.format(first) : format.formatRange(first, last))
}
/** On a phone the days are named below. */
export const shortPageWords = (view: View, days: readonly number[], date: number): string => {
  const [first = date] = days
  const last = days.at(-1) ?? date
  return view === 'month' || isSameMonth(first, last)
    ? monthWords(first === last ? first : date)
    : `${monthName(first)} – ${monthName(last).toLowerCase()}`
}

/** «15:00–16:00», «весь день», «21 нояб. – 23 нояб.» */
export const spanWords = (span: Span): string => {
  const { first, last } = daysCovered(span)
  const short = dayOfMonth[locale.value]
  if (span.allDay)
    return first === last ? t('allDay') : `${short.format(first)} – ${short.format(last)}`
  return span.to - span.from < day
    ? `${formatTime(span.from)}–${formatTime(span.to)}`
    : `${short.format(first)} ${formatTime(span.from)} – ${short.format(wholeDay(span.to))} ${formatTime(span.to)}`
}

/** With the day: what is said of something that was moved. */
export const whenWords = (span: Span): string => {
  const { first } = daysCovered(span)
  const isOneDay = span.allDay ? span.to - span.from === day : span.to - span.from < day
  return isOneDay ? `${dayWords(first)}, ${spanWords(span)}` : spanWords(span)
}

export const kindWords = (kind: ItemKind): string =>
  kind === 'interaction' || kind === 'date' || kind === 'contract'
    ? t(`kind.${kind}`)
    : labelOf(taskKinds[kind])

/** What is said of what is no more to be done or should have been. */
export const stateWords = ({ state }: Pick<Item, 'state'>): string =>
  state === 'overdue' || state === 'done' ? t(`state.${state}`) : ''

/** What its place, icon and colour say, for who does not see them. */
export const hiddenWords = (item: Item): string =>
  [
    '',
    kindWords(item.kind),
    item.allDay ? whenWords(item) : dayWords(daysCovered(item).first),
    ...(stateWords(item) ? [stateWords(item)] : []),
  ].join(', ')

/** All of it, beside a pointer that rests on it. */
export const itemWords = (item: Item): string =>
  [`${kindWords(item.kind)}: ${item.title}`, item.contact, whenWords(item), stateWords(item)]
    .filter(Boolean)
    .join(', ')
