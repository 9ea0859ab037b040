/** What loading a row does to a record, as patches. No I/O. */
import '../format/world-phones.ts'
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { isFilled, patchOf } from '../../shared/duplicates/merge.ts'
import { normaliseEmail } from '../../shared/emails.ts'
import { sameValue } from '../../shared/equality.ts'
import { fieldValue } from '../../shared/fields/fields.ts'
import { nameChanges } from '../../shared/human-names.ts'
import { newId } from '../../shared/ids.ts'
import { normalisePhone } from '../../shared/phones.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { ImportedPart } from '../../shared/records/imported.ts'
import { isNamePart } from '../../shared/records/name-parts.ts'
import { fingerprint } from './fingerprint.ts'

/** F41: what becomes of a row whose record is there already. */
export const modes = ['create', 'fill', 'overwrite', 'anyway'] as const
export type Mode = (typeof modes)[number]

export type Contact = 'client' | 'person'

/** What else a file may hold (F41): deals, tasks, events by hand, the catalogue. */
export const workTypes = ['interest', 'task', 'interaction', 'product'] as const
export type WorkType = (typeof workTypes)[number]

export type ImportedType = Contact | WorkType

/** The text of a record that takes what no field of it holds. */
const notes = {
  client: 'note',
  person: 'note',
  interest: 'description',
  task: 'description',
  interaction: 'text',
  product: 'description',
} as const satisfies Record<ImportedType, string>

/** What the file says of one record, by the names of its fields. */
export interface Wanted {
  /** Fields with one value; custom ones as `custom/<id>`. */
  values: Record<string, unknown>
  /** Lists of parts: phones, addresses … */
  lists: Record<string, object[]>
  /** Lists of ids or words that are joined: tags. */
  sets: Record<string, string[]>
  /** Parts that have ids of their own: the stages that an Interest came to. */
  parts?: Record<string, Record<string, { order: string }>>
  note?: string
  /** The record that the row was made of, see `imported.ts`. */
  from?: string
}

type Row = Readonly<Record<string, unknown>>
/** As in `imported.ts`. */
export type Changed = NonNullable<ImportedPart['set']>

export type Outcome =
  | { kind: 'create'; patch: Patch }
  | { kind: 'change'; patch: Patch; changed: Changed }
  | { kind: 'same' }
  | { kind: 'skip'; changed: Changed }

export interface Stamp {
  /** Of the import. */
  id: string
  at: number
}

export const createPatch = (type: ImportedType, wanted: Wanted, stamp: Stamp): Patch => {
  const patch: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(wanted.values))
    if (name.startsWith('custom/')) custom[name.slice('custom/'.length)] = value
    else patch[name] = Array.isArray(value) ? value.toSorted() : value // as rows have sets
  if (Object.keys(custom).length > 0) patch.custom = custom
  for (const [name, list] of Object.entries(wanted.lists)) {
    const orders = generateNKeysBetween(null, null, list.length)
    if (list.length > 0)
      patch[name] = Object.fromEntries(
        list.map((part, at) => [newId(), { ...part, order: orders[at] }]),
      )
  }
  for (const [name, items] of Object.entries(wanted.sets))
    if (items.length > 0) patch[name] = [...items].sort() // as rows have them
  Object.assign(patch, wanted.parts)
  if (wanted.note) patch[notes[type]] = wanted.note
  const created = fingerprint(type, rowOf(patch, wanted))
  const { from } = wanted
  patch.imports = { [stamp.id]: { at: stamp.at, order: 'a0', created, ...(from && { from }) } }
  return patch
}

/** A patch that creates, as the row it gives: lists in place of parts by their ids. */
export const rowOf = (
  patch: Patch,
  { lists, parts = {} }: Pick<Wanted, 'lists' | 'parts'>,
): Record<string, unknown> => ({
  ...patch,
  ...Object.fromEntries(
    [...Object.keys(lists), ...Object.keys(parts), 'imports'].map((name) => [
      name,
      Object.entries((patch[name] ?? {}) as Record<string, object>).map(([id, part]) => ({
        ...part,
        id,
      })), // parts of this patch
    ]),
  ),
})

/** What is new in the file, field by field. Lists grow and lose nothing; empty cells change nothing. */
export const changesOf = (
  type: ImportedType,
  row: Row,
  wanted: Wanted,
  overwrites: boolean,
): Changed => {
  const changed: Changed = {}
  const isContact = type === 'client' || type === 'person'
  if (isContact)
    Object.assign(changed, nameChanges(row, wanted.values, overwrites ? 'over' : 'fill'))
  for (const [name, value] of Object.entries(wanted.values)) {
    if (isContact && (name === 'name' || isNamePart(name))) continue
    const current = fieldValue({ key: name }, row)
    if (sameValue(inOrder(current), inOrder(value)) || !isFilled(value)) continue
    if (!isFilled(current) || overwrites) changed[name] = [current ?? null, value]
  }
  for (const [name, list] of Object.entries(wanted.lists)) {
    const present = partsOf(row, name)
    const keys = new Set(present.map((part) => partKey(name, part)))
    let last = present.at(-1)?.order ?? null
    for (const part of list) {
      if (keys.has(partKey(name, part))) continue
      keys.add(partKey(name, part))
      last = generateKeyBetween(last, null)
      changed[`${name}/${newId()}`] = [null, { ...part, order: last }]
    }
  }
  for (const [name, items] of Object.entries(wanted.sets)) {
    const current = (row[name] ?? []) as string[] // sets are lists of strings in the declaration
    const joined = [...new Set([...current, ...items])]
    if (joined.length > current.length) changed[name] = [row[name] ?? null, joined]
  }
  for (const [name, parts] of Object.entries(wanted.parts ?? {}))
    for (const [id, part] of Object.entries(parts)) {
      const { id: _, ...present } = partsOf(row, name).find((each) => each.id === id) ?? { id }
      if (sameValue(present, part)) continue
      changed[`${name}/${id}`] = [Object.keys(present).length > 0 ? present : null, part]
    }
  const held = row[notes[type]]
  const note = typeof held === 'string' ? held : ''
  if (wanted.note && !note.includes(wanted.note) && (note === '' || overwrites))
    changed[notes[type]] = [note || null, note === '' ? wanted.note : `${note}\n\n${wanted.note}`]
  return changed
}

/** Sets stand in no order that means anything. */
const inOrder = (value: unknown): unknown => (Array.isArray(value) ? value.toSorted() : value)

const partsOf = (row: Row, name: string): { id: string; order: string }[] =>
  (row[name] ?? []) as { id: string; order: string }[] // lists of parts are never anything else

const partKey = (name: string, part: object): string => {
  const { value, kind } = part as { value?: unknown; kind?: unknown } // all imported parts have a value
  const text = String(value ?? '')
  if (name === 'phones') return normalisePhone(text) ?? text
  if (name === 'emails') return normaliseEmail(text) ?? text
  // One address may be the legal and the postal one, one name be used in two networks.
  return `${kind ?? ''} ${text.trim().toLowerCase()}`
}

/** What loading does to a record that is there. */
export const outcomeOf = (
  type: ImportedType,
  row: Row,
  wanted: Wanted,
  mode: Mode,
  stamp: Stamp,
): Outcome => {
  const changed = changesOf(type, row, wanted, mode !== 'fill')
  if (Object.keys(changed).length === 0) return { kind: 'same' }
  if (mode === 'create') return { kind: 'skip', changed }
  const patch = patchOf(changed, 1)
  const before = partsOf(row, 'imports')
  const own = before.find(({ id }) => id === stamp.id) as // parts of `imports`
    | (ImportedPart & { id: string; order: string })
    | undefined
  const part = {
    at: stamp.at,
    ...(own?.from && { from: own.from }),
    order: own?.order ?? generateKeyBetween(before.at(-1)?.order ?? null, null),
    // A row further down that says more of a record which this import itself created.
    ...(own?.created !== undefined
      ? { created: fingerprint(type, patched(row, patch)) }
      : { set: joined(own?.set, changed) }),
  }
  return { kind: 'change', changed, patch: { ...patch, imports: { [stamp.id]: part } } }
}

/** Two changes of one import as one: what it was before the first, what it is after the last. */
const joined = (first: Changed = {}, next: Changed): Changed => ({
  ...first,
  ...Object.fromEntries(
    Object.entries(next).map(([path, [before, after]]) => [
      path,
      [path in first ? (first[path]?.[0] ?? null) : before, after] as [unknown, unknown],
    ]),
  ),
})

const isList = (value: unknown): value is { id: string }[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null)

/** The row after a patch of this file, so that a later line about the same record sees it. */
export const patched = (row: Row, patch: Patch): Record<string, unknown> => {
  const next: Record<string, unknown> = { ...row }
  for (const [name, value] of Object.entries(patch)) {
    const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (name === 'custom')
      next[name] = { ...(row[name] as object | undefined), ...(value as object) } // values by field
    else if (isPlain && (row[name] === undefined || isList(row[name]))) {
      const parts = new Map(partsOf(row, name).map((part) => [part.id, part]))
      for (const [id, part] of Object.entries(value as Record<string, { order: string }>))
        parts.set(id, { ...part, id }) // a patch of parts
      next[name] = [...parts.values()]
    } else next[name] = value
  }
  return next
}
