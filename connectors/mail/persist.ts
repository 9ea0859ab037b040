/** Asking the relay until it answers. */
import { isPassing, type Result } from '../../shared/reasons.ts'
import type { AccountContext } from '../channel.ts'
import { reconnecting, waitBefore } from '../host/backoff.ts'
import { pause } from '../host/pause.ts'

/** @returns null where `signal` stopped it, or where the relay refuses for good. */
export const persist = async <T>(
  context: Pick<AccountContext, 'log' | 'random'>,
  signal: AbortSignal,
  ask: () => Promise<Result<T>>,
): Promise<{ value: T } | null> => {
  for (let attempt = 0; !signal.aborted; attempt++) {
    const answer = await ask()
    if (answer.ok) return { value: answer.value }
    if (!isPassing(answer.reason)) {
      context.log.error({ failure: answer }, 'The relay refuses')
      return null
    }
    await pause(waitBefore(reconnecting, attempt, context.random()), signal)
  }
  return null
}
