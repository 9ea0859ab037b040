/**
 * A row of the file → what it says of a client and of their contact person, and what is wrong with
 * it. No I/O: the check, the preview and the load all ask here.
 */

import type { Names } from '../../shared/fields/words.ts'
import { partedName, withoutForm } from '../../shared/human-names.ts'
import { isInn } from '../../shared/inn.ts'
import type { ClientRow } from '../../shared/records/client.ts'
import type {
  addressKinds,
  emailKinds,
  networks,
  phoneKinds,
} from '../../shared/records/contact.ts'
import {
  clientName,
  longestNamePart,
  type NamePart,
  type NameParts,
  nameParts,
  wholeName,
} from '../../shared/records/name-parts.ts'
import type { DatePart } from './field-cells.ts'
import { kindOfRow, kindOfText, relationOf } from './kinds.ts'
import type { Mapping } from './mapping.ts'
import { emptySide, joined, limits, readCells, type Side, type Single } from './row-cells.ts'
import type { ImportField, Target } from './targets.ts'

/** F36, and «by the file»: from a column, the legal form in the name, or who is named. */
export const kindChoices = ['auto', 'organisation', 'entrepreneur', 'person'] as const
export type KindChoice = (typeof kindChoices)[number]

export interface Ways {
  phones: { value: string; kind: keyof typeof phoneKinds }[]
  emails: { value: string; kind: keyof typeof emailKinds }[]
  addresses: { value: string; kind: keyof typeof addressKinds }[]
  messengers: { value: string; kind: keyof typeof networks }[]
  links: { value: string }[]
  dates: DatePart[]
}

/** A client that a field names: found once the rows above, or all of them, are known. */
export interface Reference {
  /** Key of the field. */
  key: string
  name: string
  column: number
}

/** What clients and contact persons have in common. */
interface ContactDraft extends Ways {
  name: string
  /** Where the file has them apart, or a patronymic makes them sure. */
  parts?: NameParts
  /** Of the record in the base that our own export was made of. */
  sourceId?: string
  note?: string
  tags: string[]
  /** Empty: nobody; undefined: the file says nothing. */
  managers?: string[]
  /** Other fields by their keys, `open` or `custom/<id>`. */
  fields: Record<string, unknown>
  references: Reference[]
}

export interface ClientDraft extends ContactDraft {
  /** Names of segments by hand. */
  segments: string[]
  kind: ClientRow['kind']
  fullName?: string
  inn?: string
  kpp?: string
  ogrn?: string
  relation?: NonNullable<ClientRow['relation']>
}

export interface PersonDraft extends ContactDraft {
  position?: string
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
  /** A segment that a rule makes: nobody is put into it. */
  | 'byRule'
  /** Of Interests, tasks and events: no title, no such client or several, no contact, no day, … */
  | 'title'
  | 'client'
  | 'clients'
  | 'stage'
  | 'noContact'
  | 'noDay'
  | 'noReason'
  | 'noStage'

export interface Problem {
  code: ProblemCode
  /** Column of the table; -1: the row as a whole. */
  column: number
  value: string
}

/** The row is loaded in spite of them: the value goes into the note. */
const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'relation',
  'manager',
  'field',
  'byRule',
  'client',
  'clients',
  'stage',
])
export const isWarning = ({ code }: Problem): boolean => warnings.has(code)

/** Null: the row is of the other one alone. Not both. */
export interface RowValues {
  client: ClientDraft | null
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
  fields: readonly ImportField[]
  names: Names
  /** Plain names of segments that a rule makes. */
  byRule: ReadonlySet<string>
}

const humanTargets = {
  lastName: 'person.last',
  firstName: 'person.first',
  middleName: 'person.middle',
} as const
const clientTargets = { lastName: 'last', firstName: 'first', middleName: 'middle' } as const

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const valuesOf = (cells: readonly string[], options: ValueOptions): RowValues => {
  const { headings, kind } = options
  const problems: Problem[] = []
  const of = { client: emptySide(), person: emptySide() }
  const { notes } = of.client
  /** What is wrong is said, and kept in the note for who loads the row all the same. */
  const problem = (code: ProblemCode, column: number, value: string) => {
    problems.push({ code, column, value })
    notes.push(`${headings[column] ?? ''}: ${value}`)
  }
  const single = readCells(cells, options, of, problem)

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

  splitInnKpp(single)
  const inn = take('inn', 30, { code: 'inn', form: /^\d+$/, digits: true, test: isInn })
  const kpp = take('kpp', 30, { code: 'kpp', form: /^\d{4}[\dA-Z]{2}\d{3}$/, digits: true })
  const ogrn = take('ogrn', 30, { code: 'ogrn', form: /^(\d{13}|\d{15})$/, digits: true })
  const company = take('name', limits.name) ?? ''
  const fullName = take('fullName', limits.fullName)
  const takeParts = (targets: Record<NamePart, Target>): NameParts =>
    Object.fromEntries(
      nameParts.flatMap((part) => {
        const value = take(targets[part], longestNamePart)
        return value ? [[part, value]] : []
      }),
    )
  const ownGiven = takeParts(clientTargets)
  const humanGiven = takeParts(humanTargets)
  // Our own table has the parts of all who have any, and says whose they are.
  const isOurs = options.mapping.includes('id') || options.mapping.includes('person.id')
  const given = wholeName(humanGiven) === '' && !isOurs ? ownGiven : humanGiven
  const written = wholeName(given) || (take('person.name', limits.personName) ?? '')
  const humanParts = wholeName(given) ? given : isOurs ? null : partedName(written)
  const human = humanParts ? wholeName(humanParts) : written
  const position = take('person.position', limits.position)
  const relationCell = single.get('relation')
  const relation = relationCell && relationOf(relationCell.value)
  if (relationCell && !relation) problem('relation', relationCell.column, relationCell.value)
  const sourceId = idIn(single, 'id')
  const personId = idIn(single, 'person.id')

  const kindCell = single.get('kind')
  const said = kindCell && kindOfText(kindCell.value)
  if (kindCell && !said && kind === 'auto') problem('kind', kindCell.column, kindCell.value)
  const named = company || (human === '' ? (fullName ?? '') : '')
  const person = (notesOfAll: string[]): PersonDraft => ({
    ...contactOf(of.person, human, notesOfAll),
    ...(humanParts && { parts: humanParts }),
    ...(personId && { sourceId: personId }),
    ...(position && { position }),
  })
  // Nobody's contact: what is said of a client there belongs to the person.
  if (kind === 'auto' && said === 'contact' && named === '' && human !== '')
    return { client: null, person: person([...notes, ...of.person.notes]), problems }

  const foundKind = kind === 'auto' && said !== 'contact' ? said : undefined
  const found = kind === 'auto' ? (foundKind ?? kindOfRow(named, human, inn)) : kind
  const isApart =
    named !== '' &&
    human !== '' &&
    // Our own table says by their ids that they are two.
    (personId !== undefined || (found !== 'person' && !named.includes(human)))
  const own = found === 'person' && !isApart ? human || named : named || human
  /** Of its own; the human's where it is the same one; or sure ones. */
  const clientParts = (): NameParts | null => {
    if (isOurs && wholeName(ownGiven)) return ownGiven
    if (found === 'organisation') return null
    const bare = withoutForm(own)
    return humanParts && !isApart && bare === human ? humanParts : isOurs ? null : partedName(bare)
  }
  const parts = clientParts()
  const name = (parts && clientName(found, parts)) ?? own
  if (name === '') problems.push({ code: 'name', column: -1, value: '' })
  if (found === 'person' && !isApart && named !== '' && human !== '' && named !== human)
    notes.push(`${headings[single.get('name')?.column ?? -1] ?? ''}: ${named}`)
  if (!isApart && position) notes.push(position)
  const side = isApart ? of.client : joined(of.client, of.person)
  return {
    client: {
      ...contactOf(side, name.slice(0, limits.name), side.notes),
      ...(parts && { parts }),
      kind: found,
      segments: side.segments,
      ...(sourceId && { sourceId }),
      ...(fullName && fullName !== name && { fullName }),
      ...(inn && { inn }),
      ...(kpp && { kpp }),
      ...(ogrn && { ogrn }),
      ...(relation && { relation }),
    },
    person: isApart ? person(of.person.notes) : null,
    problems,
  }
}

const contactOf = (side: Side, name: string, notes: readonly string[]): ContactDraft => {
  const { ways, tags, managers, fields, references } = side
  const note = notes.join('\n').slice(0, limits.note)
  return {
    ...ways,
    name,
    tags,
    references,
    fields: Object.fromEntries(fields.map(({ field, value }) => [field.info.key, value])),
    ...(managers && { managers }),
    ...(note && { note }),
  }
}

const idIn = (single: Single, target: Target): string | undefined => {
  const value = single.get(target)?.value.toLowerCase()
  return value && uuid.test(value) ? value : undefined
}

const splitInnKpp = (single: Single): void => {
  const both = single.get('innKpp')
  if (both) {
    const [inn = '', kpp = ''] = both.value.split(/[\s/\\|]+/)
    if (inn) single.set('inn', { value: inn, column: both.column })
    if (kpp) single.set('kpp', { value: kpp, column: both.column })
  }
  restoreZero(single, 'inn', [9, 11])
  restoreZero(single, 'kpp', [8])
}

/** A spreadsheet that took the digits for a number dropped the zero in front. */
const restoreZero = (single: Single, target: Target, lengths: readonly number[]): void => {
  const found = single.get(target)
  const digits = found?.value.replace(/\s/g, '') ?? ''
  if (found && /^\d+$/.test(digits) && lengths.includes(digits.length))
    single.set(target, { ...found, value: `0${digits}` })
}
