/** Which shards to write anew. No I/O. */
import type { Kind } from './kinds.ts'

export interface ShardSize {
  id: number
  kind: Kind
  /** Documents, the dead ones too. */
  size: number
  dead: readonly number[]
  /** Something in it is forgotten or deleted: nothing of that may stay. */
  purge?: true
}

/**
 * Upper ends of sizes that are merged with their like; larger shards stay as they are, so that the
 * work and the memory of one merge have a limit, and so has what is written when something in a
 * shard must be forgotten.
 */
const tiers = [256, 4_096, 16_384]
/** So many of one size are merged. A look-up asks each shard, so that there may not be many. */
const tierLength = 4
/** A shard is written anew when more than this part of it is dead. */
const deadPart = 1 / 8

/**
 * The next merge: ids of one kind, those to purge before all others; null where all is well.
 * `tidy` also takes shards with anything dead: earlier words of what was changed.
 */
export const nextMerge = (shards: readonly ShardSize[], tidy = false): number[] | null => {
  const purged = shards.find(({ purge }) => purge)
  if (purged) return [purged.id]
  const byTier = new Map<string, number[]>()
  for (const { id, kind, size } of shards) {
    const tier = tiers.findIndex((end) => size < end)
    if (tier < 0) continue
    const name = `${kind} ${tier}`
    const ids = byTier.get(name) ?? []
    ids.push(id)
    if (ids.length === tierLength) return ids
    byTier.set(name, ids)
  }
  const rotten = shards.find(({ size, dead }) => dead.length > (tidy ? 0 : size * deadPart))
  return rotten ? [rotten.id] : null
}
