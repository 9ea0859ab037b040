/**
 * A row of the file → what it says of a client and of their contact person, and what is wrong with
 * it. No I/O: the check, the preview and the load all ask here.
 */

import { normaliseEmail } from '../../shared/emails.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { type Names, parseWords } from '../../shared/fields/words.ts'
import { isInn } from '../../shared/inn.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { type ClientRow, clientKinds, relations } from '../../shared/records/client.ts'
import type { addressKinds, emailKinds, phoneKinds } from '../../shared/records/contact.ts'
import type { Mapping } from './mapping.ts'
import { type Target, waysOf } from './targets.ts'

/** F36, and «by the file»: from a column, the legal form in the name, or who is named. */
export const kindChoices = ['auto', 'organisation', 'entrepreneur', 'person'] as const
export type KindChoice = (typeof kindChoices)[number]

export interface Ways {
  phones: { value: string; kind: keyof typeof phoneKinds }[]
  emails: { value: string; kind: keyof typeof emailKinds }[]
  addresses: { value: string; kind: keyof typeof addressKinds }[]
  links: { value: string }[]
}

export interface ClientDraft extends Ways {
  kind: ClientRow['kind']
  name: string
  fullName?: string
  inn?: string
  kpp?: string
  ogrn?: string
  relation?: NonNullable<ClientRow['relation']>
  note?: string
  tags: string[]
  managers: string[]
  /** Other fields by their keys, `open` or `custom/<id>`. */
  fields: Record<string, unknown>
}

export interface PersonDraft extends Ways {
  name: string
  position?: string
  note?: string
}

export type ProblemCode =
  | 'name'
  | 'phone'
  | 'roundedPhone'
  | 'email'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'kind'
  | 'tooLong'
  | 'relation'
  | 'manager'
  | 'field'

export interface Problem {
  code: ProblemCode
  /** Column of the table; -1: the row as a whole. */
  column: number
  value: string
}

/** The row is loaded in spite of them: the value goes into the note. */
const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['relation', 'manager', 'field'])
export const isWarning = ({ code }: Problem): boolean => warnings.has(code)

export interface RowValues {
  client: ClientDraft
  person: PersonDraft | null
  problems: Problem[]
}

export interface ValueOptions {
  headings: readonly string[]
  mapping: Mapping
  kind: KindChoice
  /** Employees by their names and addresses in small letters. */
  employees: ReadonlyMap<string, string>
  /** Fields that have no target of their own, and what their values are called. */
  fields: readonly FieldInfo[]
  names: Names
}

/** Limits of `shared/records`: what is longer is not a name but a mistake in the mapping. */
const limits = {
  name: 300,
  fullName: 1000,
  line: 500,
  tag: 60,
  position: 200,
  note: 90_000,
} as const

const emptyWays = (): Ways => ({ phones: [], emails: [], addresses: [], links: [] })

export const valuesOf = (cells: readonly string[], options: ValueOptions): RowValues => {
  const { headings, mapping, kind, employees } = options
  const problems: Problem[] = []
  const of = { client: emptyWays(), person: emptyWays() }
  const single = new Map<Target, { value: string; column: number }>()
  const notes: string[] = []
  const personNotes: string[] = []
  const addressParts: string[] = []
  const tags: string[] = []
  const managers: string[] = []
  const fields: Record<string, unknown> = {}
  const severalNotes = mapping.filter((target) => target === 'note').length > 1

  /** What is wrong is said, and kept in the note for who loads the row all the same. */
  const problem = (code: ProblemCode, column: number, value: string) => {
    problems.push({ code, column, value })
    notes.push(`${headings[column] ?? ''}: ${value}`)
  }

  for (const [column, target] of mapping.entries()) {
    const cell = cells[column] ?? ''
    if (!target || cell === '') continue
    const ways = waysOf(target)
    if (ways?.way === 'phone') {
      for (const typed of splitPhones(cell)) {
        const { value, code } = phoneOf(typed)
        if (code) problem(code, column, typed)
        else addOnce(of[ways.of].phones, { value, kind: ways.kind })
      }
      continue
    }
    if (ways?.way === 'email') {
      for (const typed of splitEmails(cell)) {
        const value = normaliseEmail(typed)
        if (value) addOnce(of[ways.of].emails, { value, kind: ways.kind })
        else problem('email', column, typed)
      }
      continue
    }
    if (ways?.way === 'address') {
      for (const value of cell.split(/\s*:::\s*/).map(oneLine))
        if (value.length > limits.line) problem('tooLong', column, cell)
        else if (value !== '') addOnce(of.client.addresses, { value, kind: ways.kind })
      continue
    }
    const info = options.fields.find(({ key }) => target === `field:${key}`)
    if (info) {
      const value = parseWords(info, cell, options.names)
      if (value.ok && value.value !== undefined) fields[info.key] = value.value
      else if (!value.ok) problem('field', column, cell)
      continue
    }
    switch (target) {
      case 'link':
        for (const value of cell.split(/\s*(?::::|\n|;(?=\s|$))\s*/))
          if (value.length > limits.line) problem('tooLong', column, cell)
          else if (value !== '') addOnce(of.client.links, { value })
        break
      case 'addressPart':
        addressParts.push(oneLine(cell))
        break
      case 'note':
        notes.push(severalNotes ? `${headings[column] ?? ''}: ${cell}` : cell)
        break
      case 'person.note':
        personNotes.push(cell)
        break
      case 'tags':
        for (const tag of splitTags(cell))
          if (tag.length > limits.tag) problem('tooLong', column, tag)
          else if (!tags.includes(tag)) tags.push(tag)
        break
      case 'managers':
        for (const name of cell.split(/\s*[,;]\s*/)) {
          const id = employees.get(plain(name))
          if (id && !managers.includes(id)) managers.push(id)
          else if (!id && name !== '') problem('manager', column, name)
        }
        break
      default:
        single.set(target, { value: oneLine(cell), column })
    }
  }
  if (addressParts.length > 0)
    of.client.addresses.push({
      value: addressParts.join(', ').slice(0, limits.line),
      kind: 'actual',
    })

  /** A value of one line, checked and stripped, or undefined where it is missing or wrong. */
  const take = (
    target: Target,
    most: number,
    check?: { code: ProblemCode; form: RegExp; digits?: true; test?: (value: string) => boolean },
  ): string | undefined => {
    const found = single.get(target)
    if (!found) return undefined
    const value = check?.digits ? found.value.replace(/[\s'`]/g, '') : found.value
    if (value.length > most) problem('tooLong', found.column, value)
    else if (check && !(check.form.test(value) && (check.test?.(value) ?? true)))
      problem(check.code, found.column, found.value)
    else return value
    return undefined
  }

  const both = single.get('innKpp')
  if (both) {
    const [inn = '', kpp = ''] = both.value.split(/[\s/\\|]+/)
    if (inn) single.set('inn', { value: inn, column: both.column })
    if (kpp) single.set('kpp', { value: kpp, column: both.column })
  }
  restoreZero(single, 'inn', [9, 11])
  restoreZero(single, 'kpp', [8])
  const inn = take('inn', 30, { code: 'inn', form: /^\d+$/, digits: true, test: isInn })
  const kpp = take('kpp', 30, { code: 'kpp', form: /^\d{4}[\dA-Z]{2}\d{3}$/, digits: true })
  const ogrn = take('ogrn', 30, { code: 'ogrn', form: /^(\d{13}|\d{15})$/, digits: true })
  const company = take('name', limits.name) ?? ''
  const fullName = take('fullName', limits.fullName)
  const human =
    ['person.last', 'person.first', 'person.middle']
      .map((part) => single.get(part as Target)?.value ?? '') // listed on the line above
      .filter((part) => part !== '')
      .join(' ') ||
    (take('person.name', limits.name) ?? '')
  const position = take('person.position', limits.position)
  const relationCell = single.get('relation')
  const relation = relationCell && relationOf(relationCell.value)
  if (relationCell && !relation) problem('relation', relationCell.column, relationCell.value)

  const kindCell = single.get('kind')
  const said = kindCell && kindOfText(kindCell.value)
  if (kindCell && !said && kind === 'auto') problem('kind', kindCell.column, kindCell.value)
  const named = company || (human === '' ? (fullName ?? '') : '')
  const found = kind === 'auto' ? (said ?? kindOfRow(named, human, inn)) : kind
  const name = found === 'person' ? human || named : named || human
  if (name === '') problems.push({ code: 'name', column: -1, value: '' })

  const isApart = found !== 'person' && named !== '' && human !== '' && !named.includes(human)
  if (found === 'person' && named !== '' && human !== '' && named !== human)
    notes.push(`${headings[single.get('name')?.column ?? -1] ?? ''}: ${named}`)
  if (!isApart && position) notes.push(position)
  const ways = isApart ? of.client : merged(of.client, of.person)
  if (!isApart) notes.push(...personNotes)
  const note = notes.join('\n').slice(0, limits.note)
  return {
    client: {
      ...ways,
      kind: found,
      name: name.slice(0, limits.name),
      tags,
      managers,
      fields,
      ...(fullName && fullName !== name && { fullName }),
      ...(inn && { inn }),
      ...(kpp && { kpp }),
      ...(ogrn && { ogrn }),
      ...(relation && { relation }),
      ...(note && { note }),
    },
    person: isApart
      ? {
          ...of.person,
          name: human.slice(0, limits.name),
          ...(position && { position }),
          ...(personNotes.length > 0 && { note: personNotes.join('\n').slice(0, limits.note) }),
        }
      : null,
    problems,
  }
}

const oneLine = (cell: string): string => cell.replace(/\s+/g, ' ').trim()
const plain = (value: string): string => oneLine(value).toLowerCase().replaceAll('ё', 'е')

const addOnce = <T extends { value: string }>(list: T[], part: T): void => {
  if (!list.some(({ value }) => value === part.value)) list.push(part)
}

const merged = (a: Ways, b: Ways): Ways => {
  const all: Ways = {
    phones: [...a.phones],
    emails: [...a.emails],
    addresses: [...a.addresses],
    links: [...a.links],
  }
  for (const part of b.phones) addOnce(all.phones, part)
  for (const part of b.emails) addOnce(all.emails, part)
  return all
}

/** A spreadsheet that took the digits for a number dropped the zero in front. */
const restoreZero = (
  single: Map<Target, { value: string; column: number }>,
  target: Target,
  lengths: readonly number[],
): void => {
  const found = single.get(target)
  const digits = found?.value.replace(/\s/g, '') ?? ''
  if (found && /^\d+$/.test(digits) && lengths.includes(digits.length))
    single.set(target, { ...found, value: `0${digits}` })
}

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
const extension = /\s*(?:доб|вн|ext)[.\s]*(\d{1,6})\s*$/i

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

const splitEmails = (cell: string): string[] => {
  const inBrackets = [...cell.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map(([, address = '']) => address)
  if (inBrackets.length > 0) return inBrackets
  return cell
    .split(/\s*(?::::|[,;\n|/]|\s)\s*/)
    .map((part) => part.replace(/^mailto:/i, ''))
    .filter((part) => part !== '' && part !== '-')
}

/** Google marks its own groups with a star. */
const splitTags = (cell: string): string[] =>
  cell
    .split(/\s*(?::::|[,;\n])\s*/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !tag.startsWith('* '))

const relationWords: [NonNullable<ClientRow['relation']>, RegExp][] = [
  ['buyer', /^(клиент|покупатель|заказчик|customer|client|buyer)/],
  ['supplier', /^(поставщик|подрядчик|supplier|vendor)/],
  ['competitor', /^(конкурент|competitor)/],
  ['authority', /^(гос|орган|public|authority)/],
  ['founder', /^(учредитель|founder)/],
  ['other', /^(проч|друг|иное|other)/],
]

const relationOf = (value: string): NonNullable<ClientRow['relation']> | undefined => {
  const text = plain(value)
  const exact = relationWords.find(
    ([id]) => plain(relations[id].ru) === text || plain(relations[id].en) === text,
  )
  return (exact ?? relationWords.find(([, words]) => words.test(text)))?.[0]
}

const kindOfText = (value: string): ClientRow['kind'] | undefined => {
  const text = plain(value)
  const kinds = ['organisation', 'entrepreneur', 'person'] as const
  const exact = kinds.find(
    (id) => plain(clientKinds[id].ru) === text || plain(clientKinds[id].en) === text,
  )
  if (exact) return exact
  if (/^ип( |$)|предприниматель|sole|самозанят/.test(text)) return 'entrepreneur'
  if (/физ|контакт|person|individual|частн/.test(text)) return 'person'
  if (/юр|организац|компани|company|ооо|ао$|обособленн|гос/.test(text)) return 'organisation'
  return undefined
}

/** Nobody said: the legal form in the name, then the length of the ИНН, then who is named. */
const kindOfRow = (company: string, human: string, inn: string | undefined): ClientRow['kind'] => {
  if (/^ип\s|\sип$|индивидуальный предприниматель|\(ип\)/i.test(company)) return 'entrepreneur'
  if (company === '') return human === '' ? 'organisation' : 'person'
  if (inn?.length === 12) return 'entrepreneur'
  if (human === '' && patronymic.test(company)) return 'person'
  return 'organisation'
}

/** «Иванова Мария Петровна»: three words and nothing else. */
const patronymic = /^\p{Lu}[\p{L}-]+ \p{Lu}\p{L}+ \p{Lu}\p{L}+(вич|вна|ична|инична|оглы|кызы)$/u
