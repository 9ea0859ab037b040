/** Клиенты → Дубли. */
export { DuplicatesScreen } from './duplicates-page.tsx'
