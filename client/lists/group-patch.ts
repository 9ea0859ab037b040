/** What a group action does to one record: the change and its way back, or nothing where it is so already. */
import { sameValue } from '../../shared/equality.ts'
import { type FieldInfo, fieldValue, isReference, patchOf } from '../../shared/fields/fields.ts'
import { withAmountByHand } from '../../shared/interests/lines.ts'
import type { Patch } from '../../shared/records/change.ts'
import { isNamePart } from '../../shared/records/name-parts.ts'
import { setChange } from '../../shared/records/sets.ts'
import { isTitle } from './query.ts'

export type ListAct = 'add' | 'replace' | 'take'

type Row = Readonly<Record<string, unknown>>

export type GroupAction =
  /** Of a field that holds a set of ids. */
  | { kind: 'list'; field: 'managers' | 'tags' | 'segments'; act: ListAct; ids: readonly string[] }
  /** Of any field of one value; undefined clears it. */
  | { kind: 'value'; info: FieldInfo; value: unknown }
  /** Of several fields that go together. */
  | { kind: 'patch'; of: (row: Row) => { patch: Patch; undo: Patch } | null }
  | { kind: 'delete'; at: number; user: string }

const listAfter = (held: readonly string[], act: ListAct, ids: readonly string[]): string[] => {
  switch (act) {
    case 'add':
      return [...new Set([...held, ...ids])]
    case 'replace':
      return [...new Set(ids)]
    case 'take':
      return held.filter((id) => !ids.includes(id))
  }
}

export const groupPatch = (row: Row, action: GroupAction): { patch: Patch; undo: Patch } | null => {
  switch (action.kind) {
    case 'list': {
      const held = (row[action.field] ?? []) as string[] // sets of ids by their declaration
      const next = listAfter(held, action.act, action.ids)
      if (held.length === next.length && held.every((id) => next.includes(id))) return null
      // Item by item: undoing leaves alone what others put in meanwhile.
      return {
        patch: { [action.field]: setChange(held, next) },
        undo: { [action.field]: setChange(next, held) },
      }
    }
    case 'value': {
      const held = fieldValue(action.info, row)
      if (sameValue(held ?? null, action.value ?? null)) return null
      const patch = patchOf(action.info, action.value)
      const byHand = withAmountByHand(row, patch)
      return byHand === patch
        ? { patch, undo: patchOf(action.info, held) }
        : // What went by the lines goes by them again.
          { patch: byHand, undo: { amountBy: row.amountBy ?? null } }
    }
    case 'patch':
      return action.of(row)
    case 'delete':
      return row.deletedAt === undefined
        ? {
            patch: { deletedAt: action.at, deletedBy: action.user },
            undo: { deletedAt: null, deletedBy: null },
          }
        : null
  }
}

/** Fields that can be set for many at once: those of one value that people may change. */
export const isGroupField = ({ kind, writable, key, of }: FieldInfo): boolean =>
  writable &&
  !of &&
  !isTitle(key) &&
  key !== 'kind' &&
  !isNamePart(key) &&
  // Of each its own; what it comes to is kept with when it did.
  key !== 'number' &&
  key !== 'status' &&
  (kind === 'text' ||
    kind === 'longText' ||
    kind === 'number' ||
    kind === 'money' ||
    kind === 'date' ||
    kind === 'yesNo' ||
    kind === 'oneOf' ||
    kind === 'manyOf' ||
    kind === 'entry' ||
    kind === 'phone' ||
    kind === 'email' ||
    kind === 'link' ||
    kind === 'employee' ||
    isReference(kind)) &&
  key !== 'note'
