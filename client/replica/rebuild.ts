/**
 * Puts a record back together in the base, inside the caller's transaction (see `rebaseTables`).
 * The one place where a record of this device may lose structs.
 */
import type { Clock } from '../../shared/clock.ts'
import { mergeStates } from '../../shared/records/change.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { keptHistoryKey } from './kept-history.ts'
import { dropMessages, replaceMessages } from './message-store.ts'
import { forgetValue, putTogether } from './private-values.ts'
import { rebase, rejectedEntry } from './rebase.ts'
import { dropDocs, generationOf } from './states.ts'
import { type ReplicaBase, rowsOf, type StoredDoc, storedRow } from './tables.ts'
import { tablesOf } from './writes.ts'

export const rebuildTables = (base: ReplicaBase, types: Iterable<RecordType>) => [
  ...tablesOf(base, types),
  base.rejected,
  base.lost,
]

export interface RebuildDeps {
  base: ReplicaBase
  /** Draws a Yjs client id. */
  draw: () => number
  clock: Clock
}

/**
 * Rebuilds a record from the acknowledged state and the changes that wait for it, other than those
 * just deleted from the outbox by the caller.
 */
export const rebuild = async (
  { base, draw, clock }: RebuildDeps,
  doc: { id: string; type: RecordType; seq: number },
): Promise<void> => {
  const { id, type } = doc
  const [acknowledged, later, generation] = await Promise.all([
    base.acknowledged.get(id),
    base.outbox.where('doc').equals(id).sortBy('n'),
    generationOf(base),
  ])
  const state = acknowledged?.state ?? null
  const rebased = rebase(type, id, state, later, draw())
  const now = clock()
  await Promise.all([
    base.meta.put(generation + 1, 'generation'),
    base.rejected.bulkAdd(
      rebased.failed.map(({ entry, reason, field }) => rejectedEntry(entry, reason, field, now)),
    ),
    base.outbox.bulkDelete([...rebased.failed.map(({ entry }) => entry.n), ...rebased.done]),
    base.outbox.bulkPut(rebased.waiting),
    rebased.waiting.length === 0 ? base.acknowledged.delete(id) : undefined,
  ])
  if (!rebased.doc) return forgetRecord(base, id, type)
  await replaceRecord(base, { id, type, seq: doc.seq, state: rebased.doc.state }, rebased.doc.row)
}

/** Puts a whole record in the place of whatever the device has of it. */
export const replaceRecord = async (
  base: ReplicaBase,
  doc: StoredDoc,
  row: Parameters<typeof storedRow>[0],
): Promise<void> => {
  await Promise.all([
    base.docs.put(doc),
    rowsOf(base, doc.type).put(storedRow(row)),
    replaceMessages(base, [row]),
  ])
  await putTogether(base, [row])
}

/** Deletes state, row, messages and history. Its changes that wait, if any, are the caller's to decide. */
export const forgetRecord = async (
  base: ReplicaBase,
  id: string,
  type: RecordType,
): Promise<void> => {
  if (type === 'privateValue') await forgetValue(base, id)
  await Promise.all([
    dropDocs(base, [id]),
    rowsOf(base, type).delete(id),
    base.meta.delete(keptHistoryKey(id)),
    type === 'segment' ? dropMessages(base, [id]) : undefined,
  ])
}

/** Up to so many are deleted one by one. */
const fewChanges = 16

/**
 * Takes changes out of the outbox as stored by the relay: they join what is known to be there. The
 * last one of a record ends the need for a separate acknowledged state. In few steps, since a
 * device that comes back has hundreds.
 *
 * @param all how many changes wait, these included
 */
export const acknowledge = async (
  base: ReplicaBase,
  stored: readonly { n: number; doc: string; update: Uint8Array }[],
  all: number,
): Promise<void> => {
  if (stored.length === 0) return
  // Nothing else waits. Few by their keys: to clear a table goes through what was deleted from it.
  if (all === stored.length && all > fewChanges) {
    await Promise.all([base.outbox.clear(), base.acknowledged.clear()])
    return
  }
  const updatesById = new Map<string, Uint8Array[]>()
  for (const { doc, update } of stored)
    updatesById.set(doc, [...(updatesById.get(doc) ?? []), update])
  const ids = [...updatesById.keys()]
  const deleted = base.outbox.bulkDelete(stored.map(({ n }) => n))
  // Nearly always nothing else waits, and none of them has to be looked for.
  const left = new Set(
    all === stored.length ? [] : await base.outbox.where('doc').anyOf(ids).keys(),
  )
  const waiting = ids.filter((id) => left.has(id))
  const known = waiting.length > 0 ? await base.acknowledged.bulkGet(waiting) : []
  await Promise.all([
    deleted,
    base.acknowledged.bulkDelete(ids.filter((id) => !left.has(id))),
    base.acknowledged.bulkPut(
      waiting.map((id, index) => {
        const state = known[index]?.state
        const states = [...(state ? [state] : []), ...(updatesById.get(id) ?? [])]
        return { id, state: mergeStates(...states) }
      }),
    ),
  ])
}
