/** Values of fields as text, and text as values: for lists, export, import and templates. */
import { normaliseEmail } from '../emails.ts'
import { formatPhone, normalisePhone } from '../phones.ts'
import { fail, ok, type Result } from '../reasons.ts'
import type { CustomValue, Money } from '../records/custom-value.ts'
import { type DirectoryRow, resolveEntry, tagNames } from '../records/directory.ts'
import { formatDay, parseDay } from './days.ts'
import type { FieldInfo } from './fields.ts'

/** What values name by id. Anything may be missing: then the value has no words. */
export interface Names {
  language: 'ru' | 'en'
  entries: ReadonlyMap<string, DirectoryRow>
  /** Names of employees, segments, and of what fields refer to, by id. */
  records: ReadonlyMap<string, string>
  /** Code of the currency for amounts typed without one. */
  currency: string
  today: Date
  /** Segments that a row is in, by rule too: its field knows only those by hand. */
  segmentsOf?: (row: Readonly<Record<string, unknown>>) => string[]
}

const locales = { ru: 'ru-RU', en: 'en-GB' } as const

/** `1 250 000,00 ₽` */
export const formatMoney = ({ amount, currency }: Money, language: 'ru' | 'en'): string =>
  new Intl.NumberFormat(locales[language], { style: 'currency', currency }).format(amount)

const formatNumber = (value: number, language: 'ru' | 'en'): string =>
  new Intl.NumberFormat(locales[language], { maximumFractionDigits: 10 }).format(value)

const yes = { ru: 'да', en: 'yes' }
const no = { ru: 'нет', en: 'no' }

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const textOfPart = (info: FieldInfo, part: unknown): string => {
  const { value }: { value?: unknown } = typeof part === 'object' && part !== null ? part : {}
  if (typeof value !== 'string') return ''
  if (info.kind === 'phones') return formatPhone(value)
  return info.kind === 'dates' ? formatDay(value) : value
}

/** The value as a person reads it; empty where there is none. Lists are joined by commas. */
export const wordsOf = (info: FieldInfo, value: unknown, names: Names): string => {
  if (value === undefined || value === null) return ''
  const { language } = names
  switch (info.kind) {
    case 'text':
    case 'longText':
    case 'email':
    case 'link':
      return String(value)
    case 'phone':
      return formatPhone(String(value))
    case 'number':
      return typeof value === 'number' ? formatNumber(value, language) : String(value)
    case 'money': {
      const { amount, currency }: Partial<Money> = typeof value === 'object' ? value : {}
      return amount === undefined || currency === undefined
        ? ''
        : formatMoney({ amount, currency }, language)
    }
    case 'date':
      return formatDay(String(value))
    case 'moment':
      return new Date(Number(value)).toLocaleDateString(locales[language])
    case 'yesNo':
      return (value === true ? yes : no)[language]
    case 'oneOf':
    case 'manyOf':
      return listOf(value)
        .flatMap((id) => info.options?.find((option) => option.id === id)?.label[language] ?? [])
        .join(', ')
    case 'entry':
      return resolveEntry(names.entries, String(value))?.name ?? ''
    case 'tags':
      return tagNames(names.entries, listOf(value).map(String)).join(', ')
    case 'client':
    case 'person':
    case 'interest':
    case 'employee':
    case 'employees':
    case 'segments':
      return listOf(value)
        .flatMap((id) => names.records.get(String(id)) ?? [])
        .join(', ')
    case 'file':
      return Array.isArray(value) ? String(value[1] ?? '') : yes[language]
    case 'phones':
    case 'emails':
    case 'addresses':
    case 'links':
    case 'messengers':
    case 'dates':
      return listOf(value)
        .map((part) => textOfPart(info, part))
        .filter(Boolean)
        .join(', ')
  }
}

/** `1 250,50` or `1,250.50`: the last sign of the two is the decimal one. */
export const parseNumber = (typed: string): number | null => {
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^\u2212/, '-')
  if (/^-?\d+([.,]\d+)?e[+-]?\d+$/i.test(text)) return Number(text.replace(',', '.'))
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(text)) return null
  const decimal = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  const separators = text.replace(/[^.,]/g, '')
  // `1.250.000`: the same sign twice groups, it is not decimal.
  const isGroup = separators.length > 1 && new Set(separators).size === 1
  const whole = isGroup || decimal < 0 ? text : text.slice(0, decimal)
  const rest = isGroup || decimal < 0 ? '' : text.slice(decimal + 1)
  const value = Number(`${whole.replace(/[.,]/g, '')}.${rest || '0'}`)
  return Number.isFinite(value) ? value : null
}

const currencySigns: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  руб: 'RUB',
  р: 'RUB',
  $: 'USD',
  '€': 'EUR',
  '¥': 'CNY',
  '₸': 'KZT',
  '£': 'GBP',
  '₴': 'UAH',
}

const parseMoney = (typed: string, currency: string): Money | null => {
  const sign = /[₽$€¥₸£₴]|руб|р(?=\.?\s*$)|\b[A-Z]{3}\b/iu.exec(typed)?.[0]
  const known = sign ? (currencySigns[sign.toLowerCase()] ?? sign.toUpperCase()) : currency
  const amount = parseNumber(typed.replace(/[^\d.,\s\u2212-]|\.\s*$/gu, '').trim())
  return amount === null ? null : { amount, currency: known }
}

/** Names by which another value is typed in place of one: a figure without a currency keeps that. */
export const namesWith = (names: Names, held: unknown): Names => {
  const { currency }: Partial<Money> = typeof held === 'object' && held !== null ? held : {}
  return typeof currency === 'string' ? { ...names, currency } : names
}

const affirmative = new Set(['да', 'yes', 'true', '1', '+', 'истина', 'y', 'д'])
const negative = new Set(['нет', 'no', 'false', '0', '-', 'ложь', 'n', 'н'])

const same = (a: string, b: string): boolean =>
  a.trim().toLowerCase().replaceAll('ё', 'е') === b.trim().toLowerCase().replaceAll('ё', 'е')

const idOf = (names: Iterable<[string, string]>, typed: string): string | null => {
  for (const [id, name] of names) if (same(name, typed)) return id
  return null
}

/** Stands between values that hold commas themselves; after the only one, it says that it is one. */
export const listSign = ':::'

const partsOf = (text: string): string[] =>
  text
    .split(text.includes(listSign) ? listSign : /[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Names as a list that is read back whole: `а, б`, but `а, б ::: в` and `а, б :::`. */
export const listWords = (items: readonly string[]): string => {
  if (!items.some((item) => /[,;\n]/.test(item))) return items.join(', ')
  return items.length > 1 ? items.join(` ${listSign} `) : `${items[0]} ${listSign}`
}

/**
 * Typed or imported text as a value of a field of one value; empty text is undefined. Fails with
 * `invalidValue`. Lists of parts have parsers of their own, by kind of phone or address.
 */
export const parseWords = (
  info: FieldInfo,
  typed: string,
  names: Names,
): Result<CustomValue | undefined> => {
  const text = typed.trim()
  if (text === '') return ok(undefined)
  const found = (value: CustomValue | null) =>
    value === null ? fail('invalidValue', info.key) : ok(value)
  const optionOf = (name: string) =>
    idOf(
      (info.options ?? []).flatMap(({ id, label }): [string, string][] => [
        [id, label.ru],
        [id, label.en],
      ]),
      name,
    )
  switch (info.kind) {
    case 'text':
    case 'longText':
      return ok(text)
    case 'link':
      return found(/^\S+\.\S+$/.test(text) ? text : null)
    case 'phone':
      return found(normalisePhone(text))
    case 'email':
      return found(normaliseEmail(text))
    case 'number':
      return found(parseNumber(text))
    case 'money':
      return found(parseMoney(text, names.currency))
    case 'date': {
      const day = parseDay(text, names.today)
      return found(day.ok ? day.value : null)
    }
    case 'moment': {
      const day = parseDay(text, names.today)
      return found(day.ok ? new Date(`${day.value}T00:00`).getTime() : null)
    }
    case 'yesNo':
      if (affirmative.has(text.toLowerCase())) return ok(true)
      return found(negative.has(text.toLowerCase()) ? false : null)
    case 'oneOf':
      return found(optionOf(text))
    case 'manyOf': {
      const ids = partsOf(text).map((name) => optionOf(name))
      return found(ids.every((id) => id !== null) ? ids : null)
    }
    case 'entry':
      return found(
        idOf(
          [...names.entries.values()]
            .filter((row) => row.directory === info.directory && row.deletedAt === undefined)
            .flatMap(({ id, name, code }): [string, string][] => [
              [id, name],
              [id, code ?? name],
            ]),
          text,
        ),
      )
    case 'client':
    case 'person':
    case 'interest':
    case 'employee':
      return found(idOf(names.records, text))
    case 'employees': {
      const ids = partsOf(text).map((name) => idOf(names.records, name))
      return found(ids.every((id) => id !== null) ? ids : null)
    }
    case 'file':
    case 'tags':
    case 'segments':
    case 'phones':
    case 'emails':
    case 'addresses':
    case 'links':
    case 'messengers':
    case 'dates':
      return fail('invalidValue', info.key)
  }
}
