/**
 * A stream made of several sources, read by the page, newest first.
 *
 *     messages      ■ ■■  ■■■ ■ │■■ ■ …
 *     interactions  ■   ■       │   ■       each source says down to which moment it has told all;
 *     changes         ■       ■ │■          a page ends at the latest of these moments
 *     ─── newer ────────────────┼──── older
 *
 * A page is the stretch of time between two moments, so that it is read again, after a change, by
 * itself and without the others.
 */
import { newestFirst, type TimelineEntry } from './entries.ts'

export interface Stretch {
  /** Entries before this moment, ms. */
  before: number
  /** None before this one. */
  since: number
  /** Enough of them; Infinity: all. */
  count: number
}

export interface Told {
  entries: TimelineEntry[]
  /** All that are wanted from this moment on are among them. */
  reached: number
}

/** Entries in any order; of those wanted at least `count`, where there are so many. */
export type Source = (stretch: Stretch) => Promise<Told>

export interface Page extends Omit<Stretch, 'count'> {
  entries: TimelineEntry[]
}

/** The next page before a moment: at least `count` entries, unless the stream ends. */
export const readPage = async (
  sources: readonly Source[],
  { before, since, count }: Stretch,
): Promise<Page> => {
  const told = await Promise.all(sources.map((source) => source({ before, since, count })))
  const reached = Math.max(since, ...told.map((one) => one.reached))
  const entries = told.flatMap((one) => one.entries).filter(({ at }) => at >= reached)
  return { before, since: reached, entries: entries.sort(newestFirst) }
}
