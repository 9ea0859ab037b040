/**
 * Putting back what a record held before, as an ordinary change: it waits for the network, is judged
 * by rights and appears in the history like any other. No I/O.
 */
import { sameValue } from '../../../shared/equality.ts'
import { withAmountByHand } from '../../../shared/interests/lines.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Part } from '../../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import { isNumbered } from '../../../shared/records/numbering.ts'

type Values = Readonly<Record<string, unknown>>

/** Says who deleted and when: moving to the trash and back is an act of its own, not a field. */
const trash: ReadonlySet<string> = new Set(['deletedAt', 'deletedBy'])

/** Two records say that they are one: undoing that is an act on both, on the page of duplicates. */
const merging: ReadonlySet<string> = new Set(['mergedInto', 'merged', 'distinct'])

/**
 * A name is required of every contact and template, a contact of every event, a title of every task, a
 * status of every contract: only creation finds none before.
 */
export const isCreation = ({ changes }: HistoryEntry): boolean =>
  [changes.name, changes.contact, changes.title, changes.status].some(
    (change) => change !== undefined && !change[0],
  )

/** Whether people may put this field back: it exists still, and is theirs to change. */
export const isRestorable = (type: RecordType, name: string): boolean => {
  const field = declarationOf(type).fields[name.split('/')[0] ?? '']
  const isActOfItsOwn =
    trash.has(name) || merging.has(name) || (name === 'number' && isNumbered(type))
  return field !== undefined && (field.changedBy ?? 'writers') === 'writers' && !isActOfItsOwn
}

/** Makes `row` hold these values again; empty where it does already. */
export const restorePatch = (type: RecordType, row: Values, values: Values): Patch => {
  const { fields, composed } = declarationOf(type)
  const patch: Patch = {}
  for (const [name, value] of Object.entries(values)) {
    const then = value ?? null
    const [field = '', key] = name.split('/')
    if (key !== undefined && fields[field]?.kind === 'values') {
      const held = (row[field] as Values | undefined)?.[key] // of a `values` field
      if (!sameValue(held ?? null, then))
        patch[field] = { ...(patch[field] as Values | undefined), [key]: then }
      continue
    }
    if (!isRestorable(type, name) || sameValue(row[name] ?? null, then)) continue
    patch[name] = fields[name]?.kind === 'parts' ? partsPatch(row[name], then) : then
  }
  // A whole name of before there were parts shows only where there are none.
  if (composed && patch[composed.field] !== undefined) {
    const whole = composed.join({ id: '', type, ...row, ...patch })
    if (whole && whole !== patch[composed.field])
      for (const part of composed.of) if (row[part] !== undefined) patch[part] = null
  }
  // The lines bring their amount with them.
  return 'lines' in patch ? patch : withAmountByHand(row, patch)
}

const partsOf = (value: unknown): Part<object>[] => (value ?? []) as Part<object>[] // of a parts field

const partsPatch = (now: unknown, then: unknown): Record<string, unknown> => {
  const kept = partsOf(then)
  const patch: Record<string, unknown> = {}
  for (const { id } of partsOf(now)) if (!kept.some((part) => part.id === id)) patch[id] = null
  for (const { id, ...value } of kept) patch[id] = value
  return patch
}

/**
 * What the fields changed since the entry `seq` held right after it. `entries` are newest first; a
 * field that none of the later ones names is as it was.
 */
export const valuesAfter = (
  entries: readonly HistoryEntry[],
  seq: number,
): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const entry of entries) {
    if (entry.seq <= seq) break
    for (const [name, [before]] of Object.entries(entry.changes)) values[name] = before
  }
  return values
}

/**
 * Makes the record what it was right after the entry `seq`. One in the trash comes out of it, if it
 * was not there then; none is put there.
 */
export const restoreRecordPatch = (
  type: RecordType,
  row: Values,
  entries: readonly HistoryEntry[],
  seq: number,
): Patch => {
  const values = valuesAfter(entries, seq)
  const patch = restorePatch(type, row, values)
  const comesBack = 'deletedAt' in values && values.deletedAt === null
  return comesBack && row.deletedAt !== undefined
    ? { ...patch, deletedAt: null, deletedBy: null }
    : patch
}
