/**
 * Interests, tasks and events by hand as a table that the import reads back (F45), those only that this
 * user may take out. Needs no network.
 */
import Dexie from 'dexie'
import { fieldValue } from '../../shared/fields/fields.ts'
import { listWords, type Names } from '../../shared/fields/words.ts'
import { withScenarios } from '../../shared/interests/fields.ts'
import { lineSums, vatRates } from '../../shared/interests/lines.ts'
import type { Part, Row } from '../../shared/records/declaration.ts'
import { defaultCurrency, tagNames } from '../../shared/records/directory.ts'
import { seenFields } from '../../shared/records/field.ts'
import type { InterestLine } from '../../shared/records/interest.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import type { WorkType } from '../import/plan.ts'
import {
  isOfLine,
  type LineColumn,
  type SpecialColumn,
  type WorkColumn,
  workColumnsOf,
} from '../import/work/columns.ts'
import { resolveRows } from '../replica/resolve.ts'
import { type ReplicaBase, rowsOf, type StoredRow } from '../replica/tables.ts'
import { type Cell, cellOf, nobody } from './cells.ts'
import { type TableFile, type TableFormat, tableFile, withoutEmpty } from './table-file.ts'

export interface ExportedWork extends TableFile {
  count: number
  /** Seen in the list, and not this user's to take out. */
  withheld: number
}

/** Rows read at once. */
const page = 500

type Values = Readonly<Record<string, unknown>> & { id: string }

export const exportWork = async (
  base: ReplicaBase,
  type: WorkType,
  ids: readonly string[],
  subject: Subject,
  language: 'ru' | 'en',
  format: TableFormat,
  /** Of Interests: a row for each line of goods, with the Interest's own columns repeated (F46). */
  byLines = false,
): Promise<ExportedWork> => {
  const [entries, employees, definitions, scenarios] = await Promise.all([
    base.directory.toArray(),
    base.employee.toArray(),
    base.field.toArray(),
    base.scenario.toArray(),
  ])
  const known = new Map(employees.map(({ id, name }) => [id, name]))
  for (const scenario of scenarios)
    for (const { id, name } of [scenario, ...scenario.stages]) known.set(id, name)
  const names: Names = {
    language,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    records: known,
    currency: defaultCurrency(entries),
    today: new Date(),
  }
  const columns = workColumnsOf(type, seenFields(subject, definitions)).flatMap(
    (column): WorkColumn[] => {
      if (!byLines && isOfLine(column.target)) return []
      const [info] = column.info ? withScenarios([column.info], scenarios) : []
      return [info ? { ...column, info } : column]
    },
  )
  const articles = byLines ? await articlesOf(base) : new Map<string, string>()
  const rows: Cell[][] = []
  let count = 0
  for (let at = 0; at < ids.length; at += page) {
    const some = (await rowsOf(base, type).bulkGet(ids.slice(at, at + page))).flatMap(
      (row) =>
        row && mayExport(subject, type, row as unknown as Row) ? [row as unknown as Values] : [], // stored rows are of their type
    )
    await learnNames(base, subject, columns, some, known)
    count += some.length
    for (const row of some) {
      const lines = byLines ? ((row.lines ?? []) as Part<InterestLine>[]) : [] // of an Interest
      const own = columns.map((column) => cellIn(column, row, names))
      if (lines.length === 0) rows.push(own)
      for (const line of lines)
        rows.push(
          columns.map(({ target }, at) =>
            isOfLine(target) ? lineCell(target, line, articles, language) : (own[at] ?? ''),
          ),
        )
    }
  }
  const table = withoutEmpty(
    columns.map(({ label }) => label[language]),
    rows,
  )
  return {
    ...tableFile(table, format, language),
    count,
    withheld: ids.length - count,
  }
}

/** Of the products that have one. */
const articlesOf = async (base: ReplicaBase): Promise<Map<string, string>> =>
  new Map(
    (await base.product.toArray()).flatMap(({ id, article }) => (article ? [[id, article]] : [])),
  )

const lineCell = (
  target: LineColumn,
  { product, name, quantity, unit, price, currency, discount, vat, ...line }: Part<InterestLine>,
  articles: ReadonlyMap<string, string>,
  language: 'ru' | 'en',
): Cell => {
  switch (target) {
    case 'line.name':
      return name
    case 'line.article':
      return articles.get(product ?? '') ?? ''
    case 'line.quantity':
      return quantity
    case 'line.unit':
      return unit ?? ''
    case 'line.price':
      return { amount: price, currency }
    case 'line.discount':
      return discount ?? ''
    case 'line.vat':
      return vat ? vatRates[vat][language] : ''
    case 'line.sum':
      return {
        amount: lineSums({ ...line, quantity, price, currency, discount, vat }).total,
        currency,
      }
  }
}

/** Events of these clients or persons, newest first. */
export const interactionsOf = async (
  base: ReplicaBase,
  contacts: readonly string[],
): Promise<string[]> => {
  const found: StoredRow<'interaction'>[] = []
  for (let at = 0; at < contacts.length; at += page) {
    const some = new Set(contacts.slice(at, at + page))
    const rows = await base.interaction
      .where('places')
      .inAnyRange(
        [...some].map((id) => [
          [id, Dexie.minKey],
          [id, Dexie.maxKey],
        ]),
      )
      .toArray()
    // Under a person stand those, too, that are their client's.
    for (const row of rows) if (some.has(row.contact)) found.push(row)
  }
  return [...new Set(found.sort((a, b) => b.at - a.at).map(({ id }) => id))]
}

/** Names of what the rows link, as far as it may be taken out. */
const learnNames = async (
  base: ReplicaBase,
  subject: Subject,
  columns: readonly WorkColumn[],
  rows: readonly Values[],
  known: Map<string, string>,
): Promise<void> => {
  const linked = (...keys: readonly string[]): string[] => [
    ...new Set(
      rows.flatMap((row) =>
        keys.flatMap((key) => {
          const value = fieldValue({ key }, row)
          return (Array.isArray(value) ? value : [value]).filter(
            (id) => typeof id === 'string' && !known.has(id),
          )
        }),
      ),
    ),
  ]
  const own = columns.flatMap(({ info }) => (info?.kind === 'client' ? [info.key] : []))
  for (const [type, ids] of [
    ['client', linked('client', 'contact', ...own)],
    ['person', linked('person', 'contact', 'persons')],
  ] as const)
    for (const [id, row] of await resolveRows(base, type, ids))
      if (mayExport(subject, type, { ...row })) known.set(id, row.name)
  for (const row of await base.interest.bulkGet(linked('interest')))
    if (row && mayExport(subject, 'interest', { ...row })) known.set(row.id, row.name)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `22.11.2026 15:00`, with its seconds where it has any. */
const momentText = (at: unknown): string => {
  if (typeof at !== 'number') return ''
  const date = new Date(at)
  const day = `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`
  const seconds = date.getSeconds() ? `:${two(date.getSeconds())}` : ''
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}${seconds}`
}

const cellIn = ({ target, info }: WorkColumn, row: Values, names: Names): Cell => {
  // A link to what may not be taken out has no name here.
  if (info) return cellOf(info, fieldValue(info, row), names)
  const named = (...ids: unknown[]): string =>
    listWords(ids.flatMap((id) => names.records.get(String(id)) ?? []))
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  /** An event hangs on its contact, whichever of the two that is. */
  const client = row.contactType === 'client' ? row.contact : row.client
  const person = row.contactType === 'person' ? row.contact : row.person
  const id = (value: unknown): string =>
    typeof value === 'string' && names.records.has(value) ? value : ''
  switch (target as SpecialColumn) {
    case 'client':
      return names.records.get(String(client)) ?? ''
    case 'person':
      return names.records.get(String(person)) ?? ''
    case 'interest':
      return names.records.get(String(row.interest)) ?? ''
    case 'scenario':
      return names.records.get(String(row.scenario)) ?? ''
    case 'stage':
      return names.records.get(String(row.stage)) ?? ''
    case 'responsible':
      return row.responsible ? (names.records.get(String(row.responsible)) ?? '') : nobody
    case 'since':
      return momentText(row.since)
    case 'at':
      return momentText(row.at)
    case 'createdAt':
      return momentText(row.createdAt)
    case 'due':
      return row.allDay && typeof row.due === 'number'
        ? { day: new Date(row.due).toISOString().slice(0, 10) }
        : momentText(row.due)
    case 'duration':
      return typeof row.duration === 'number' ? row.duration : ''
    case 'remind':
      return typeof row.remind === 'number' ? row.remind : ''
    case 'done':
      return momentText((row.done as { at?: number } | undefined)?.at) // of a task
    case 'tags':
      return listWords(tagNames(names.entries, list(row.tags).map(String)))
    case 'members':
      return named(...list(row.members))
    case 'persons':
      return named(...list(row.persons))
    case 'note':
      return String(row.description ?? row.text ?? '')
    case 'client.id':
      return id(client)
    case 'person.id':
      return id(person)
    case 'interest.id':
      return id(row.interest)
    case 'id':
      return row.id
    // Said by the columns beside them.
    case 'line.name':
    case 'line.article':
    case 'line.quantity':
    case 'line.unit':
    case 'line.price':
    case 'line.discount':
    case 'line.vat':
    case 'line.sum':
    case 'client.inn':
    case 'phone':
    case 'email':
    case 'currency':
    case 'time':
      return ''
  }
}
