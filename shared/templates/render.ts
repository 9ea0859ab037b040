/** A template with values put in: blocks for pages, or a plain text for letters. No I/O. */
import { dayOf, formatDay } from '../fields/days.ts'
import { fieldValue, isEmpty } from '../fields/fields.ts'
import { type Names, wordsOf } from '../fields/words.ts'
import { isForeign } from '../interests/lines.ts'
import { formatPhone } from '../phones.ts'
import { amountWords } from './amount-words.ts'
import { linesTable, linesText, type NamedLine } from './lines-table.ts'
import {
  type Line,
  type Piece,
  readSource,
  readToken,
  replaceTokens,
  type VariableToken,
} from './source.ts'
import { labelOfVariable, type Variable, type VariableGroup } from './variables.ts'

/** Why a place has no value. */
export type Fault =
  /** Nobody knows such a variable. */
  | 'unknown'
  /** The field of one's own was deleted. */
  | 'gone'
  /** This user may not see it. */
  | 'hidden'
  /** The record holds nothing there. */
  | 'empty'
  /** A line of goods in another currency than the others, which the total does not count. */
  | 'foreign'

export interface Problem {
  label: string
  fault: Fault
}

export interface Run {
  text: string
  bold?: true
  /** A place without a value: the text says of what. */
  fault?: Fault
}

export type FilledLine = Run[]

export interface TableColumn {
  /** Of the width, beside the shares of the others. */
  share: number
  /** Figures stand at the right edge. */
  end?: true
}

export type Block =
  | { kind: 'heading'; level: 1 | 2; lines: FilledLine[] }
  | { kind: 'paragraph'; lines: FilledLine[] }
  | { kind: 'split'; left: FilledLine; right: FilledLine }
  | { kind: 'item'; marker: string; depth: number; lines: FilledLine[] }
  /** With columns the first row is their head. */
  | { kind: 'table'; ruled: boolean; rows: FilledLine[][]; columns?: readonly TableColumn[] }
  | { kind: 'pageBreak' }

export interface Rendered<T> {
  content: T
  /** Each once, in the order of the text. */
  problems: Problem[]
  /** Labels of values that stand in it and that not everyone who sees the record may see. */
  restricted: string[]
}

type Values = Readonly<Record<string, unknown>>

export interface Filling {
  variables: readonly Variable[]
  /** Records by the group they stand for; absent: there is none, or this user may not see it. */
  records: Partial<Record<VariableGroup, Values>>
  names: Names
}

/** A text with any Cyrillic letter is Russian. */
export const languageOf = (source: string): Names['language'] =>
  /[а-яё]/i.test(source.replace(/\{[^{}\n]*\}/g, '')) ? 'ru' : 'en'

const months = {
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  en: 'January February March April May June July August September October November December',
}

/** «12 марта 2026 г.» */
export const longDay = (day: string, language: Names['language']): string => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const name = months[language].split(' ')[Number(month) - 1]
  if (!year || !name) return formatDay(day)
  return `${Number(date)} ${name} ${year}${language === 'ru' ? ' г.' : ''}`
}

/** «Иванов И. И.»: the first word is the surname. */
export const withInitials = (name: string): string => {
  const [surname = '', ...given] = name.trim().split(/\s+/)
  return [surname, ...given.slice(0, 2).map((word) => `${word.charAt(0)}.`)].join('\u00a0')
}

const partsOf = (value: unknown): { value: string; kind?: string }[] =>
  Array.isArray(value)
    ? value.filter(
        (part): part is { value: string } =>
          typeof part === 'object' && typeof part?.value === 'string',
      )
    : []

/** In the decimal signs of the language, hundredths always. */
const plainAmount = (amount: number, language: Names['language']): string =>
  new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(amount)

const isMoney = (value: unknown): value is { amount: number; currency: string } =>
  typeof value === 'object' &&
  value !== null &&
  'amount' in value &&
  typeof value.amount === 'number'

/** The value of a field as a document has it; empty where there is none. */
export const valueWords = (
  { info }: Pick<Variable, 'info'>,
  value: unknown,
  names: Names,
  format?: string,
): string => {
  if (isEmpty(value)) return ''
  const { language } = names
  switch (format) {
    case 'words':
      if (isMoney(value) && typeof value.currency === 'string') return amountWords(value) ?? ''
      break
    case 'number':
      if (isMoney(value)) return plainAmount(value.amount, language)
      break
    case 'long':
      if (info.kind === 'moment') return longDay(dayOf(new Date(Number(value))), language)
      return longDay(String(value), language)
    case 'initials':
      return withInitials(wordsOf(info, value, names))
    case 'first': {
      const [first] = partsOf(value)
      if (!first) return ''
      return info.kind === 'phones' ? formatPhone(first.value) : first.value
    }
    case 'legal':
    case 'actual':
    case 'postal':
    case 'delivery':
      return partsOf(value).find(({ kind }) => kind === format)?.value ?? ''
  }
  if (info.kind === 'moment') return formatDay(dayOf(new Date(Number(value))))
  return wordsOf(info, value, names)
}

type Filled =
  | { value: string; lines?: readonly NamedLine[] }
  | { fault: Fault; label: string }
  | { value: ''; optional: true }

const goodsOf = (row: Values | undefined): readonly NamedLine[] =>
  // Of an Interest's row, which its declaration has checked.
  (row?.lines as readonly NamedLine[] | undefined) ?? []

const createFiller = ({ variables, records, names }: Filling) => {
  const byPath = new Map(variables.map((variable) => [variable.path, variable]))
  const problems = new Map<string, Problem>()
  const restricted = new Set<string>()
  const fill = (token: VariableToken): Filled => {
    const variable = byPath.get(token.path)
    const label = variable ? labelOfVariable(variable, names.language, token.format) : token.path
    const lack = (fault: Fault): Filled => {
      problems.set(label, { label, fault })
      return { fault, label }
    }
    if (!variable) return lack('unknown')
    if (variable.gone) return lack('gone')
    // Asked before the value: a device may still hold what its user may not see any more.
    if (variable.hidden) return lack('hidden')
    const row = records[variable.group]
    if (variable.table) {
      const lines = goodsOf(row)
      if (lines.length === 0) return token.optional ? { value: '', optional: true } : lack('empty')
      for (const line of lines)
        if (isForeign(line, lines)) problems.set(line.name, { label: line.name, fault: 'foreign' })
      return { value: linesText(lines, names.language), lines }
    }
    const held = row && fieldValue(variable.info, row)
    const value = valueWords(variable, held, names, token.format)
    if (value === '') return token.optional ? { value: '', optional: true } : lack('empty')
    if (variable.restricted) restricted.add(label)
    return { value }
  }
  return { fill, problems, restricted }
}

/** A line of nothing but what may be empty, and is, is left out. */
const vanishes = (filled: readonly Filled[]): boolean =>
  filled.length > 0 && filled.every((one) => 'optional' in one)

export const renderDocument = (source: string, filling: Filling): Rendered<Block[]> => {
  const { fill, problems, restricted } = createFiller(filling)
  const { names } = filling
  /** Null: left out. A value of several lines stays one place. */
  const lineOf = (line: Line): FilledLine | null => {
    const done: Filled[] = []
    const runs = line.map((piece: Piece): Run => {
      const look = piece.bold && { bold: true as const }
      if ('text' in piece) return { text: piece.text, ...look }
      const filled = fill(piece.variable)
      done.push(filled)
      return 'fault' in filled
        ? { text: `[${filled.label}]`, fault: filled.fault, ...look }
        : { text: filled.value, ...look }
    })
    return vanishes(done) ? null : runs.filter(({ text }) => text !== '')
  }
  const linesOf = (lines: readonly Line[]): FilledLine[] =>
    lines.flatMap((line) => {
      const filled = lineOf(line)
      return filled ? [filled] : []
    })
  /** What stands alone on its line as a table; null: it is another line. */
  const tableOf = (line: Line): Block[] | null => {
    const [only, ...others] = line.filter((piece) => !('text' in piece) || piece.text.trim() !== '')
    if (!only || others.length > 0 || !('variable' in only)) return null
    const filled = fill(only.variable)
    return 'lines' in filled && filled.lines ? linesTable(filled.lines, names.language) : null
  }
  const paragraphsOf = (lines: readonly Line[]): Block[] => {
    const blocks: Block[] = []
    let open: FilledLine[] | null = null
    for (const line of lines) {
      const table = tableOf(line)
      const filled = table ? null : lineOf(line)
      if (table) {
        blocks.push(...table)
        open = null
      } else if (filled && open) open.push(filled)
      else if (filled) {
        open = [filled]
        blocks.push({ kind: 'paragraph', lines: open })
      }
    }
    return blocks
  }
  const content = readSource(source).flatMap((block): Block[] => {
    switch (block.kind) {
      case 'paragraph':
        return paragraphsOf(block.lines)
      case 'pageBreak':
        return [block]
      case 'split':
        return [{ ...block, left: lineOf(block.left) ?? [], right: lineOf(block.right) ?? [] }]
      case 'table': {
        const rows = block.rows.flatMap((cells) => {
          const filled = cells.map(lineOf)
          // What is left out of a cell leaves the cell; a row goes when nothing is left of it.
          return filled.some((cell) => cell !== null && cell.length > 0) || !filled.includes(null)
            ? [filled.map((cell) => cell ?? [])]
            : []
        })
        return rows.length > 0 ? [{ ...block, rows }] : []
      }
      default: {
        const lines = linesOf(block.lines)
        return lines.length > 0 ? [{ ...block, lines }] : []
      }
    }
  })
  return { content, problems: [...problems.values()], restricted: [...restricted] }
}

/** The same for a letter, in which signs are only signs. */
export const renderText = (source: string, filling: Filling): Rendered<string> => {
  const { fill, problems, restricted } = createFiller(filling)
  const lines = source.split('\n').flatMap((line) => {
    const done: Filled[] = []
    const text = replaceTokens(line, (inside) => {
      const filled = fill(readToken(inside))
      done.push(filled)
      return 'fault' in filled ? `[${filled.label}]` : filled.value
    })
    return vanishes(done) ? [] : [text.replace(/\\([{}])/g, '$1')]
  })
  return {
    content: lines.join('\n'),
    problems: [...problems.values()],
    restricted: [...restricted],
  }
}
