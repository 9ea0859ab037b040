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

/**
 * `useLive` about what `of` names: null until the answer about that one is there. For what is acted upon, and for
 * what would say of one thing what was read of another.
 */
export const useAnswer = <T>(
  of: string | undefined,
  query: () => T | Promise<T>,
  deps: readonly unknown[],
): { answer: T } | null => {
  const read = useLive<{ of: string | undefined; answer: T } | null>(
    async () => ({ of, answer: await query() }),
    [of, ...deps],
    null,
  ).value
  return read && read.of === of ? read : null
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

interface LiveSignal<T> {
  value: ReadonlySignal<T>
  /** Once there was an answer, or the base failed to give one. */
  answered: Promise<void>
  stop: () => void
}

/** `useLive` outside components: `stop` ends it. */
export const liveSignal = <T>(query: () => T | Promise<T>, initial: T): LiveSignal<T> => {
  const answer = signal<T>(initial)
  let stop = () => {}
  const answered = new Promise<void>((resolve) => {
    stop = follow(query, answer, resolve)
  })
  return { value: answer, answered, stop }
}

/** Lets every live query ask again: of a base that was closed or emptied nothing is told otherwise. */
export const askAnew = (): void => Dexie.on.storagemutated.fire({ all: new RangeSet() })

const follow = <T>(
  query: () => T | Promise<T>,
  answer: Signal<T>,
  answered = () => {},
): (() => void) => {
  const subscription = liveQuery(query).subscribe({
    next: (value) => {
      answer.value = value
      answered()
    },
    // A base that is gone (signed out, wiped) has nothing more to say; the last answer stays.
    error: (error: unknown) => {
      console.warn('live query', error)
      answered()
    },
  })
  return () => subscription.unsubscribe()
}
