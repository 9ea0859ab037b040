/**
 * Numbers of documents (F244, decision 6). The relay gives one in the transaction that first stores a
 * document without it; a typed one is refused where another document of the type has it; once there it
 * never changes.
 *
 *     numbering (one record per type of document)
 *       format   prefix, first number, digits     administrators
 *       given    prefix → the last number         the relay, with each document
 */
import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import type { Reason } from '../reasons.ts'
import { choice, commonFields, type Declaration, json, type RowOf, text } from './declaration.ts'

/** Types of documents that are numbered. */
export const numberedTypes = {
  contract: { ru: 'Договоры', en: 'Contracts' },
} as const
export type NumberedType = keyof typeof numberedTypes

export const isNumbered = (type: string): type is NumberedType => Object.hasOwn(numberedTypes, type)

/** The field `number` of a numbered type. */
export const documentNumber = text('Номер', 'Number', 50)

const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999_999_999))

/** What can stand before a number. Nothing that an object has by itself under such a name but words. */
export const prefixPattern = /^[\p{L}\p{N} ./#№-]{0,20}$/u
const prefix = v.pipe(v.string(), v.regex(prefixPattern))

const format = v.strictObject({
  prefix,
  /** The number that the first document with this prefix gets. */
  first: whole,
  /** Filled up with zeros to so many. */
  digits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
  /** Whether the relay gives numbers at all; if not, people type them. */
  automatic: v.boolean(),
})
export type NumberFormat = v.InferOutput<typeof format>

export const isNumberFormat = (value: unknown): value is NumberFormat => v.is(format, value)

/** Where administrators said nothing. */
export const usualFormats: Readonly<Record<NumberedType, NumberFormat>> = {
  contract: { prefix: '', first: 1, digits: 1, automatic: true },
}

const fields = {
  ...commonFields,
  recordType: choice('Документы', 'Documents', numberedTypes, {
    required: true,
    changedBy: 'nobody',
  }),
  /** One key: a prefix belongs to its first number. */
  format: json('Формат номера', 'Format of numbers', format),
  given: json('Последние номера', 'Last numbers', v.record(prefix, whole), {
    changedBy: 'services',
  }),
} as const

export type NumberingRow = RowOf<typeof fields>

/** How documents of a type are numbered. */
export const numbering: Declaration<NumberingRow> & { fields: typeof fields } = {
  type: 'numbering',
  label: { ru: 'Нумерация', en: 'Numbering' },
  fields,
  maxStateBytes: 500_000,
  audience: () => ['all'],
  mayWrite: (subject, _before, after) => {
    if (subject.kind === 'service') return null
    if (!subject.administrator) return 'forbidden'
    return after.id === numberingId(after.recordType) ? null : 'invalidValue'
  },
}

/** There is one for each type. */
export const numberingId = (type: NumberedType): string => derivedId('numbering', type)

/** The same number, however it is spaced or written: «д-1», « Д-1 ». */
export const numberKey = (number: string): string =>
  number.trim().replace(/\s+/gu, ' ').toLowerCase()

/** What a change of a number says against itself. `before` null: a new document. */
export const numberRefusal = (
  before: { number?: string } | null,
  { number }: { number?: string },
): Reason | null => {
  if (before?.number !== undefined && before.number !== number) return 'numberGiven'
  return number !== undefined && number !== before?.number && numberKey(number) === ''
    ? 'invalidValue'
    : null
}

export const formatNumber = ({ prefix, digits }: NumberFormat, n: number): string =>
  `${prefix}${String(n).padStart(digits, '0')}`

/** By what comes after the last one that was given; one that people typed is skipped by who asks. */
export const nextAfter = (
  { prefix, first }: NumberFormat,
  given: Readonly<Record<string, number>> = {},
): number => Math.max(first, (Object.hasOwn(given, prefix) ? (given[prefix] ?? 0) : 0) + 1)
