/**
 * Values of a patch that are made of what is kept when they are written, inside the transaction that
 * writes. What a screen shows may be older than the last change: a list or a part made of that would
 * lose what was chosen or typed a moment ago. No I/O.
 */
import type { Patch } from '../../shared/records/change.ts'
import { itemsOf, type SetChange } from '../../shared/records/sets.ts'

/** Stands for a field, for one part of a list, or for one value of `custom`. */
export class OfKept {
  /** Given what is kept, undefined for nothing; gives what to write, null to clear it. */
  readonly next: (kept: unknown) => unknown

  constructor(next: (kept: unknown) => unknown) {
    this.next = next
  }
}

/** Of a list in one key: some items put in or taken out, the others stay. */
export const itemsChanged = (change: SetChange): OfKept =>
  new OfKept((kept) => {
    const items = itemsOf(Array.isArray(kept) ? kept : [], new Map(Object.entries(change)))
    return items.length > 0 ? items : null
  })

/**
 * Of a part: some of its values, null clears; the others stay. One that was removed meanwhile comes
 * back as it is shown: what was typed into it is not lost.
 */
export const partChanged = (
  { id: _, ...shown }: { readonly id: string },
  change: Readonly<Record<string, unknown>>,
): OfKept =>
  new OfKept((kept) =>
    Object.fromEntries(
      // A part is an object.
      Object.entries({ ...((kept as object | undefined) ?? shown), ...change }).filter(
        ([, value]) => value !== null && value !== undefined,
      ),
    ),
  )

type Values = Readonly<Record<string, unknown>>

/** The patch with values, for a record of this row. */
export const withKept = (patch: Patch, row: Values | null | undefined): Patch =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [name, writtenOf(value, row?.[name])]),
  )

/** Whether the row is asked for at all. */
export const hasOfKept = (patch: Patch): boolean =>
  Object.values(patch).some(
    (value) =>
      value instanceof OfKept ||
      (isValues(value) && Object.values(value).some((one) => one instanceof OfKept)),
  )

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const writtenOf = (value: unknown, kept: unknown): unknown => {
  if (value instanceof OfKept) return value.next(kept)
  if (!isValues(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      one instanceof OfKept ? one.next(heldAt(kept, key)) : one,
    ]),
  )
}

/** Rows have parts as a list, each with its id; what is written of one is without. */
const heldAt = (held: unknown, key: string): unknown => {
  if (!Array.isArray(held)) return isValues(held) ? held[key] : undefined
  const part = held.find((one) => isValues(one) && one.id === key)
  if (!isValues(part)) return undefined
  const { id: _, ...value } = part
  return value
}
