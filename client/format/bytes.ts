import { locale } from '../i18n/index.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
/** As file managers count. */
const step = 1024

/** «8,2 МБ»: one digit after the point below ten, none above. */
export const formatBytes = (bytes: number): string => {
  let value = bytes
  let at = 0
  while (value >= step && at < units.length - 1) {
    value /= step
    at++
  }
  return new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit: units[at],
    unitDisplay: 'short',
    maximumFractionDigits: at > 0 && value < 10 ? 1 : 0,
  }).format(value)
}
