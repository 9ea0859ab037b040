/**
 * How long to wait before another attempt: doubling, with a cap, and spread by ±25 % so that many
 * accounts do not knock at one provider in step.
 */
import { minute, second } from '../../shared/clock.ts'

const spread = 0.25

export interface Backoff {
  first: number
  longest: number
}

/** A connection that broke: the provider may be back at once. */
export const reconnecting: Backoff = { first: second, longest: 5 * minute }
/** Wrong passwords are punished by providers (Dovecot's own penalty grows to 15 s): ask rarely. */
export const refused: Backoff = { first: 5 * minute, longest: 60 * minute }
/** A letter that the server would not take now (4xx): one quick try for a passing fault, then as patient as greylisting wants. */
export const resending: Backoff = { first: 10 * second, longest: 30 * minute }

/** `attempt` counts from 0; `random` is in [0, 1). Milliseconds. */
export const waitBefore = ({ first, longest }: Backoff, attempt: number, random: number): number =>
  Math.round(
    Math.min(longest, first * 2 ** Math.min(attempt, 30)) * (1 - spread + 2 * spread * random),
  )
