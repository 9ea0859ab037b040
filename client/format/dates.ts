import { type Locale, locale } from '../i18n/index.ts'

// Making an Intl format costs more than using it a thousand times.
const perLocale = (options: Intl.DateTimeFormatOptions): Record<Locale, Intl.DateTimeFormat> => ({
  ru: new Intl.DateTimeFormat('ru', options),
  // British English: the same order of day and month as in Russian, and 24 h.
  en: new Intl.DateTimeFormat('en-GB', options),
})
const time = perLocale({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayOfYear = perLocale({ day: 'numeric', month: 'long' })
const dayOfYears = perLocale({ day: 'numeric', month: 'long', year: 'numeric' })

const two = (value: number): string => String(value).padStart(2, '0')

/** дд.мм.гггг, in both languages. */
export const formatDate = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`
}

/** 15:04 */
export const formatTime = (at: number): string => time[locale.value].format(at)

/** дд.мм.гггг 15:04 */
export const formatDateTime = (at: number): string => `${formatDate(at)} ${formatTime(at)}`

/** «21 ноября», of another year «21 ноября 2025 г.»: the line between days of a conversation. */
export const formatDay = (at: number, now: number = Date.now()): string => {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (sameYear ? dayOfYear : dayOfYears)[locale.value].format(at)
}
