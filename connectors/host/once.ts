/**
 * A side effect that happens once per cause, however many workers see the cause and whenever they
 * die. The relay says whose it is; what nobody can know after a crash, `happened` finds out.
 */
import { minute } from '../../shared/clock.ts'
import { derivedId } from '../../shared/ids.ts'
import { ok, type Result } from '../../shared/reasons.ts'
import type { Relay } from './relay.ts'

/** Longer than any effect takes: then another worker looks whether it happened. */
const claimFor = 5 * minute

export interface Effect<T> {
  /** The same parts always mean the same effect, such as (robot, Interest, stage entry). */
  cause: readonly string[]
  /** Does it. `id` is for what it creates, so that doing it again lands on itself. */
  act: (id: string) => Promise<Result<T>>
  /** After a crash in between: what came of it, null where it did not happen. */
  happened: (id: string) => Promise<Result<T | null>>
  /** ms; a claim older than this is open to others. */
  ttl?: number
}

/** `elsewhere`: another worker is at it now. */
export type Once<T> = { kind: 'done'; outcome: T } | { kind: 'elsewhere' }

/**
 * Makes the effect happen, or says what came of it earlier. A failure leaves it claimed until its
 * time is over: ask again later.
 *
 * @example
 * once(relay, { cause: ['auto-reply', dialog, message], act: reply, happened: findReply })
 */
export const once = async <T>(
  relay: Pick<Relay, 'claimEffect' | 'endEffect'>,
  { cause, act, happened, ttl = claimFor }: Effect<T>,
): Promise<Result<Once<T>>> => {
  const id = derivedId('effect', ...cause)
  const claim = await relay.claimEffect(id, ttl)
  if (!claim.ok) return claim
  if (claim.value.state === 'taken') return ok({ kind: 'elsewhere' })
  // Told by an `endEffect` of the same cause, so of the same kind of effect.
  if (claim.value.state === 'done') return ok({ kind: 'done', outcome: claim.value.outcome as T })
  const before = claim.value.again ? await happened(id) : ok(null)
  if (!before.ok) return before
  const acted = before.value === null ? await act(id) : ok(before.value)
  if (!acted.ok) return acted
  const ended = await relay.endEffect(id, acted.value)
  return ended.ok ? ok({ kind: 'done', outcome: ended.value.outcome as T }) : ended // as above
}
