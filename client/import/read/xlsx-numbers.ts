/** Numbers of a spreadsheet as people read them: dates, leading zeros, no exponents. */
import type { Handlers } from './xlsx.ts'

export type NumberFormat =
  | { kind: 'plain' }
  | { kind: 'date' }
  | { kind: 'zeros'; length: number }
  /** Our own tables say the currency so. */
  | { kind: 'money'; currency: string }

export interface NumberFormats {
  /** Format of each cell style. */
  ofStyle: NumberFormat[]
}

/** Formats that have a number and no text in the file (ECMA-376, 18.8.30): those of dates. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

export const readFormats = (read: (handlers: Handlers) => void): NumberFormats => {
  const codes = new Map<number, string>()
  const ofStyle: NumberFormat[] = []
  let inCells = false
  read({
    open: ({ name, attributes }) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0)
        ofStyle.push(isBuiltInDate(id) ? { kind: 'date' } : formatOf(codes.get(id) ?? ''))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return { ofStyle }
}

const formatOf = (code: string): NumberFormat => {
  const currency = /^#,##0\.00" ([A-Z]{3})"$/.exec(code)?.[1]
  if (currency) return { kind: 'money', currency }
  const [positive = ''] = code
    .replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
    .toLowerCase()
    .split(';')
  if (/[yd]/.test(positive)) return { kind: 'date' }
  return /^0{2,}$/.test(positive) ? { kind: 'zeros', length: positive.length } : { kind: 'plain' }
}

const day = 86_400_000
/** Day 0 of the two calendars; day 60 of the first, 29.02.1900, never was, so it begins a day early. */
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)
/** Digits that a spreadsheet keeps of a number. */
const precision = 15

export const numberText = (
  raw: string,
  style: number,
  { ofStyle }: NumberFormats,
  date1904: boolean,
): string => {
  const number = Number(raw)
  if (!Number.isFinite(number)) return raw
  const format = ofStyle[style] ?? { kind: 'plain' }
  switch (format.kind) {
    case 'date':
      return dateText(number, date1904)
    case 'zeros':
      return number.toFixed(0).padStart(format.length, '0')
    case 'money':
      return `${plainText(number)} ${format.currency}`
    case 'plain':
      return plainText(number)
  }
}

/** A phone of 7.9161234567E+10 is all there; only its look lost digits. */
const plainText = (number: number): string =>
  Number.isInteger(number) && Math.abs(number) < 1e21
    ? number.toFixed(0)
    : String(Number(number.toPrecision(precision)))

const two = (value: number): string => String(value).padStart(2, '0')

const dateText = (serial: number, date1904: boolean): string => {
  const date = new Date(
    Math.round(((date1904 ? epoch1904 : epoch1900) + serial * day) / 1000) * 1000,
  )
  if (Number.isNaN(date.getTime())) return String(serial)
  const text = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`
  return Number.isInteger(serial)
    ? text
    : `${text} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}
