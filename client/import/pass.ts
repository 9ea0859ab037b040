/**
 * One pass over the rows of a file: for each what it says, which record it is about and what loading
 * it does. The check makes a pass and shows it; the load makes one and writes it. Both see the rows
 * above: what an earlier row creates or changes, a later one finds.
 */
import { derivedId } from '../../shared/ids.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import type { Write } from '../replica/writes.ts'
import { type FieldDefaults, withDefaults } from './defaults.ts'
import { type Key, type KeyedRecord, KeyIndex, type Match } from './key-index.ts'
import { loadedBefore } from './loaded-before.ts'
import { createMains } from './mains.ts'
import {
  type Changed,
  type Contact,
  createPatch,
  type ImportedType,
  type Mode,
  type Outcome,
  outcomeOf,
  patched,
  rowOf,
  type Stamp,
  type Wanted,
} from './plan.ts'
import type { TableRow } from './read/table.ts'
import { createReferences, type Late } from './references.ts'
import { segmentsOf } from './segments.ts'
import { tagsOf } from './tags.ts'
import {
  type ClientDraft,
  isWarning,
  type PersonDraft,
  type Problem,
  type ValueOptions,
  valuesOf,
} from './values.ts'
import { type Defaults, wantedClient, wantedPerson } from './wanted.ts'

export interface PassOptions extends Omit<ValueOptions, 'byRule'> {
  mode: Mode
  defaults: Defaults
  /** Rows with mistakes are loaded, too, with what is wrong in the note. */
  withMistakes: boolean
  stamp: Stamp
  /** Only a load has them: the check shows what the file says. */
  fieldDefaults?: FieldDefaults
  /** Who loads. */
  by: string
  /** Their id, if they must be among the managers; null for an administrator. */
  self: string | null
}

export type RowOutcome = 'create' | 'change' | 'same' | 'skip' | 'mistake'

export interface Found {
  type: ImportedType
  id: string
  name: string
  key: Key
  /** The row of this file that creates it; undefined: it is in the base. */
  line?: number
}

export interface RowResult {
  line: number
  outcome: RowOutcome
  problems: Problem[]
  /** The record that the row is about, where there is one already. */
  found?: Found
  /** What of it differs. */
  changed?: Changed
  writes: Write[]
}

type Row = Record<string, unknown> & { id: string; name: string }

/** One record of a row: which one it is, and what loading the row does to it. */
interface Taken {
  id: string
  outcome: Outcome
  found?: Found
}

/** Rows read from the base at once while the index is built. */
const page = 2_000

export interface Pass {
  /** Rows of the file in their order, some at a time. */
  next: (rows: readonly TableRow[]) => Promise<RowResult[]>
  /** After all rows: what they say of rows further down. */
  end: () => Late[]
  /** What a tag or a segment is called that loading makes; undefined of any other. */
  nameOf: (id: string) => string | undefined
}

export const startPass = async (
  base: ReplicaBase,
  options: PassOptions,
  onProgress: (known: number) => void = () => {},
): Promise<Pass> => {
  const index = { client: new KeyIndex(), person: new KeyIndex() }
  /** Records as this file leaves them so far. */
  const touched = { client: new Map<string, Row>(), person: new Map<string, Row>() }
  const lines = new Map<string, number>()
  /** Rows above spoke of them: a row further down adds, and overwrites nothing that the file says. */
  const spokenOf = new Set<string>()
  /** Source id of the row that spoke of a record: rows of two sources are two records. */
  const claimed = new Map<string, string>()
  const before = loadedBefore(options.stamp.id)
  const references = createReferences()
  const mains = createMains<KeyedRecord>()
  /** A person belongs to the main record of their client. */
  const ofMain = <T extends object>(row: T): T =>
    'client' in row && typeof row.client === 'string'
      ? { ...row, client: mains.of(row.client) }
      : { ...row }
  const keyed = (type: Contact, row: StoredRow<'client'> & { client?: string }): KeyedRecord =>
    type === 'person' ? ofMain({ ...row, client: row.client ?? '' }) : row
  let known = 0
  for (const type of ['client', 'person'] as const) {
    for await (const rows of pagesOf<StoredRow<'client'> & { client?: string }>(base, type)) {
      for (const row of rows) {
        before.add(row)
        if (row.deletedAt !== undefined || mains.take(keyed(type, row))) continue
        index[type].add(keyed(type, row))
        if (type === 'client') references.know(row)
      }
      known += rows.length
      onProgress(known)
    }
    for (const { row, main } of mains.merged())
      if (index[type].has(main)) {
        index[type].add(row, main)
        if (type === 'client') references.know({ id: main, name: row.name })
      }
  }

  const tags = tagsOf(await base.directory.where('directory').equals('tag').toArray())

  const { mode, defaults, stamp, by, self } = options
  const segments = segmentsOf(await base.clientSegment.toArray(), stamp.id, by)
  const { byRule } = segments

  /** What the cards name by ids and this base lacks, to be made with the first row that names it. */
  const missing = ({ sets }: Wanted): Write[] => [
    ...tags.missing(sets.tags ?? []),
    ...segments.missing(sets.segments ?? []),
  ]

  /** What to write for one record, and its id from here on. */
  const take = (
    type: Contact,
    match: Match | null,
    line: number,
    wanted: (isNew: boolean) => Wanted,
    writes: Write[],
    sourceId: string | undefined,
  ): Taken => {
    const ownId = derivedId('import', stamp.id, String(line), type)
    const other = match && sourceId && claimed.get(match.id)
    // Its own id is said: two that were made one since the table was written.
    const isOwn = match?.key.startsWith('id:') === true
    const row =
      match && (!other || other === sourceId || isOwn) ? touched[type].get(match.id) : undefined
    if (match && row) {
      if (sourceId) claimed.set(row.id, sourceId)
      const own = spokenOf.has(row.id) && mode === 'overwrite' ? 'fill' : mode
      const asked = wanted(false)
      const asks = outcomeOf(type, row, withIds(asked, row), own, stamp)
      const outcome = before.told(row.id, ownId, asks)
      spokenOf.add(row.id)
      if (asks.kind === 'change') {
        writes.push(...missing(asked), { type, id: row.id, patch: asks.patch })
        touch(type, { ...patched(row, asks.patch), id: row.id, name: row.name })
      }
      const above = lines.get(row.id)
      const found: Found = { type, id: row.id, name: row.name, key: match.key }
      return { id: row.id, outcome, found: above === undefined ? found : { ...found, line: above } }
    }
    const id = ownId
    if (before.created.has(id)) return { id, outcome: { kind: 'create', patch: {} } }
    const asked = wanted(true)
    const whole = asked.from ? asked : withDefaults(type, asked, options.fieldDefaults)
    const patch = createPatch(type, withIds(whole), stamp)
    writes.push(...missing(asked), { type, id, patch })
    lines.set(id, line)
    spokenOf.add(id)
    if (sourceId) claimed.set(id, sourceId)
    touch(type, { ...rowOf(patch, asked), id, name: String(patch.name) })
    return { id, outcome: { kind: 'create', patch } }
  }

  /** Cards name tags by their entries in the directory, segments by their records. */
  const withIds = (wanted: Wanted, row?: Row): Wanted => {
    const held = (row?.segments ?? []) as string[] // a set is a list of strings
    return {
      ...wanted,
      sets: {
        tags: tags.idsOf(wanted.sets.tags ?? []),
        segments: segments.idsOf(wanted.sets.segments ?? [], held),
      },
    }
  }

  const touch = (type: Contact, row: Row) => {
    touched[type].set(row.id, row)
    if (type === 'client') references.know(row)
    index[type].add(row as unknown as StoredRow<'client'>) // made by `createPatch`, or read
  }

  const given: ValueOptions = { ...options, byRule }

  const next = async (rows: readonly TableRow[]): Promise<RowResult[]> => {
    const drafts = rows.map(({ line, cells }) => ({ line, ...valuesOf(cells, given) }))
    // What rows of the base could be meant is read at once; what this file creates is known.
    const wantedIds = { client: new Set<string>(), person: new Set<string>() }
    for (const { client, person } of drafts) {
      const match = client && index.client.find(client)
      if (match) wantedIds.client.add(match.id)
      const of = person && index.person.find({ ...person, client: match?.id ?? '' })
      if (of) wantedIds.person.add(of.id)
    }
    await Promise.all([
      fetchRows('client', wantedIds.client),
      fetchRows('person', wantedIds.person),
    ])

    return drafts.map(({ line, client, person, problems }): RowResult => {
      const mistakes = problems.filter((problem) => !isWarning(problem))
      const isHopeless = mistakes.some(({ code }) => code === 'name')
      if (isHopeless || (mistakes.length > 0 && !options.withMistakes))
        return { line, outcome: 'mistake', problems, writes: [] }
      const writes: Write[] = []
      const parts: Taken[] = []
      const owner = client && takeClient(client, person, line, writes)
      if (owner) parts.push(owner)
      if (person) parts.push(takePerson(person, owner?.id ?? null, line, writes))
      return resultOf(line, problems, writes, parts)
    })
  }

  const takeClient = (
    client: ClientDraft,
    person: PersonDraft | null,
    line: number,
    writes: Write[],
  ): Taken => {
    // Everything is created; but people of one firm do not each get a firm of their own.
    const isContext = mode === 'anyway' && person !== null
    const clientMatch = mode === 'anyway' && !isContext ? null : index.client.find(client)
    const isOwn = clientMatch !== null && lines.has(clientMatch.id)
    // Asked before the row itself is known: then it waits for itself, too.
    const named = references.found(client.references)
    const taken = take(
      'client',
      mode !== 'anyway' || isOwn ? present('client', clientMatch) : null,
      line,
      (isNew) => withValues(wantedClient(client, defaults, { isNew, self }), named.values),
      writes,
      client.sourceId,
    )
    references.wait('client', taken.id, line, named.missing)
    return taken
  }

  const takePerson = (
    person: PersonDraft,
    client: string | null,
    line: number,
    writes: Write[],
  ): Taken => {
    const owner = client === null ? null : { ...touched.client.get(client), id: client }
    const match = mode === 'anyway' ? null : index.person.find({ ...person, client: client ?? '' })
    const named = references.found(person.references)
    const taken = take(
      'person',
      present('person', match),
      line,
      (isNew) => withValues(wantedPerson(person, owner, defaults, { isNew, self }), named.values),
      writes,
      person.sourceId,
    )
    references.wait('person', taken.id, line, named.missing)
    return taken
  }

  const withValues = (wanted: Wanted, values: Wanted['values']): Wanted => ({
    ...wanted,
    values: { ...wanted.values, ...values },
  })

  const end = (): Late[] =>
    references.late((type, id, wanted) => {
      const row = touched[type].get(id)
      if (!row) return null
      // What this file creates takes all of it; what was there before, as was chosen.
      const outcome = outcomeOf(type, row, wanted, lines.has(id) ? 'overwrite' : mode, stamp)
      if (outcome.kind !== 'change') return null
      touch(type, { ...patched(row, outcome.patch), id, name: row.name })
      return { type, id, patch: outcome.patch }
    }, options.headings)

  /** A record that went away since the index was built is created anew. */
  const present = (type: Contact, match: Match | null): Match | null =>
    match && touched[type].has(match.id) ? match : null

  const fetchRows = async (type: Contact, ids: ReadonlySet<string>) => {
    const missing = [...ids].filter((id) => !touched[type].has(id))
    if (missing.length === 0) return
    for (const row of await base.table<StoredRow<'client'>, string>(type).bulkGet(missing))
      if (row) touched[type].set(row.id, ofMain(row))
  }

  const nameOf = (id: string) => tags.made.get(id) ?? segments.made.get(id)

  return { next, end, nameOf }
}

export async function* pagesOf<T extends { id: string }>(base: ReplicaBase, type: ImportedType) {
  let last = ''
  for (;;) {
    const rows = await base.table<T, string>(type).where(':id').above(last).limit(page).toArray()
    const end = rows.at(-1)
    if (!end) return
    yield rows
    last = end.id
  }
}

/** A row creates if it creates anything, and so on. */
const weight = ['create', 'change', 'skip', 'same'] as const

const resultOf = (
  line: number,
  problems: Problem[],
  writes: Write[],
  parts: { outcome: Outcome; found?: Found }[],
): RowResult => {
  const outcome = weight.find((kind) => parts.some((part) => part.outcome.kind === kind)) ?? 'same'
  const chief = parts.find((part) => part.found && part.outcome.kind === outcome)
  const found = chief?.found
  const changed =
    chief?.outcome.kind === 'change' || chief?.outcome.kind === 'skip'
      ? chief.outcome.changed
      : undefined
  return { line, outcome, problems, writes, ...(found && { found }), ...(changed && { changed }) }
}
