/**
 * A query that reads much, again when one of its tables has changed, but not all the time: Dexie's live
 * queries run again after every transaction, and 50,000 keys read for each frame of a first sync
 * would take as long as the sync itself.
 *
 *     change ─► query ─► rest (nine times as long as the query took) ─► query, if there was a change
 */
import Dexie, { type ObservabilitySet } from 'dexie'

/** The query takes at most a tenth of the time. */
const restFor = 9

/** Gives every answer to `next`, the first one at once. Returns a function that ends it. */
export const followPaced = <T>(
  base: Dexie,
  /** One table, or several. */
  table: string | readonly string[],
  query: () => Promise<T>,
  next: (answer: T) => void,
): (() => void) => {
  // Dexie names what has changed by base, table and index.
  const prefixes = [table].flat().map((name) => `idb://${base.name}/${name}/`)
  let ended = false
  let isBusy = false
  let hasChanged = false
  let rest: ReturnType<typeof setTimeout> | undefined

  const run = async () => {
    isBusy = true
    hasChanged = false
    const started = performance.now()
    try {
      const answer = await query()
      if (!ended) next(answer)
    } catch (error) {
      // A base that is gone (signed out, wiped) has nothing more to say; the last answer stays.
      console.warn('paced query', error)
    }
    if (ended) return
    rest = setTimeout(
      () => {
        isBusy = false
        if (hasChanged) void run()
      },
      restFor * (performance.now() - started),
    )
  }
  const onChange = (parts: ObservabilitySet) => {
    const isOurs = (part: string) => prefixes.some((prefix) => part.startsWith(prefix))
    if (!('all' in parts) && !Object.keys(parts).some(isOurs)) return
    hasChanged = true
    if (!isBusy) void run()
  }
  Dexie.on('storagemutated', onChange)
  void run()
  return () => {
    ended = true
    clearTimeout(rest)
    Dexie.on.storagemutated.unsubscribe(onChange)
  }
}
