/** What the relay's answer to a push means for each record. No I/O. */
import type { PushOutcome } from '../../shared/protocol/push.ts'
import { isPassing, type Reason } from '../../shared/reasons.ts'
import type { OutboxEntry } from '../replica/tables.ts'

export interface Settlement {
  id: string
  type: OutboxEntry['type']
  stored: OutboxEntry[]
  refused: { entry: OutboxEntry; reason: Reason; field?: string }[]
  /** To be made anew under a fresh Yjs client id: the change is right, its structs are not. */
  mended: OutboxEntry[]
}

/** Reasons that speak of the structs, not of what the user did. */
const mendable: ReadonlySet<Reason> = new Set(['foreignWriter', 'causalGap'])

/**
 * Groups the answer by record. `later` is true where the relay could not take something just now,
 * so that it is worth waiting before the next push. `erased` are records that are no more: their
 * changes are neither kept nor tried again.
 */
export const settle = (
  pushed: readonly OutboxEntry[],
  outcomes: readonly PushOutcome[],
): { records: Settlement[]; later: boolean; erased: string[] } => {
  const outcomeByN = new Map(outcomes.map((outcome) => [outcome.n, outcome]))
  const records = new Map<string, Settlement>()
  const erased = new Set<string>()
  let later = false
  for (const entry of pushed) {
    const outcome = outcomeByN.get(entry.n)
    if (!outcome || (!outcome.ok && isPassing(outcome.reason))) {
      later = true
      continue
    }
    const { doc: id, type } = entry
    if (!outcome.ok && outcome.reason === 'gone') {
      erased.add(id)
      continue
    }
    const record = records.get(id) ?? { id, type, stored: [], refused: [], mended: [] }
    records.set(id, record)
    if (outcome.ok) record.stored.push(entry)
    else if (
      mendable.has(outcome.reason) &&
      // Refused for the want of an earlier one that is refused itself: not its own fault.
      (!entry.rebased || record.refused.length > 0 || record.mended.length > 0)
    )
      record.mended.push(entry)
    else {
      const { reason, field } = outcome
      record.refused.push({ entry, reason, ...(field !== undefined && { field }) })
    }
  }
  const left = [...records.values()].filter(({ id }) => !erased.has(id))
  return { records: left, later, erased: [...erased] }
}
