/** Dexie's live queries as signals. */
import { type ReadonlySignal, type Signal, signal, useSignal } from '@preact/signals'
import Dexie, { liveQuery, RangeSet } from 'dexie'
import { useEffect } from 'preact/hooks'
import { followPaced } from './paced.ts'

/**
 * The answer of a query over the replica's tables, kept up to date. While a query with other `deps`
 * runs, the last answer stays: nothing flickers.
 *
 * @example
 *   const clients = useLive(() => replica.base.client.orderBy('sortName').limit(50).toArray(), [], [])
 *   return <List rows={clients.value} />
 */
export const useLive = <T>(
  query: () => T | Promise<T>,
  deps: readonly unknown[],
  initial: T,
): ReadonlySignal<T> => {
  const answer = useSignal<T>(initial)
  useEffect(() => follow(query, answer), deps)
  return answer
}

/** `useLive` for a query that reads much of one table: see `paced.ts`. */
export const usePaced = <T>(
  base: Dexie,
  table: string,
  query: () => Promise<T>,
  initial: T,
): ReadonlySignal<T> => {
  const answer = useSignal<T>(initial)
  useEffect(
    () =>
      followPaced(base, table, query, (value) => {
        answer.value = value
      }),
    [base, table],
  )
  return answer
}

/** `useLive` outside components: `stop` ends it. */
export const liveSignal = <T>(
  query: () => T | Promise<T>,
  initial: T,
): { value: ReadonlySignal<T>; stop: () => void } => {
  const answer = signal<T>(initial)
  return { value: answer, stop: follow(query, answer) }
}

/** Lets every live query ask again: of a base that was closed or emptied nothing is told otherwise. */
export const askAnew = (): void => Dexie.on.storagemutated.fire({ all: new RangeSet() })

const follow = <T>(query: () => T | Promise<T>, answer: Signal<T>): (() => void) => {
  const subscription = liveQuery(query).subscribe({
    next: (value) => {
      answer.value = value
    },
    // A base that is gone (signed out, wiped) has nothing more to say; the last answer stays.
    error: (error: unknown) => console.warn('live query', error),
  })
  return () => subscription.unsubscribe()
}
