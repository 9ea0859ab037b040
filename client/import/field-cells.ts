/** A cell of a field that has no target of its own: its value, days, or the client that it names. */
import '../format/world-phones.ts'
import { formatDay, parseDay } from '../../shared/fields/days.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { type Names, parseWords } from '../../shared/fields/words.ts'
import { splitCell } from './cells.ts'

export interface DatePart {
  /** Entry of the directory `dateKind`. */
  kind: string
  value: string
  remind?: number
}

export type FieldCell =
  | { kind: 'value'; value: unknown }
  | { kind: 'dates'; dates: DatePart[] }
  | { kind: 'client'; name: string }
  | { kind: 'wrong' }

/** «22.11.1980 (напомнить за 3 дн.)», as `dateWords` writes it. */
const dateCell = /^([^()]*?)(?:\s*\(\D*(\d{1,3})\D*\))?$/

export const dateWords = ({ value, remind }: DatePart, language: 'ru' | 'en'): string => {
  if (remind === undefined) return formatDay(value)
  const words = language === 'ru' ? `напомнить за ${remind} дн.` : `remind ${remind} days before`
  return `${formatDay(value)} (${words})`
}

const dateOf = (kind: string, cell: string, today: Date): DatePart | null => {
  const [, typed = '', remind] = dateCell.exec(cell) ?? []
  const day = parseDay(typed, today, 'kept')
  if (!day.ok) return null
  const days = remind === undefined ? undefined : Math.min(Number(remind), 365)
  return { kind, value: day.value, ...(days !== undefined && { remind: days }) }
}

export const fieldOf = (info: FieldInfo, cell: string, names: Names): FieldCell => {
  if (info.kind === 'client') return { kind: 'client', name: cell.trim() }
  if (info.kind === 'dates') {
    const kind = info.key.slice('dates/'.length)
    const dates = splitCell(cell, /[;\n]/).map((each) => dateOf(kind, each, names.today))
    return dates.every((each) => each !== null) ? { kind: 'dates', dates } : { kind: 'wrong' }
  }
  const parsed = parseWords(info, cell, names)
  return parsed.ok ? { kind: 'value', value: parsed.value } : { kind: 'wrong' }
}
