/**
 * A record rebuilt from what the relay has of it and the changes that still wait: after one of them
 * was refused or discarded. Each is made anew by its patch, under a Yjs client id that was never
 * used, since the numbers of the lost structs may not name other content. No I/O.
 */

import * as Y from 'yjs'
import type { Reason } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { localChange, projected } from './local-change.ts'
import { mergedText } from './merged-text.ts'
import type { OutboxEntry, RejectedEntry } from './tables.ts'

export interface Rebased {
  /** Null: neither the relay nor a waiting change makes the record exist. */
  doc: { state: Uint8Array; row: Row } | null
  /** Changes that still wait, with new updates and the numbers they had. */
  waiting: OutboxEntry[]
  /** Changes that make no sense any more on this state. */
  failed: { entry: OutboxEntry; reason: Reason; field?: string }[]
  /** Numbers of changes that the relay's state holds already. */
  done: number[]
}

export const rebase = (
  type: RecordType,
  id: string,
  acknowledged: Uint8Array | null,
  later: readonly OutboxEntry[],
  writer: number,
): Rebased => {
  let state = acknowledged
  let row = acknowledged ? projected(type, id, acknowledged) : null
  const rebased: Rebased = { doc: null, waiting: [], failed: [], done: [] }
  for (const entry of later) {
    const { at } = entry
    const patch = patchOn(row, entry)
    const made = localChange({ type, id, patch, state, writer, subject: null, at })
    if (!made.ok) {
      const { reason, field } = made
      rebased.failed.push({ entry, reason, ...(field !== undefined && { field }) })
    } else if (!made.value.entry) rebased.done.push(entry.n)
    else {
      state = made.value.state
      row = made.value.row
      // Letters typed later belong to a document of which these structs are no part: no growing on.
      const { live: _live, ...kept } = entry
      const earlier = [...(entry.earlier ?? []), ...endsOf(entry.update)]
      rebased.waiting.push({ ...kept, earlier, update: made.value.entry.update })
    }
  }
  if (state && row) rebased.doc = { state, row }
  return rebased
}

const endsOf = (update: Uint8Array): [number, number][] => [...Y.parseUpdateMeta(update).to]

/** Waiting entries that a state holds already in an earlier form of theirs. */
export const heldAlready = (entries: readonly OutboxEntry[], state: Uint8Array): OutboxEntry[] => {
  const remade = entries.filter(({ earlier }) => earlier)
  if (remade.length === 0) return []
  const clocks = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))
  return remade.filter(({ earlier = [] }) =>
    earlier.some(([client, end]) => (clocks.get(client) ?? 0) >= end),
  )
}

/** The patch of an entry for another state: texts are merged, since others may have typed meanwhile. */
const patchOn = (row: Row | null, { type, patch, fields }: OutboxEntry): Patch => {
  const merged: Patch = { ...patch }
  for (const name of Object.keys(patch)) {
    if (declarationOf(type).fields[name]?.kind !== 'prose') continue
    const [before, after] = fields[name] ?? []
    merged[name] = mergedText(String(before ?? ''), String(after ?? ''), String(row?.[name] ?? ''))
  }
  return merged
}

/** How a refused change is kept. */
export const rejectedEntry = (
  entry: OutboxEntry,
  reason: Reason,
  field: string | undefined,
  rejectedAt: number,
): Omit<RejectedEntry, 'id'> => {
  const {
    n: _n,
    update: _update,
    rebased: _rebased,
    live: _live,
    earlier: _earlier,
    ...kept
  } = entry
  return { ...kept, rejectedAt, reason, ...(field !== undefined && { field }) }
}
