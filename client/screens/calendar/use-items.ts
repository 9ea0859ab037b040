/** The items of the shown days, kept up to date, with what was just moved already at its new time. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { type Replica, useLive } from '../../replica/index.ts'
import { type Item, isWanted, type Span, type Wanted } from './items.ts'
import { moveItem } from './move.ts'
import { isSame } from './moves.ts'
import { type Found, readItems } from './queries.ts'

/** Moved and not read back yet: `from` the reading with this number on, the row itself says it. */
interface Moved {
  span: Span
  until: number
}

const nothing: Found = { items: [], tasks: new Map(), interactions: new Map() }

export const useItems = (
  replica: Replica,
  days: readonly number[],
  wanted: Wanted,
  now: number,
): {
  items: readonly Item[]
  itemOf: (key: string) => Item | undefined
  isRead: boolean
  move: (item: Item, span: Span) => void
  found: Found
} => {
  const [reading, setReading] = useState(0)
  const [moved, setMoved] = useState<ReadonlyMap<string, Moved>>(new Map())
  const [first = 0] = days
  const last = days.at(-1) ?? first
  const subject = replica.subject.value
  const answer = useLive<{ found: Found; reading: number; first: number; last: number } | null>(
    async () => ({
      found: await readItems(replica.base, first, last, subject, wanted.hidden, Date.now()),
      reading,
      first,
      last,
    }),
    // A minute later other tasks are overdue.
    [replica, subject, first, last, wanted.hidden, now, reading],
    null,
  ).value
  const found = answer?.found ?? nothing
  const items = useMemo(
    () =>
      found.items
        .map((item) => {
          const change = moved.get(item.key)
          return change && (answer?.reading ?? 0) < change.until
            ? { ...item, ...change.span }
            : item
        })
        .filter((item) => isWanted(item, wanted)),
    [found, moved, wanted, answer?.reading],
  )
  const itemByKey = useMemo(() => new Map(items.map((item) => [item.key, item])), [items])

  /** One after another: each step begins where the one before ended. */
  const steps = useRef<Promise<void>>(Promise.resolve())
  const move = (item: Item, span: Span) => {
    if (!item.movable || isSame(item, span)) return
    if (item.kind === 'interaction' && span.allDay) return
    setMoved((all) => new Map(all).set(item.key, { span, until: Number.POSITIVE_INFINITY }))
    const step = steps.current.then(() => moveItem(replica, item, span))
    steps.current = step.catch(() => {})
    void step.finally(() =>
      setReading((before) => {
        const until = before + 1
        // A later step shows where it leads to until it is done itself.
        setMoved((all) =>
          all.get(item.key)?.span === span ? new Map(all).set(item.key, { span, until }) : all,
        )
        return until
      }),
    )
  }
  return {
    items,
    itemOf: (key) => itemByKey.get(key),
    // Of another page nothing is said before it is read.
    isRead: answer !== null && answer.first === first && answer.last === last,
    move,
    found,
  }
}
