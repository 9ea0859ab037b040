/** The first wait after a lost connection, ms: a relay that was restarted is back by then. */
const firstWait = 250
/** The longest, ms: somebody who looks at «Нет сети» will not wait longer. */
const longestWait = 30_000

/**
 * How long to wait before the next attempt, ms; `attempt` counts failures from 0. Half of it is
 * drawn, so that 200 devices that lost the same relay do not come back in one moment.
 */
export const backoff = (attempt: number, random: () => number): number => {
  const wait = Math.min(longestWait, firstWait * 2 ** attempt)
  return wait / 2 + (wait / 2) * random()
}
