/** A page that is never idle runs it all the same after so long, ms. */
const longest = 1_000

/** Runs what the first paint must not wait for. */
export const whenIdle = (run: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: longest })
  else setTimeout(run, longest / 2)
}
