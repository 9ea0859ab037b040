/** Cells of a table: texts, and what a spreadsheet can reckon with. No I/O. */
import { formatDay } from '../../shared/fields/days.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { listWords, type Names, wordsOf } from '../../shared/fields/words.ts'
import type { Money } from '../../shared/records/custom-value.ts'

/** `day` as `2026-11-22`. */
export type Cell = string | number | { day: string } | Money

/** An empty cell says nothing of who is responsible; this says that nobody is. */
export const nobody = '—'

type Language = Names['language']

/** All digits, none grouped: `1250000,5` in Russian, where a point would make it a date or a text. */
const numberText = (value: number, language: Language): string =>
  language === 'ru' ? String(value).replace('.', ',') : String(value)

export const cellText = (cell: Cell, language: Language): string => {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return numberText(cell, language)
  if ('day' in cell) return formatDay(cell.day)
  return `${numberText(cell.amount, language)} ${cell.currency}`
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

/** The value of a field so that `parseWords` of `shared/fields` reads the same out of it. */
export const cellOf = (info: FieldInfo, value: unknown, names: Names): Cell => {
  switch (info.kind) {
    case 'number':
      return typeof value === 'number' ? value : ''
    case 'money':
      return isMoney(value) ? value : ''
    case 'date':
      return typeof value === 'string' ? { day: value } : ''
    case 'manyOf':
    case 'employees':
      return listWords(
        (Array.isArray(value) ? value : [])
          .map((each) => wordsOf(info, [each], names))
          .filter((each) => each !== ''),
      )
    default:
      return wordsOf(info, value, names)
  }
}
