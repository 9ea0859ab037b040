/**
 * Merging two records and taking it back, as patches. No I/O.
 *
 *     the duplicate   mergedInto = main             keeps all its content
 *     the main        fields by F238, merged/<id>   says what the merge changed
 *
 * Rules (F238): lists are appended; what is empty at the main is filled from the duplicate; where both
 * are filled the main's value stays, unless the user chose otherwise field by field.
 */
import { generateKeyBetween } from 'fractional-indexing'
import { normaliseEmail } from '../emails.ts'
import { sameValue } from '../equality.ts'
import { nameChanges, partsOf, sameWords } from '../human-names.ts'
import { derivedId } from '../ids.ts'
import { normalisePhone } from '../phones.ts'
import type { AppealRow } from '../records/appeal.ts'
import type { Patch } from '../records/change.ts'
import type { ClientRow } from '../records/client.ts'
import type { Field, Part, Row } from '../records/declaration.ts'
import { declarationOf, type RecordType } from '../records/index.ts'
import type { MergedPart } from '../records/merged.ts'
import { isNamePart, nameParts } from '../records/name-parts.ts'
import type { PersonRow } from '../records/person.ts'

export const mergedTypes = ['client', 'person', 'appeal'] as const
export type MergedType = (typeof mergedTypes)[number]
export type MergedContact = ClientRow | PersonRow
export type MergedRow = MergedContact | AppealRow

export const isMergedType = (type: string): type is MergedType =>
  (mergedTypes as readonly string[]).includes(type)

export const isAppeal = (row: MergedRow): row is AppealRow => row.type === 'appeal'

/** What people call a record that can be merged: of an appeal, who wrote. */
export const nameOf = (row: MergedRow): string =>
  isAppeal(row) ? (row.who.name ?? row.who.address) : row.name

/** Of an appeal: it may not be rejected without a reason (F84). */
export const isStrict = (row: MergedRow): boolean => isAppeal(row) && row.reasonRequired === true

/**
 * Whether one record may be merged into the other, apart from rights. A strict appeal goes only into a
 * strict one: the decision about that is the decision about both.
 */
export const mayGoInto = (duplicate: MergedRow, main: MergedRow): boolean =>
  !isStrict(duplicate) || isStrict(main)

/** Field → id of the record whose value is kept, or both for a text that is joined. */
export type Choices = Readonly<Record<string, string>>
export const bothTexts = 'both'

/** What belongs to a record as such and not to whom it describes; rights are the main's alone (F239). */
const own: ReadonlySet<string> = new Set([
  'createdAt',
  'createdBy',
  'deletedAt',
  'deletedBy',
  'mergedInto',
  'merged',
  'distinct',
  'imports',
  'managers',
  'open',
  // Of an appeal: it is decided once, and the main one's decision is that of all.
  'state',
  'decision',
])

/** Fields that a merge may change, in the order of the declaration. */
export const mergedFields = (type: MergedType): [string, Field][] =>
  Object.entries(declarationOf(type).fields).filter(
    ([name, { changedBy = 'writers' }]) => !own.has(name) && changedBy === 'writers',
  )

type Value = string | number | boolean | null | object | undefined

/** Whether there is anything in a field. */
export const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)

const listOf = (row: object, name: string): Part<Record<string, unknown>>[] =>
  ((row as Record<string, unknown>)[name] ?? []) as Part<Record<string, unknown>>[] // asked of fields of parts only

/** By what two parts of a list are the same: `8 (495) …` and `+7495…` are one number. */
const partKey = (name: string, { id: _, order: __, ...value }: Part<object>): string => {
  const text = (value as { value?: unknown }).value // most lists have it; others are compared whole
  if (typeof text !== 'string') return JSON.stringify(value)
  if (name === 'phones') return normalisePhone(text) ?? text
  if (name === 'emails') return normaliseEmail(text) ?? text
  return text.trim().toLowerCase()
}

/** Values under keys of their own, one for each custom field. */
const valuesOf = (row: object, name: string): Record<string, unknown> =>
  ((row as Record<string, unknown>)[name] ?? {}) as Record<string, unknown> // asked of fields of values only

export type Changed = MergedPart['set']

/** What merging one duplicate changes of the main record, by field or `<field>/<key>`. */
const changesBy = (
  type: MergedType,
  main: Row,
  duplicate: Row,
  choices: Choices,
  into: ReadonlySet<string>,
): Changed => {
  const set: Changed = {}
  Object.assign(
    set,
    nameChanges(main, duplicate, choices.name === duplicate.id ? 'instead' : 'fill'),
  )
  for (const [name, field] of mergedFields(type)) {
    const { kind } = field
    if (name === 'name' || isNamePart(name)) continue
    if (kind === 'parts') {
      const present = new Set(listOf(main, name).map((part) => partKey(name, part)))
      let last = listOf(main, name).at(-1)?.order ?? null
      for (const part of listOf(duplicate, name)) {
        if (present.has(partKey(name, part))) continue
        present.add(partKey(name, part))
        const { id, ...value } = part
        last = generateKeyBetween(last, null)
        // Derived, so that two devices which merge the same add each part once.
        set[`${name}/${derivedId('merged', duplicate.id, id)}`] = [null, { ...value, order: last }]
      }
      continue
    }
    if (kind === 'values') {
      const mine = valuesOf(main, name)
      for (const [key, value] of Object.entries(valuesOf(duplicate, name)))
        if (choose(choices, `${name}/${key}`, mine[key], value, duplicate.id))
          set[`${name}/${key}`] = [mine[key] ?? null, value]
      continue
    }
    const [mine, theirs] = [main[name], duplicate[name]]
    if (Array.isArray(mine ?? theirs)) {
      const joined = [...new Set([...((mine ?? []) as Value[]), ...((theirs ?? []) as Value[])])] // arrays by the line above
      if (!sameValue(joined, mine ?? [])) set[name] = [mine ?? null, joined]
    } else if (choices[name] === bothTexts && kind === 'prose') {
      if (isFilled(theirs) && !String(mine ?? '').includes(String(theirs)))
        set[name] = [mine ?? null, [mine, theirs].filter(isFilled).join('\n\n')]
    } else if (choose(choices, name, mine, theirs, duplicate.id)) {
      // A record is no part of itself: the link from one of them to the other goes.
      if (typeof theirs === 'string' && into.has(theirs)) continue
      set[name] = [mine ?? null, theirs]
    }
  }
  return set
}

const choose = (
  choices: Choices,
  name: string,
  mine: unknown,
  theirs: unknown,
  duplicate: string,
): boolean => {
  if (!isFilled(theirs) || sameValue(mine, theirs)) return false
  const chosen = choices[name]
  return chosen === undefined || chosen === bothTexts ? !isFilled(mine) : chosen === duplicate
}

/** One side of each change, as a patch. */
export const patchOf = (changed: Changed, side: 0 | 1): Patch => {
  const patch: Record<string, unknown> = {}
  for (const [path, pair] of Object.entries(changed)) {
    const slash = path.indexOf('/')
    if (slash < 0) patch[path] = pair[side]
    else {
      const name = path.slice(0, slash)
      const before = (patch[name] ?? {}) as Record<string, unknown> // made by this loop
      patch[name] = { ...before, [path.slice(slash + 1)]: pair[side] }
    }
  }
  return patch
}

/** The row after a patch, as far as later duplicates are compared with it. */
const patched = (type: MergedType, row: Row, patch: Patch): Row => {
  const next: Row = { ...row }
  for (const [name, field] of mergedFields(type)) {
    if (!(name in patch)) continue
    const { kind } = field
    if (kind === 'values')
      next[name] = { ...valuesOf(row, name), ...(patch[name] as object) } // a patch of values
    else if (kind === 'parts')
      next[name] = [
        ...listOf(row, name),
        ...Object.entries(patch[name] as Record<string, object>).map(([id, part]) => ({
          ...part,
          id,
        })),
      ]
    else next[name] = patch[name]
  }
  return next
}

export interface MergeWrite {
  type: MergedType
  id: string
  patch: Patch
}

/**
 * The changes that merge `duplicates` into `main`, the main record first: the relay takes a record for
 * merged only where the main says so, too.
 */
export const mergeWrites = (
  type: MergedType,
  main: MergedRow,
  duplicates: readonly MergedRow[],
  { choices = {}, by, at }: { choices?: Choices; by: string; at: number },
): MergeWrite[] => {
  const into = new Set([main.id, ...duplicates.map(({ id }) => id)])
  let row: Row = { ...main }
  const patch: Record<string, unknown> = {}
  const merged: Record<string, unknown> = {}
  let order = listOf(main, 'merged').at(-1)?.order ?? null
  for (const duplicate of duplicates) {
    const set = changesBy(type, row, { ...duplicate }, choices, into)
    const change = patchOf(set, 1)
    for (const [name, value] of Object.entries(change)) {
      const isKeyed = ['parts', 'values'].includes(declarationOf(type).fields[name]?.kind ?? '')
      patch[name] = isKeyed
        ? { ...(patch[name] as object | undefined), ...(value as object) }
        : value // keyed by part
    }
    row = patched(type, row, change)
    order = generateKeyBetween(order, null)
    const part: MergedPart & { order: string } = { at, by, set, order }
    merged[duplicate.id] = part
  }
  return [
    { type, id: main.id, patch: { ...patch, merged } },
    ...duplicates.map(({ id }) => ({ type, id, patch: { mergedInto: main.id } })),
  ]
}

/** What takes a set of changes back, as far as nobody changed the same since: only the second of each pair counts. */
export const takenBack = (type: RecordType, row: Row, set: Changed): Changed => {
  const back: Changed = {}
  const isOfParts = declarationOf(type).composed !== undefined
  const isNameKept = isOfParts && nameIsKept(row, set)
  for (const [path, [before, after]] of Object.entries(set)) {
    const current = currentOf(row, path)
    if (isOfParts && (path === 'name' || isNamePart(path))) {
      if (isNameKept) back[path] = [null, before]
      continue
    }
    const field = declarationOf(type).fields[path.split('/', 1)[0] ?? '']
    if (!field) continue
    if (sameValue(current, after)) back[path] = [null, before]
    else if (field.kind === 'prose') {
      const rest = withoutAdded(String(current ?? ''), String(before ?? ''), String(after))
      if (rest !== null) back[path] = [null, rest]
    } else if (Array.isArray(current) && Array.isArray(after)) {
      const added = (after as Value[]).filter((one) => !((before ?? []) as Value[]).includes(one)) // lists by the line above
      back[path] = [null, (current as Value[]).filter((one) => !added.includes(one))] // a list, see above
    }
  }
  return back
}

/** The parts of a name and the whole go back together, or not at all. */
const nameIsKept = (row: Row, set: Changed): boolean => {
  const changed = nameParts.filter((part) => part in set)
  if (changed.length === 0 && Object.keys(partsOf(row)).length > 0) return false
  if (changed.some((part) => !sameValue(row[part] ?? null, set[part]?.[1] ?? null))) return false
  const name = set.name?.[1]
  if (name === undefined) return true
  // Of an entrepreneur the parts make «ИП …».
  return changed.length > 0 ? sameWords(row.name, name) : sameValue(row.name, name)
}

/** Parts of a list that a record has, or had by a merge that was undone since: id and value. */
const everHeld = (row: MergedRow, name: string): [string, object][] => [
  ...listOf(row, name).map(({ id, ...part }): [string, object] => [id, part]),
  ...(row.merged ?? []).flatMap(({ set }) =>
    Object.entries(set).flatMap(([path, [, after]]): [string, object][] =>
      path.startsWith(`${name}/`) && typeof after === 'object' && after !== null
        ? [[path.slice(name.length + 1), after]]
        : [],
    ),
  ),
]

/**
 * Parts that merging the duplicate brought to the main record, told by their derived ids. Of two devices
 * that made the same merge while apart the note of one stands, and what only the other brought (since
 * its duplicate was the main record of a further merge) is in none.
 */
const copiesOf = (type: MergedType, main: MergedRow, duplicate: MergedRow): Changed => {
  const copies: Changed = {}
  for (const [name, { kind }] of mergedFields(type)) {
    if (kind !== 'parts') continue
    const present = new Map(listOf(main, name).map(({ id, ...part }) => [id, part]))
    for (const [id, value] of everHeld(duplicate, name)) {
      const copy = derivedId('merged', duplicate.id, id)
      const part = present.get(copy)
      // The order is the main record's own.
      if (part && sameValue({ ...part, order: '' }, { ...value, order: '' }))
        copies[`${name}/${copy}`] = [null, part]
    }
  }
  return copies
}

interface Undo {
  by?: string
  at: number
  /** The duplicate, where it may be read. */
  from?: MergedRow | undefined
}

/**
 * The change that takes back at the main record what merging `duplicate` did there: only what nobody
 * changed since. Null where it is not merged there.
 */
export const undoPatch = (
  type: MergedType,
  main: MergedRow,
  duplicate: string,
  { by, at, from }: Undo,
): Patch | null => {
  const found = (main.merged ?? []).find(({ id }) => id === duplicate)
  if (!found || found.undoneAt !== undefined) return null
  const set = { ...(from && copiesOf(type, main, from)), ...found.set }
  const back = takenBack(type, { ...main }, set)
  const { id: _, ...part } = found
  return {
    ...patchOf(back, 1),
    merged: {
      [duplicate]: { ...part, set, undoneAt: at, ...(by !== undefined && { undoneBy: by }) },
    },
  }
}

/** A text without what a merge put at its end, or null where that is not there any more. */
const withoutAdded = (current: string, before: string, after: string): string | null => {
  const added = after.startsWith(before) ? after.slice(before.length) : ''
  const at = added === '' ? -1 : current.indexOf(added)
  return at < 0 ? null : current.slice(0, at) + current.slice(at + added.length)
}

const currentOf = (row: Row, path: string): unknown => {
  const slash = path.indexOf('/')
  if (slash < 0) return row[path]
  const [name, key] = [path.slice(0, slash), path.slice(slash + 1)]
  const value = row[name]
  if (!Array.isArray(value)) return valuesOf(row, name)[key]
  const part = listOf(row, name).find(({ id }) => id === key)
  if (!part) return undefined
  const { id: _, ...rest } = part
  return rest
}

/** The changes that take a duplicate out of the main record again. */
export const undoWrites = (
  type: MergedType,
  main: MergedRow,
  duplicate: string,
  undo: Undo,
): MergeWrite[] => {
  const patch = undoPatch(type, main, duplicate, undo)
  return [
    ...(patch ? [{ type, id: main.id, patch }] : []),
    { type, id: duplicate, patch: { mergedInto: null } },
  ]
}

/** How much of a card is filled in (F233). */
export const completeness = (type: MergedType, row: MergedRow): number =>
  mergedFields(type).filter(([name]) => isFilled((row as Row)[name])).length
