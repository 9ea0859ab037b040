/** The pages of a timeline that were scrolled to, kept up to date. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { followPaced, type Replica } from '../../replica/index.ts'
import type { TimelineEntry, TimelineFilter } from './entries.ts'
import { type Page, readPage, type Source } from './pages.ts'
import { openSources, type TimelineOf, timelineTables } from './sources.ts'

/** Two screens of a tall window and more; a page is read in a few milliseconds. */
const pageSize = 60

export interface Pages {
  /** Null until the first page is read. */
  entries: TimelineEntry[] | null
  /** Reads the next page; does nothing at the end, or while one is being read. */
  more: () => void
}

/**
 * @param end nothing from this moment on, ms; Infinity: from the newest.
 */
export const usePages = (
  replica: Replica,
  { table, id }: TimelineOf,
  filter: TimelineFilter,
  end: number,
  history: readonly HistoryEntry[],
): Pages => {
  const { base } = replica
  const [shown, setShown] = useState<{ of: string; entries: TimelineEntry[] } | null>(null)
  const asked = JSON.stringify([table, id, filter, end])
  const running = useRef({ more: () => {}, again: () => {} })
  const known = useRef(history)
  known.current = history
  useEffect(() => {
    const since = filter.since ?? Number.NEGATIVE_INFINITY
    let over = false
    let pages: Page[] = []
    let sources: Source[] = []
    /** One reading after another: a page is not added to others that are just being read anew. */
    let last: Promise<unknown> = Promise.resolve()
    const enqueue = (work: () => Promise<void>) => {
      const next = last.then(() => (over ? undefined : work()))
      // One that failed (a base that is gone) does not stop those after it.
      last = next.catch(() => {})
      return next
    }
    const show = () => {
      if (!over) setShown({ of: asked, entries: pages.flatMap(({ entries }) => entries) })
    }
    const refresh = async () => {
      sources = await openSources(base, { table, id }, filter, known.current)
      const next: Page[] = []
      if (pages.length === 0)
        next.push(await readPage(sources, { before: end, since, count: pageSize }))
      for (const page of pages) {
        if (over) return
        next.push(
          await readPage(sources, {
            before: page.before,
            since: page.since,
            count: Number.POSITIVE_INFINITY,
          }),
        )
      }
      pages = next
      show()
    }
    let isReading = false
    const more = () => {
      const lowest = pages.at(-1)?.since
      if (isReading || lowest === undefined || lowest <= since) return
      isReading = true
      enqueue(async () => {
        pages = [...pages, await readPage(sources, { before: lowest, since, count: pageSize })]
        show()
      }).finally(() => {
        isReading = false
      })
    }
    running.current = { more, again: () => void enqueue(refresh).catch(toConsole) }
    const stop = followPaced(
      base,
      timelineTables,
      () => enqueue(refresh),
      () => {},
    )
    return () => {
      over = true
      stop()
    }
  }, [base, asked])
  // The history is asked of the relay, and comes after the first page.
  const told = `${history[0]?.seq} ${history.length}`
  const read = useRef(told)
  useEffect(() => {
    if (read.current !== told) running.current.again()
    read.current = told
  }, [told])
  return {
    entries: shown?.of === asked ? shown.entries : null,
    more: () => running.current.more(),
  }
}

// As of live queries: what is shown stays.
const toConsole = (error: unknown): void => console.warn('timeline', error)
