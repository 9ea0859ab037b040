/** One cell → the several values that people write into it: phones, addresses, tags. */
import '../format/world-phones.ts'
import { listSign } from '../../shared/fields/words.ts'
import { normalisePhone } from '../../shared/phones.ts'
import type { ProblemCode } from './values.ts'

export const oneLine = (cell: string): string => cell.replace(/\s+/g, ' ').trim()
export const plain = (value: string): string => oneLine(value).toLowerCase().replaceAll('ё', 'е')

/** Values of a cell; where Google's and our own sign stands, only it parts them. */
export const splitCell = (cell: string, signs: RegExp): string[] =>
  (cell.includes(listSign) ? cell.split(listSign) : cell.split(signs))
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** What our own export writes where nobody is responsible: an empty cell says nothing. */
export const isNobody = (cell: string): boolean => /^[-—–]$/.test(cell)

/** A whole Russian number, however it is written. */
const russianNumber = /(?:\+7|\b[78])[\s(-]*\d{3}[)\s-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g

const exponential = /^(\d)[.,](\d+)e\+?(\d+)$/i

export const splitPhones = (cell: string): string[] =>
  (exponential.test(cell) ? [cell] : partsOfPhones(cell))
    .map((part) => part.trim())
    .filter((part) => /\d/.test(part))

const partsOfPhones = (cell: string): string[] =>
  cell
    // The extension stays with its number: «…, доб. 12».
    .replace(/[,;]\s*(?=(доб|вн|ext)\b|(доб|вн|ext)[.\s])/gi, ' ')
    .split(/\s*(?::::|[,;\n/|]|\sили\s|\sи\s)\s*/)
    .flatMap((part) => {
      const numbers = part.match(russianNumber) ?? []
      return numbers.length > 1 ? numbers : [part]
    })

/** Words beside a number, as people write them: «Иван 8 916 …», «8 916 … (секретарь)». */
const wordsBeside = /^[^\d+(]+|\s*\([^)\d]*\)\s*$|[\s,]+\p{L}[\p{L}\s.]*$/gu
const extension = /\s*\(?(?:доб|вн|ext)[.\s]*(\d{1,6})\)?\s*$/i

export const phoneOf = (typed: string): { value: string; code?: ProblemCode } => {
  const exponent = exponential.exec(typed.trim())
  if (exponent) {
    const [, first = '', rest = '', power = ''] = exponent
    // Only where every digit is still there; a rounded number is somebody else's.
    if (rest.length < Number(power)) return { value: typed, code: 'roundedPhone' }
    return phoneOf(first + rest.slice(0, Number(power)))
  }
  const bare = typed.replace(extension, '').replace(wordsBeside, '').trim()
  const number = normalisePhone(bare) ?? normalisePhone(bare.replace(/^(?=7\d{10}$)/, '+'))
  if (number) {
    const inner = extension.exec(typed)?.[1]
    return { value: inner ? `${number} доб. ${inner}` : number }
  }
  return /^\d{2,6}$/.test(bare) ? { value: bare } : { value: typed, code: 'phone' }
}

export const splitEmails = (cell: string): string[] => {
  const inBrackets = [...cell.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map(([, address = '']) => address)
  if (inBrackets.length > 0) return inBrackets
  return cell
    .split(/\s*(?::::|[,;\n|/]|\s)\s*/)
    .map((part) => part.replace(/^mailto:/i, ''))
    .filter((part) => part !== '' && part !== '-')
}

/** Google marks its own groups with a star. */
export const splitTags = (cell: string): string[] =>
  splitCell(cell, /[,;\n]/).filter((tag) => !tag.startsWith('* '))
