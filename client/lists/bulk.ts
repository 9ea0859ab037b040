/** One change made to many records, with what takes it back. */
import type { Reason } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { RecordType } from '../../shared/records/index.ts'
import type { Replica } from '../replica/index.ts'

export interface BulkChange {
  id: string
  patch: Patch
  /** Puts back what the patch changes. */
  undo: Patch
}

export interface BulkOutcome {
  done: BulkChange[]
  /** Why others stayed as they were, and how many. */
  refused: Map<Reason, number>
}

/** Records written in one transaction: the interface is drawn between two of them. */
const writtenAtOnce = 100

/** Writes what may be written; a record that may not be changed leaves the others alone. */
export const writeInBulk = async (
  replica: Pick<Replica, 'writeAll'>,
  table: RecordType,
  changes: readonly BulkChange[],
  onProgress: (done: number) => void = () => undefined,
): Promise<BulkOutcome> => {
  const outcome: BulkOutcome = { done: [], refused: new Map() }
  const writesOf = (some: readonly BulkChange[]) =>
    some.map(({ id, patch }) => ({ type: table, id, patch }))
  for (let start = 0; start < changes.length; start += writtenAtOnce) {
    const step = changes.slice(start, start + writtenAtOnce)
    const together = await replica.writeAll(writesOf(step))
    if (together.ok) outcome.done.push(...step)
    else
      for (const change of step) {
        const alone = await replica.writeAll(writesOf([change]))
        if (alone.ok) outcome.done.push(change)
        else outcome.refused.set(alone.reason, (outcome.refused.get(alone.reason) ?? 0) + 1)
      }
    onProgress(Math.min(start + writtenAtOnce, changes.length))
  }
  return outcome
}

export const undone = (changes: readonly BulkChange[]): BulkChange[] =>
  changes.map(({ id, patch, undo }) => ({ id, patch: undo, undo: patch }))
