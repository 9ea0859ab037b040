/**
 * The shortest of a few measurements, ms or multiples of what is measured beside it; no more are made
 * once one is under the limit. A machine busy with something else makes one of them long; what is slow
 * by itself makes all of them long.
 */
export const shortest = async (
  limit: number,
  measure: (attempt: number) => Promise<number>,
): Promise<number> => {
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 1; attempt <= 6 && best >= limit; attempt++) {
    best = Math.min(best, await measure(attempt))
  }
  return best
}
