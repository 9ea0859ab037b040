/**
 * Values that lie apart from their record (see `../records/private-value.ts`), and the record that
 * people see: one with all its values. A patch of the one is taken apart into patches of the others,
 * and rows are put together again, so that cards, lists, import, merging and their undoing know
 * nothing of it.
 *
 *     patch of the record ─► takenApart ─┬─► open: the record as everyone sees it
 *                                        └─► by field: patches of private values
 *     rows ─► together ─► the row as this employee sees it
 */
import type { Patch } from '../records/change.ts'
import type { PrivateValueRow } from '../records/private-value.ts'

type Values = Readonly<Record<string, unknown>>
type Pair = readonly [before: unknown, after: unknown]

/** Lists in which merging and importing note what they did, by path: `custom/<field>` among them. */
const noting = ['merged', 'imports'] as const

const fieldOf = (path: string, apart: ReadonlySet<string>): string | null => {
  const id = path.startsWith('custom/') ? path.slice('custom/'.length) : ''
  return apart.has(id) ? id : null
}

export interface TakenApart {
  open: Patch
  /** By field: the patch of its private value. */
  apart: Map<string, Patch>
}

/** `held`: the private values that the record has. */
export const takenApart = (
  patch: Patch,
  apart: ReadonlySet<string>,
  held: readonly Pick<PrivateValueRow, 'field' | 'moves'>[],
): TakenApart => {
  const open: Record<string, unknown> = { ...patch }
  const patches = new Map<string, { value?: unknown; moves?: Record<string, unknown> }>()
  const of = (field: string) => {
    const known = patches.get(field) ?? {}
    patches.set(field, known)
    return known
  }
  const move = (field: string, part: string, pair: Pair | null) => {
    const own = of(field)
    own.moves = { ...own.moves, [part]: pair && { set: pair, order: 'a0' } }
  }
  if (patch.custom) {
    const rest: Record<string, unknown> = {}
    for (const [id, value] of Object.entries(patch.custom)) // values by field, per Patch
      if (apart.has(id)) of(id).value = value ?? null
      else rest[id] = value
    if (Object.keys(rest).length > 0) open.custom = rest
    else delete open.custom
  }
  for (const name of noting) {
    if (!patch[name]) continue
    const parts: Record<string, unknown> = {}
    for (const [id, part] of Object.entries(
      patch[name] as Record<string, { set?: Values } | null>,
    )) {
      // parts of the list, per Patch
      for (const { field, moves } of held)
        if (!part?.set?.[`custom/${field}`] && moves.some((each) => each.id === id))
          move(field, id, null)
      const set: Record<string, unknown> = {}
      for (const [path, pair] of Object.entries(part?.set ?? {})) {
        const field = fieldOf(path, apart)
        if (field)
          move(field, id, pair as Pair) // as the part's schema says
        else set[path] = pair
      }
      parts[id] = part?.set ? { ...part, set } : part
    }
    open[name] = parts
  }
  return { open, apart: patches as Map<string, Patch> } // of declared fields
}

type Held = Pick<PrivateValueRow, 'field' | 'value' | 'moves'>

/** The row with these values in it. */
export const together = <R extends Values>(row: R, held: readonly Held[]): R => {
  if (held.length === 0) return row
  const whole: Record<string, unknown> = { ...row }
  const custom: Record<string, unknown> = { ...(row.custom as Values | undefined) } // of a customised type
  for (const { field, value } of held) if (value !== undefined) custom[field] = value
  if (Object.keys(custom).length > 0) whole.custom = custom
  for (const name of noting) {
    const parts = row[name] as { id: string; set?: Values }[] | undefined // of the record's own lists
    if (!parts || !held.some(({ moves }) => moves.length > 0)) continue
    whole[name] = parts.map((part) => {
      if (!part.set) return part
      const set = { ...part.set }
      for (const { field, moves } of held) {
        const found = moves.find(({ id }) => id === part.id)
        if (found) set[`custom/${field}`] = found.set
      }
      return { ...part, set }
    })
  }
  return whole as R // the same fields with more in them
}
