/**
 * A row of a file → what it says of an Interest, a task or an event, and what is wrong with it. No I/O:
 * clients and all else that a row names is found in what the pass has read.
 */
import * as v from 'valibot'
import { normaliseEmail } from '../../../shared/emails.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { type Names, parseNumber } from '../../../shared/fields/words.ts'
import { vatRates } from '../../../shared/interests/lines.ts'
import type { Money } from '../../../shared/records/custom-value.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import type { InterestLine } from '../../../shared/records/interest.ts'
import {
  isNobody,
  oneLine,
  phoneOf,
  plain,
  splitCell,
  splitEmails,
  splitPhones,
  splitTags,
} from '../cells.ts'
import { fieldOf } from '../field-cells.ts'
import type { WorkType } from '../plan.ts'
import { limits } from '../row-cells.ts'
import type { Problem, ProblemCode } from '../values.ts'
import type { WorkColumn, WorkTarget } from './columns.ts'
import type { Contacts, FoundContact } from './contacts.ts'
import { type Catalogue, lineIn, vatOf } from './lines.ts'
import { localMoment, type Moment, parseMoment } from './moments.ts'
import { firstPlace, type Place, placeOf, type Scenario, scenarioNamed } from './stages.ts'

export interface WorkContext {
  type: WorkType
  headings: readonly string[]
  mapping: readonly (WorkTarget | null)[]
  columns: readonly WorkColumn[]
  names: Names
  /** Employees by their names and addresses in small letters. */
  employees: ReadonlyMap<string, string>
  contacts: Contacts
  /** Interests by `<client> <name>`, and by the name alone; null where several are called so. */
  interests: ReadonlyMap<string, string | null>
  scenarios: readonly Scenario[]
  /** Where an Interest is put that the file says nothing of. */
  scenario: Scenario | undefined
  catalogue: Catalogue
  /** Who loads may make the categories that the directory lacks. */
  makesCategories: boolean
}

export interface WorkDraft {
  name: string
  /** Fields that are set as they are. */
  values: Record<string, unknown>
  tags: string[]
  sets: Record<string, string[]>
  note: string
  client?: string
  person?: string
  interest?: string
  /** Null: the file says that nobody is. */
  responsible?: string | null
  /** Of an Interest: named by the file, or where a new one begins. */
  place?: Place
  isPlaceNamed: boolean
  since?: number
  reason?: string
  due?: Moment
  /** Of a task: since when, where the file says it. */
  done?: { at?: number }
  createdAt?: number
  /** Of an Interest: the line of goods that the row says (F46). */
  line?: InterestLine
  /** Of a product: one that the directory lacks. */
  category?: string
  /** As our own table says it, or another program's number. */
  id?: string
}

export interface WorkValues {
  draft: WorkDraft
  problems: Problem[]
}

/** Such a row makes no record even where rows with mistakes are loaded. */
export const hopeless: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'title',
  'noContact',
  'noDay',
  'noReason',
  'noStage',
])

/** Of `shared/records`, less what the reasons of a row may add. */
const noteLimits: Readonly<Record<WorkType, number>> = {
  interest: 90_000,
  task: 19_000,
  interaction: 49_000,
  product: 19_000,
}

const titles = { interest: 'name', task: 'title', interaction: null, product: 'name' } as const

const closedWords =
  /^(да|yes|true|1|\+|100 ?%?|д|y)$|^(за?верш|выполн|закры|сделан|готов|done|complet|closed)/
const openWords =
  /^(нет|no|false|0|-|0 ?%?|н|n)$|^(не |нов|в работе|в процессе|ожида|ждет|открыт|выполняется|отложен|просроч|not |open|pending|in progress|deferred|waiting)/

export const workValuesOf = (cells: readonly string[], context: WorkContext): WorkValues => {
  const { type, headings, mapping, columns, names, employees, contacts } = context
  const problems: Problem[] = []
  const kept: string[] = []
  const single = new Map<WorkTarget, { value: string; column: number }>()
  const listed = new Map<WorkTarget, { value: string; column: number }[]>()
  for (const [column, target] of mapping.entries()) {
    const value = (cells[column] ?? '').trim()
    if (!target || value === '') continue
    if (!single.has(target)) single.set(target, { value, column })
    listed.set(target, [...(listed.get(target) ?? []), { value, column }])
  }
  const texts = (target: WorkTarget) => listed.get(target) ?? []
  /** What is wrong is said, and kept in the text of the record. */
  const problem = (code: ProblemCode, column: number, value: string) => {
    problems.push({ code, column, value })
    kept.push(`${headings[column] ?? ''}: ${value}`)
  }

  const title = titles[type]
  const draft: WorkDraft = {
    name: '',
    values: {},
    tags: [],
    sets: {},
    note: '',
    isPlaceNamed: false,
  }

  const employee = (name: string, column: number): string | undefined => {
    const id = employees.get(plain(name))
    if (!id) problem('manager', column, name)
    return id
  }

  const currency = currencyOf(single.get('currency')?.value, names)
  const named: Names = currency ? { ...names, currency } : names
  const currencyCell = single.get('currency')
  if (currencyCell && !currency) problem('field', currencyCell.column, currencyCell.value)

  const fieldIn = (info: FieldInfo, cell: string, column: number): unknown => {
    if (info.kind === 'employee') return employee(cell, column)
    if (info.kind === 'client') {
      const found = contacts.find('client', { name: cell, phones: [], emails: [] })
      if (found.kind === 'one') return found.id
      problem(found.kind === 'several' ? 'clients' : 'client', column, cell)
      return undefined
    }
    // «50 %»
    const text =
      info.key === 'probability'
        ? cell.replace(/\s*%$/, '')
        : info.key === 'vat'
          ? vatWords(cell)
          : cell
    const parsed = fieldOf(info, text, named)
    const value = parsed.kind === 'value' ? parsed.value : undefined
    const field = declarationOf(type).fields[info.key]
    const fits = value !== undefined && (field?.kind !== 'scalar' || v.is(field.schema, value))
    if (fits) return value
    if (info.key === 'category' && type === 'product' && context.makesCategories) {
      draft.category = oneLine(cell).slice(0, 200)
      return undefined
    }
    const isLong = info.kind === 'text' || info.kind === 'longText'
    problem(isLong ? 'tooLong' : 'field', column, cell)
    return undefined
  }

  for (const { target, info } of columns) {
    const found = single.get(target)
    if (!info || !found) continue
    const isTitle = info.key === title
    const value = fieldIn(info, isTitle ? oneLine(found.value) : found.value, found.column)
    if (isTitle) draft.name = String(value ?? found.value.slice(0, limits.name))
    else if (info.key === 'lossReason') {
      if (value !== undefined) draft.reason = String(value)
    } else if (value !== undefined) draft.values[info.key] = value
  }
  if (title) {
    draft.values[title] = draft.name
    if (draft.name === '') problems.push({ code: 'title', column: -1, value: '' })
  }

  const moment = (target: WorkTarget): Moment | undefined => {
    const found = single.get(target)
    if (!found) return undefined
    const time = target === 'due' || target === 'at' ? single.get('time')?.value : undefined
    const at = parseMoment(found.value, time ?? '', names.today)
    if (at) return at
    problem('field', found.column, found.value)
    return undefined
  }

  linkContacts(context, single, listed, draft, problem)

  const responsible = single.get('responsible')
  if (responsible && isNobody(responsible.value)) draft.responsible = null
  else if (responsible) {
    const who = employee(responsible.value, responsible.column)
    if (who) draft.responsible = who
  }
  for (const { value, column } of texts('members'))
    for (const name of splitCell(value, /[,;]/)) {
      const id = employee(name, column)
      if (id) draft.sets.members = [...new Set([...(draft.sets.members ?? []), id])]
    }
  for (const { value, column } of texts('tags'))
    for (const tag of splitTags(value))
      if (tag.length > limits.tag) problem('tooLong', column, tag)
      else if (!draft.tags.includes(tag)) draft.tags.push(tag)
  const createdAt = moment('createdAt')
  if (createdAt) draft.createdAt = localMoment(createdAt)
  const id = single.get('id')
  if (id) draft.id = id.value

  const line =
    type === 'interest' &&
    lineIn(
      {
        text: (name) => single.get(`line.${name}`)?.value,
        has: (name) => mapping.includes(`line.${name}`),
        currency: named.currency,
        money: (cell) => {
          const parsed = fieldOf(priceInfo, cell, named)
          return parsed.kind === 'value' ? (parsed.value as Money | undefined) : undefined // of its kind
        },
        wrong: (name) => {
          const cell = single.get(`line.${name}`)
          if (cell) problem('field', cell.column, cell.value)
        },
      },
      context.catalogue,
    )
  if (line) {
    draft.line = line
    // What all lines make together, which the table repeats, is no amount of its own.
    if (draft.values.amountBy !== 'manual') {
      delete draft.values.amount
      delete draft.values.amountBy
    }
  }

  if (type === 'interest') placeInto(context, single, draft, problems, problem, moment('since'))
  if (type === 'task') {
    const due = moment('due')
    if (due) draft.due = due
    for (const name of ['duration', 'remind'] as const) {
      const cell = single.get(name)
      const minutes = cell && parseNumber(cell.value)
      const { schema } = declarationOf('task').fields[name] as { schema: v.GenericSchema } // scalars
      if (cell && v.is(schema, minutes)) draft.values[name] = minutes
      else if (cell) problem('field', cell.column, cell.value)
    }
    const done = single.get('done')
    if (done) {
      const at = parseMoment(done.value, '', names.today)
      if (closedWords.test(plain(done.value))) draft.done = {}
      else if (at) draft.done = { at: localMoment(at) }
      else if (!openWords.test(plain(done.value))) problem('field', done.column, done.value)
    }
  }
  if (type === 'interaction') {
    const at = moment('at')
    if (at) draft.values.at = localMoment(at)
    else problems.push({ code: 'noDay', column: -1, value: '' })
    draft.values.kind ??= entryId('interactionKind', 'note')
    if (draft.client === undefined && draft.person === undefined)
      problems.push({ code: 'noContact', column: -1, value: '' })
  }

  const noted = texts('note')
  const several = noted.length > 1
  draft.note = [
    ...noted.map(({ value, column }) => (several ? `${headings[column] ?? ''}: ${value}` : value)),
    ...kept,
  ].join('\n')
  if (draft.note.length > noteLimits[type]) {
    problems.push({ code: 'tooLong', column: noted[0]?.column ?? -1, value: '' })
    draft.note = draft.note.slice(0, noteLimits[type])
  }
  return { draft, problems }
}

/** As the choices of the field are called; what is no rate stays and is refused. */
const vatWords = (cell: string): string => {
  const rate = vatOf(cell)
  return rate ? vatRates[rate].ru : cell
}

const priceInfo: FieldInfo = {
  key: 'price',
  kind: 'money',
  label: { ru: '', en: '' },
  required: false,
  writable: true,
}

const signs: Readonly<Record<string, string>> = { '₽': 'RUB', $: 'USD', '€': 'EUR', '¥': 'CNY' }

/** By code, sign, or the name of an entry of the directory. */
const currencyOf = (cell: string | undefined, { entries }: Names): string | undefined => {
  if (!cell) return undefined
  const text = plain(cell).replace(/\.$/, '')
  if (/^[a-z]{3}$/.test(text)) return text.toUpperCase()
  if (/^руб|^рос.* руб/.test(text)) return 'RUB'
  for (const { directory, name, code } of entries.values())
    if (directory === 'currency' && plain(name) === text) return code
  return signs[text]
}

type Cells = ReadonlyMap<WorkTarget, { value: string; column: number }>
type Say = (code: ProblemCode, column: number, value: string) => void

const linkContacts = (
  { type, contacts, interests }: WorkContext,
  single: Cells,
  listed: ReadonlyMap<WorkTarget, readonly { value: string; column: number }[]>,
  draft: WorkDraft,
  problem: Say,
): void => {
  const value = (target: WorkTarget) => single.get(target)?.value
  const all = (target: WorkTarget) => listed.get(target) ?? []
  const phones = all('phone').flatMap((cell) =>
    splitPhones(cell.value).flatMap((typed) => {
      const { value: number, code } = phoneOf(typed)
      if (code) problem(code, cell.column, typed)
      return code ? [] : [number]
    }),
  )
  const emails = all('email').flatMap((cell) =>
    splitEmails(cell.value).flatMap((typed) => normaliseEmail(typed) ?? []),
  )
  const clientId = value('client.id')
  const inn = value('client.inn')?.replace(/\s/g, '')
  const name = value('client')
  const ways = { phones, emails }
  const saysWho = Boolean(clientId ?? inn ?? name) || phones.length + emails.length > 0
  const client: FoundContact = saysWho
    ? contacts.find('client', {
        ...(clientId && { id: clientId.toLowerCase() }),
        ...(inn && { inn }),
        ...(name && { name }),
        ...ways,
      })
    : { kind: 'none' }
  if (client.kind === 'one') draft.client = client.id

  const personId = value('person.id')
  const personName = value('person')
  const findPerson = (called: string | undefined) =>
    contacts.find(
      'person',
      {
        ...(personId && { id: personId.toLowerCase() }),
        ...(called && { name: called }),
        ...(called || draft.client === undefined ? ways : { phones: [], emails: [] }),
      },
      draft.client,
    )
  // Who is named as a client may be known as somebody's contact person.
  const person = findPerson(personName ?? (draft.client === undefined ? name : undefined))
  if (person.kind === 'one') {
    draft.person = person.id
    const owner = contacts.clientOf(person.id)
    if (owner) draft.client ??= owner
  }
  const said =
    single.get('client') ?? single.get('client.inn') ?? all('phone')[0] ?? all('email')[0]
  if (said && draft.client === undefined && draft.person === undefined)
    problem(client.kind === 'several' ? 'clients' : 'client', said.column, said.value)
  const personCell = single.get('person')
  if (personCell && draft.person === undefined)
    problem(person.kind === 'several' ? 'clients' : 'client', personCell.column, personCell.value)

  for (const cell of all('persons'))
    for (const each of splitCell(cell.value, /[,;\n]/)) {
      const found = contacts.find('person', { name: each, phones: [], emails: [] }, draft.client)
      if (found.kind === 'one')
        draft.sets.persons = [...new Set([...(draft.sets.persons ?? []), found.id])]
      else problem('client', cell.column, each)
    }
  const interest = single.get('interest')
  const interestId = value('interest.id')?.toLowerCase()
  if (type !== 'task' || (!interest && !interestId)) return
  const found =
    (interestId && interests.get(`id:${interestId}`)) ||
    (interest &&
      (interests.get(`${draft.client ?? ''} ${plain(interest.value)}`) ??
        interests.get(plain(interest.value))))
  if (found) draft.interest = found
  else if (interest) problem('client', interest.column, interest.value)
}

const placeInto = (
  { scenarios, scenario: usual }: WorkContext,
  single: Cells,
  draft: WorkDraft,
  problems: Problem[],
  problem: Say,
  since: Moment | undefined,
): void => {
  const scenarioCell = single.get('scenario')
  const said = scenarioCell && scenarioNamed(scenarios, scenarioCell.value)
  if (scenarioCell && !said) problem('field', scenarioCell.column, scenarioCell.value)
  const scenario = said ?? usual
  const cell = single.get('stage')
  const found = cell && scenario && placeOf(cell.value, scenario, said ? [said] : scenarios)
  if (cell && !found) problem('stage', cell.column, cell.value)
  const place = found || (scenario && firstPlace(scenario))
  if (!place) {
    problems.push({ code: 'noStage', column: -1, value: '' })
    return
  }
  draft.place = place
  draft.isPlaceNamed = Boolean(found)
  if (since) draft.since = localMoment(since)
  const { stage } = place
  if (stage.kind === 'lost' && !draft.reason && place.scenario.reasonRequired)
    problems.push({ code: 'noReason', column: -1, value: '' })
}
