/**
 * What a merge leaves in the records (F237-F241, decision 3). The duplicate keeps its content and
 * names the main record in `mergedInto`; the main record keeps in `merged/<id of the duplicate>` what
 * the merge changed of it. Links are not rewritten: they are resolved when read, so that one made
 * offline to the duplicate needs no repair, and neither does undoing.
 */
import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import { parts, ref } from './declaration.ts'

const id = v.pipe(v.string(), v.uuid())

/** Field, or `<field>/<key>` for one part of a list: what it was and what the merge made of it, null for nothing. */
const changed = v.record(v.string(), v.tuple([v.unknown(), v.unknown()]))

const mergedPart = v.object({
  at: v.number(),
  by: id,
  set: changed,
  undoneAt: v.optional(v.number()),
  /** Absent where the relay undid it, since somebody else had merged the same record earlier. */
  undoneBy: v.optional(id),
})
export type MergedPart = v.InferOutput<typeof mergedPart>

/** Said to be no duplicate (F236): pairwise, kept at either of the two. */
const distinctPart = v.object({ at: v.number(), by: id })

export const mergeFields = {
  mergedInto: ref('Объединена с', 'Merged into', { indexed: true }),
  merged: parts('Объединённые записи', 'Merged records', mergedPart),
  distinct: parts('Не дубли', 'Not duplicates', distinctPart),
} as const

interface Mergeable {
  id: string
  mergedInto?: string
  merged?: (MergedPart & { id: string })[]
}

/** Ids of the records that are merged into this one and were not taken out again. */
export const mergedHere = ({ merged = [] }: Mergeable): string[] =>
  merged.filter(({ undoneAt }) => undoneAt === undefined).map(({ id }) => id)

/**
 * Device columns of a record that others were merged into, whatever becomes of it: links to them lead
 * here. An index holds no row that lacks its column.
 */
export const mergedColumns = (row: Mergeable): Record<string, unknown> => ({
  ...(row.merged?.length && { hasMerges: 1, mergedIds: mergedHere(row) }),
})
export const mergedIndexes = ['*mergedIds', 'hasMerges'] as const

/**
 * Whether a change merges its record, takes it out again, or does neither. Of two merges of one
 * record the first that reaches the relay stands; the other has to be undone before.
 */
export const mergeAct = (
  before: Mergeable | null,
  after: Mergeable,
): 'merge' | 'undo' | null | Reason => {
  if (before?.mergedInto === after.mergedInto) return null
  if (after.mergedInto === undefined) return 'undo'
  if (after.mergedInto === after.id) return 'invalidValue'
  return before?.mergedInto === undefined ? 'merge' : 'alreadyDecided'
}
