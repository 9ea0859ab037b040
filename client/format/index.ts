/**
 * How dates, sizes and numbers are shown, in the language of the interface. Times are local, 24 h.
 * Telephones are in `shared/phones.ts`: their library is no part of the first screen.
 */
export { type Age, ageOf, formatAge } from './age.ts'
export { formatBytes } from './bytes.ts'
export { formatDate, formatDateTime, formatDay, formatTime } from './dates.ts'
