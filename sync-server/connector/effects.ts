/**
 * Side effects that happen once (decision 11 of the features). A worker claims the effect by an id
 * derived from its cause, acts, and tells the outcome:
 *
 *     free ──claim──► begun ──outcome──► done
 *                       │ the claim's time is over
 *                       └──claim──► begun again: the next one looks first whether it happened
 */
import type { EffectClaim } from '../../shared/protocol/api.ts'
import type { ConnectorStore } from '../store/store.ts'

/** Under this name, where connectors keep what is theirs alone. */
const owner = 'effects'
const leaseOf = (id: string) => `effect:${id}`

type Kept = { begun: true } | { outcome: unknown }

const read = async (store: ConnectorStore, id: string): Promise<Kept | null> => {
  const kept = await store.state(owner, id)
  return kept === null ? null : (JSON.parse(kept) as Kept) // written below only
}

export const claimEffect = async (
  store: ConnectorStore,
  id: string,
  { holder, ttl }: { holder: string; ttl: number },
  now: number,
): Promise<EffectClaim> => {
  // The lease first: whoever has it is the only one to read and write what follows.
  const held = await store.lease(holder, [leaseOf(id)], now, now + ttl)
  const kept = await read(store, id)
  if (kept && 'outcome' in kept) {
    await store.release(holder, [leaseOf(id)])
    return { state: 'done', outcome: kept.outcome }
  }
  if (held.length === 0) return { state: 'taken' }
  if (kept) return { state: 'yours', again: true }
  await store.putState(owner, id, JSON.stringify({ begun: true } satisfies Kept))
  return { state: 'yours', again: false }
}

/** Returns the outcome that stands: of two who were slow, the first to tell. */
export const endEffect = async (
  store: ConnectorStore,
  id: string,
  holder: string,
  outcome: unknown,
): Promise<unknown> => {
  const kept = await read(store, id)
  if (kept && 'outcome' in kept) return kept.outcome
  const stands = outcome ?? null
  await store.putState(owner, id, JSON.stringify({ outcome: stands } satisfies Kept))
  await store.release(holder, [leaseOf(id)])
  return stands
}
