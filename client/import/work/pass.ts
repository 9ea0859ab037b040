/**
 * A pass over a file of Interests, tasks or events by hand (F41): for each row which record it is about
 * and what loading it does. As the pass over contacts (`../pass.ts`), it is made by the check and by the
 * load alike.
 */
import { sameValue } from '../../../shared/equality.ts'
import { derivedId } from '../../../shared/ids.ts'
import type { Part } from '../../../shared/records/declaration.ts'
import type { FieldRow } from '../../../shared/records/field.ts'
import type { InterestLine } from '../../../shared/records/interest.ts'
import type { ReplicaBase, StoredRow } from '../../replica/tables.ts'
import type { Write } from '../../replica/writes.ts'
import { plain } from '../cells.ts'
import { type FieldDefaults, withDefaults } from '../defaults.ts'
import { loadedBefore } from '../loaded-before.ts'
import { createMains } from '../mains.ts'
import { type Pass, pagesOf, type RowResult } from '../pass.ts'
import {
  createPatch,
  type Mode,
  outcomeOf,
  patched,
  rowOf,
  type Stamp,
  type Wanted,
  type WorkType,
} from '../plan.ts'
import type { TableRow } from '../read/table.ts'
import { tagsOf } from '../tags.ts'
import { isWarning, type Problem } from '../values.ts'
import { isOfLine, workColumnsOf } from './columns.ts'
import { type ContactRecord, Contacts } from './contacts.ts'
import { KnownWork, keyOf } from './known.ts'
import { Catalogue, JoinedLines } from './lines.ts'
import { moveTo } from './stages.ts'
import { hopeless, type WorkContext, type WorkDraft, workValuesOf } from './values.ts'

/** Chosen for all rows (F41); what a row says itself goes before. */
export interface WorkDefaults {
  responsible: string
  /** Id of the scenario into which Interests go. */
  scenario: string
  tags: string[]
  /** Open to the people of the record only. */
  restricted: boolean
}

export interface WorkOptions {
  content: WorkType
  mapping: WorkContext['mapping']
  mode: Mode
  defaults: WorkDefaults
  /** Rows with mistakes are loaded, too, with what is wrong in the text of the record. */
  withMistakes: boolean
  stamp: Stamp
  /** Id of who loads. */
  by: string
}

export interface WorkPassOptions
  extends WorkOptions,
    Pick<WorkContext, 'headings' | 'employees' | 'names'> {
  headerText: string
  /** Only a load has them. */
  fieldDefaults?: FieldDefaults
  /** Definitions of the fields of one's own that who loads may see. */
  definitions: readonly FieldRow[]
}

type Row = Record<string, unknown> & { id: string }

/** Fields that name a client or a contact person. */
const linkFields = ['client', 'person', 'contact'] as const

export const startWorkPass = async (
  base: ReplicaBase,
  options: WorkPassOptions,
  onProgress: (known: number) => void,
): Promise<Pass> => {
  const { content: type, mode, stamp, definitions, headerText } = options
  const contacts = new Contacts()
  const interests = new Map<string, string | null>()
  const known = new KnownWork(type, headerText)
  const before = loadedBefore(stamp.id)
  /** Made by this import: what further rows say of them is no change of somebody's record. */
  const own = new Set<string>()
  /** Made or changed by it before it was interrupted. */
  const touchedBefore = new Set<string>()
  /** Records as this file leaves them so far. */
  const touched = new Map<string, Row>()
  let count = 0
  const each = async <T extends 'client' | 'person' | WorkType>(
    table: T,
    see: (row: StoredRow<T>) => void,
  ) => {
    for await (const rows of pagesOf<StoredRow<T>>(base, table)) {
      for (const row of rows) if (row.deletedAt === undefined) see(row)
      count += rows.length
      onProgress(count)
    }
  }
  const mains = createMains<ContactRecord>()
  /** Names of clients and persons in the row are those of their main records. */
  const ofMains = <T extends object>(row: T): T => {
    const links: Record<string, string> = {}
    for (const name of linkFields) {
      const id = (row as Record<string, unknown>)[name] // where the type has it
      if (typeof id === 'string') links[name] = mains.of(id)
    }
    return { ...row, ...links }
  }
  if (type !== 'product')
    for (const table of ['client', 'person'] as const) {
      await each(table, (row) => {
        if (!mains.take(row)) contacts.add(table, ofMains(row))
      })
      for (const { row, main } of mains.merged()) contacts.add(table, row, main)
    }
  if (type === 'task')
    await each('interest', (interest) => {
      const row = ofMains(interest)
      for (const key of [`${row.client ?? ''} ${plain(row.name)}`, plain(row.name)])
        interests.set(key, interests.has(key) ? null : row.id)
      for (const id of [row.id, ...row.imports.flatMap(({ from }) => from ?? [])])
        interests.set(`id:${id}`, row.id)
    })
  await each(type, (row) => {
    known.add(row.id, ofMains(row))
    before.add(row)
    if (before.created.has(row.id)) own.add(row.id)
    if (row.imports.some(({ id }) => id === stamp.id)) touchedBefore.add(row.id)
  })
  const catalogue = new Catalogue()
  const hasLines = options.mapping.some((target) => target !== null && isOfLine(target))
  if (type === 'interest' && hasLines) await each('product', (row) => catalogue.add(row))
  const tags = tagsOf(await base.directory.where('directory').equals('tag').toArray())
  const scenarios = await base.scenario.toArray()
  const context: WorkContext = {
    ...options,
    type,
    columns: workColumnsOf(type, definitions),
    contacts,
    interests,
    catalogue,
    scenarios,
    makesCategories: (await base.employee.get(options.by))?.role === 'administrator',
    scenario: scenarios.find(({ id }) => id === options.defaults.scenario) ?? scenarios[0],
  }

  const idOfRow = (line: number): string => derivedId('import', stamp.id, String(line), type)
  const joined = new JoinedLines()
  /** Interests of the rows before, where rows say lines. */
  const begun = new Map<string, { id: string; from: string }>()
  /** Those that had lines before this file: to fill what is empty adds none. */
  const filled = new Set<string>()

  /** With the line that the row says. */
  const withLine = (
    wanted: Wanted,
    id: string,
    row: Row | null,
    { line }: WorkDraft,
    at: number,
  ): Wanted => {
    if (!line || (mode === 'fill' && filled.has(id))) return wanted
    const lines = (row?.lines ?? []) as Part<InterestLine>[] // of an Interest
    const part = joined.partOf(id, lines, line, [stamp.id, String(at)])
    return { ...wanted, parts: { ...wanted.parts, lines: part } }
  }

  const resultOf = (
    line: number,
    { draft, problems }: { draft: WorkDraft; problems: Problem[] },
    match: string | null,
    from: string,
  ): RowResult => {
    const row = match === null ? undefined : touched.get(match)
    const id = idOfRow(line)
    if (match !== null && row) {
      const wanted = wantedWork(draft, row, options, contacts, from)
      const asked = withLine(withTagIds(wanted), match, row, draft, line)
      const outcome = outcomeOf(type, row, asked, own.has(match) ? 'overwrite' : mode, stamp)
      const found = { type, id: match, name: draft.name, key: `id:${match}` as const }
      if (outcome.kind !== 'change')
        return {
          line,
          outcome: before.told(match, id, outcome).kind,
          problems,
          writes: [],
          found,
          ...(outcome.kind === 'skip' && { changed: outcome.changed }),
        }
      touched.set(match, { ...patched(row, outcome.patch), id: match })
      const { changed, patch } = outcome
      const writes = [...entriesFor(draft, row), { type, id: match, patch }]
      const told = before.told(match, id, outcome).kind
      return { line, outcome: told, problems, writes, found, changed }
    }
    if (before.created.has(id)) return { line, outcome: 'create', problems, writes: [] }
    const wanted = wantedWork(draft, null, options, contacts, from)
    const asked = withLine(withTagIds(wanted), id, null, draft, line)
    const whole = draft.id ? asked : withDefaults(type, asked, options.fieldDefaults)
    const patch = createPatch(type, whole, stamp)
    const made = { ...rowOf(patch, asked), id }
    touched.set(id, made)
    known.add(id, made)
    known.take(id)
    own.add(id)
    const writes = [...entriesFor(draft, null), { type, id, patch }]
    return { line, outcome: 'create', problems, writes }
  }

  const categories = new Set<string>()
  /** What a record names and the directories lack, made with the first row that names it. */
  const entriesFor = (draft: WorkDraft, row: Row | null): Write[] => {
    const { category } = draft
    const made = tags.missing(tagsIn(draft, row))
    if (category === undefined || categories.has(categoryId(category))) return made
    const id = categoryId(category)
    categories.add(id)
    const patch = { directory: 'productCategory', name: category, deletedAt: null, deletedBy: null }
    return [...made, { type: 'directory', id, patch }]
  }

  const tagsIn = ({ tags: named }: WorkDraft, row: Row | null): string[] =>
    type === 'interest' ? [...named, ...(row ? [] : options.defaults.tags)] : []

  /** Records name tags by their entries in the directory. */
  const withTagIds = (wanted: Wanted): Wanted =>
    wanted.sets.tags
      ? { ...wanted, sets: { ...wanted.sets, tags: tags.idsOf(wanted.sets.tags) } }
      : wanted

  const next = async (rows: readonly TableRow[]): Promise<RowResult[]> => {
    const drafts = rows.map(({ line, cells }) => {
      const values = workValuesOf(cells, context)
      const mistakes = values.problems.filter((problem) => !isWarning(problem))
      const isLoaded = options.withMistakes
        ? !mistakes.some(({ code }) => hopeless.has(code))
        : mistakes.length === 0
      if (!isLoaded) return { line, values, isLoaded, match: null, from: '' }
      const key = keyRow(values.draft)
      // Rows of one Interest by its number, or by its name and client.
      const whose = type === 'interest' && hasLines && (values.draft.id ?? keyOf(type, key))
      const before = whose === false ? undefined : begun.get(whose)
      if (before) return { line, values, isLoaded, match: before.id, from: before.from }
      const source = known.sourceOf(key, values.draft.id)
      const match = mode === 'anyway' ? null : known.find(key, source)
      const { from } = source
      if (whose !== false) begun.set(whose, { id: match ?? idOfRow(line), from })
      return { line, values, isLoaded, match, from }
    })
    const missing = drafts.flatMap(({ match }) => (match && !touched.has(match) ? [match] : []))
    for (const row of await base.table<Row, string>(type).bulkGet(missing))
      if (row) {
        touched.set(row.id, ofMains(row))
        const isFilled = Array.isArray(row.lines) && row.lines.length > 0
        if (isFilled && !touchedBefore.has(row.id)) filled.add(row.id)
      }
    return drafts.map(({ line, values, isLoaded, match, from }): RowResult => {
      const { problems } = values
      if (!isLoaded) return { line, outcome: 'mistake', problems, writes: [] }
      return resultOf(line, values, match, from)
    })
  }

  return { next, end: () => [], nameOf: (id) => tags.made.get(id) }
}

/** What `keyOf` asks of a record, of one that is not made yet. */
const keyRow = ({ values, client, person, interest, due, note }: WorkDraft) => ({
  ...values,
  client,
  person,
  interest,
  contact: client ?? person,
  due: due?.at,
  text: note,
})

/** Two files that name a category make one. */
const categoryId = (name: string): string => derivedId('directory', 'productCategory', plain(name))

/** A table holds moments to the second. */
const sameSecond = (kept: unknown, said: unknown): boolean =>
  typeof kept === 'number' &&
  typeof said === 'number' &&
  Math.floor(kept / 1000) === Math.floor(said / 1000)

/** A deal that was over before is not over today: by the day that it was expected to close, or began. */
const closedBefore = ({ values, createdAt }: WorkDraft, stamp: Stamp): number => {
  const [year = 0, month = 1, day = 1] = String(values.closeDate ?? '')
    .split('-')
    .map(Number)
  const closed = year > 0 ? new Date(year, month - 1, day).getTime() : stamp.at
  return closed < stamp.at ? closed : (createdAt ?? stamp.at)
}

/**
 * Whether the amount and the lines part ways: another amount than that of the lines that are there, or
 * lines filled in beside an amount that stays.
 */
const isAmountApart = (row: Row, { line, values }: WorkDraft, mode: Mode): boolean => {
  if (row.amountBy !== undefined) return false
  const isByLines = Array.isArray(row.lines) && row.lines.length > 0
  if (isByLines)
    return mode !== 'fill' && values.amount !== undefined && !sameValue(row.amount, values.amount)
  return mode === 'fill' && line !== undefined && row.amount !== undefined
}

/** `row`: as it is, or null where it is to be made. */
const wantedWork = (
  draft: WorkDraft,
  row: Row | null,
  { content: type, mode, defaults, stamp, by }: WorkOptions,
  contacts: Contacts,
  from: string,
): Wanted => {
  const { client, person, interest, responsible, due } = draft
  const isContact = type === 'interaction'
  const values: Wanted['values'] = {
    ...draft.values,
    ...(!isContact && client && { client }),
    ...(!isContact && person && { person }),
    ...(interest && { interest }),
    ...(responsible && { responsible }),
  }
  const sets = { ...draft.sets }
  if (sameSecond(row?.at, values.at)) delete values.at
  const wanted: Wanted = { values, lists: {}, sets, from, ...(draft.note && { note: draft.note }) }
  if (type === 'product') {
    if (draft.category !== undefined) values.category = categoryId(draft.category)
    // As the row says it where nobody did, so that an undo finds the product untouched.
    if (row === null) values.active ??= true
    if (row === null && draft.createdAt !== undefined) values.createdAt = draft.createdAt
    return wanted
  }
  if (isContact) {
    const contact = client ?? person
    if (row === null && contact) {
      values.contact = contact
      values.contactType = client ? 'client' : 'person'
      // Who may read and change the contact may do so with the event; the relay keeps it so.
      Object.assign(values, contacts.accessOf(contact))
    }
    const all = [...new Set([...(client && person ? [person] : []), ...(sets.persons ?? [])])]
    if (all.length > 0) sets.persons = all
    return wanted
  }
  if (row === null) {
    if (responsible !== null || type === 'task') values.responsible ??= defaults.responsible
    if (defaults.restricted) values.restricted ??= true
    if (draft.createdAt !== undefined) values.createdAt = draft.createdAt
  }
  if (type === 'interest') {
    sets.tags = [...new Set([...draft.tags, ...(row === null ? defaults.tags : [])])]
    if (row && isAmountApart(row, draft, mode)) values.amountBy ??= 'manual'
    const now = row?.position as Parameters<typeof moveTo>[2] // the field of an Interest's row
    // A stage that the file does not name is where a new one begins.
    if (draft.place && (now === undefined || (draft.isPlaceNamed && mode !== 'fill'))) {
      const { place, reason } = draft
      const at =
        draft.since ?? (place.stage.kind === 'open' ? stamp.at : closedBefore(draft, stamp))
      const move = moveTo(place, { at, by, ...(reason && { reason }) }, now)
      Object.assign(values, move.values)
      if (move.parts) wanted.parts = move.parts
    }
    return wanted
  }
  if (row === null) values.kind ??= 'task'
  if (due && (row?.due === undefined || mode !== 'fill') && !sameSecond(row?.due, due.at)) {
    values.due = due.at
    if (due.allDay) values.allDay = true
    else if (row?.allDay) values.allDay = false
  }
  const done = row?.done as { at: number; by: string } | undefined // the field of a task's row
  if (draft.done && (!done || (draft.done.at !== undefined && !sameSecond(done.at, draft.done.at))))
    values.done = { at: draft.done.at ?? draft.createdAt ?? stamp.at, by: done?.by ?? by }
  return wanted
}
