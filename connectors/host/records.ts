/**
 * Changing records without a replica: read the present state at the relay, change it, push the
 * difference, and only then let the next change of the same record begin. A change made on an old
 * state would be concurrent with what it did not see, and reuse struct numbers of this process.
 */
import { randomInt } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { change, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { RecordType, RowsByType } from '../../shared/records/index.ts'
import type { Relay } from './relay.ts'

export interface Records {
  /** The row as the relay has it, null where there is none. */
  read<T extends RecordType>(type: T, id: string): Promise<Result<RowsByType[T] | null>>
  /**
   * Changes or creates a record. `patch` sees the present row (null: does not exist) and returns
   * what to change, or null to leave it alone.
   * @returns the row after the change, on the relay's disk; null where nothing exists still.
   */
  change<T extends RecordType>(
    type: T,
    id: string,
    patch: (row: RowsByType[T] | null) => Patch | null,
  ): Promise<Result<RowsByType[T] | null>>
}

/** A random Yjs client id: 32 bits, as Yjs draws them itself. */
const drawWriter = (): number => randomInt(1, 2 ** 32)

export const remoteRecords = (relay: Relay, clock: Clock): Records => {
  const queues = new Map<string, Promise<unknown>>()
  // A refused change leaves struct numbers that may never name other content: then a new id is drawn.
  let writer = drawWriter()

  const inTurn = async <R>(id: string, act: () => Promise<R>): Promise<R> => {
    const before = queues.get(id) ?? Promise.resolve()
    const mine = before.then(act, act)
    queues.set(id, mine)
    try {
      return await mine
    } finally {
      if (queues.get(id) === mine) queues.delete(id)
    }
  }

  const read: Records['read'] = async (type, id) => {
    const found = await relay.record(id)
    if (!found.ok) return found
    // The relay projected it by the declaration of its type.
    return ok(
      found.value?.type === type ? (found.value.row as Row as RowsByType[typeof type]) : null,
    )
  }

  return {
    read,
    change: (type, id, patchOf) =>
      inTurn(id, async () => {
        const found = await relay.record(id)
        if (!found.ok) return found
        const row =
          found.value === null ? null : (found.value.row as Row as RowsByType[typeof type]) // as above
        const patch = patchOf(row)
        if (patch === null) return ok(row)
        const state = found.value === null ? null : Buffer.from(found.value.state, 'base64')
        const changed = change(type, id, state, patch, writer)
        if (!changed.ok) return changed
        const { update } = changed.value
        if (update === null) return ok(row)
        const answer = await relay.push([{ n: 0, id, type, at: clock(), update }])
        if (!answer.ok) {
          writer = drawWriter()
          return answer
        }
        const outcome = answer.value.outcomes[0]
        if (outcome === undefined) throw new Error('The relay answered a push without an outcome')
        if (!outcome.ok) {
          writer = drawWriter()
          return fail(outcome.reason, outcome.field)
        }
        return ok(changed.value.row as Row as RowsByType[typeof type]) // projected by its type
      }),
  }
}
