/** What of the base names a record or a part of it: such may not be deleted. */
import type { DocumentStore } from '../store/store.ts'
import type { Accepted } from './judgement.ts'

/** Records that name a part of another one (see `namedParts`) are looked for up to this many. */
const maxNaming = 1_000

/** Uses that the store does not know yet: made by changes accepted before in the same group. */
export const withAccepted = (
  stored: Record<string, number>,
  id: string,
  accepted: readonly Accepted[],
): Record<string, number> => {
  const found = { ...stored }
  for (const { next } of accepted)
    if (next.id !== id && next.row.deletedAt === undefined && next.rowJson.includes(id))
      found[next.type] ??= 1
  return found
}

/** The same of a part: whose look-up names it, not who passed it once. */
export const withNaming = (
  stored: Record<string, number>,
  key: string,
  part: string,
  accepted: readonly Accepted[],
): Record<string, number> => {
  const found = { ...stored }
  for (const { next } of accepted)
    if (
      next.row.deletedAt === undefined &&
      next.lookups?.some((one) => one.key === key && one.value === part)
    )
      found[next.type] ??= 1
  return found
}

/** Records that name a part, by type. */
export const namingOf = async (
  store: Pick<DocumentStore, 'lookup'>,
  key: string,
  part: string,
): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { type, deletedAt } of await store.lookup(key, part, maxNaming))
    if (deletedAt === null) counts[type] = (counts[type] ?? 0) + 1
  return counts
}
