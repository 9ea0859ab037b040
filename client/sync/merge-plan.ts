/** What a feed entry does to the record on the device. No I/O. */

import * as Y from 'yjs'
import type { FeedEntry } from '../../shared/protocol/feed.ts'
import { mergeStates } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { openDoc } from '../../shared/records/projection.ts'
import { projected } from '../replica/local-change.ts'
import type { AcknowledgedDoc, StoredDoc } from '../replica/tables.ts'

export interface Merged {
  doc: StoredDoc
  /** Null: the record has no unsent changes. */
  acknowledged: AcknowledgedDoc | null
  row: Row
}

/**
 * `records` entries are whole states: they take the place of what the device has, unless it has
 * unsent changes. `changes` entries are differences. The relay's row is stored as it came; only
 * where there are unsent changes the device projects itself.
 */
export const mergePlan = (
  kind: 'records' | 'changes',
  entry: FeedEntry,
  doc: StoredDoc | undefined,
  acknowledged: AcknowledgedDoc | undefined,
): Merged => {
  const { id, type, seq, bytes } = entry
  const merged = (state: Uint8Array | null | undefined) =>
    state ? merge(type, id, state, bytes) : bytes
  if (!acknowledged) {
    const state = kind === 'records' ? bytes : merged(doc?.state)
    return { doc: { id, type, seq, state }, acknowledged: null, row: entry.row }
  }
  const state = merged(doc?.state)
  return {
    doc: { id, type, seq, state },
    acknowledged: { id, state: kind === 'records' ? bytes : merged(acknowledged.state) },
    // Two valid sides may merge into what is not valid: the relay will say so when ours is pushed.
    row: projected(type, id, state) ?? entry.row,
  }
}

/**
 * Merging through a document lets Yjs drop what was overwritten, so that a record changed a
 * thousand times stays small. Segments only grow, and are too large to be decoded for each letter.
 */
const merge = (type: RecordType, id: string, state: Uint8Array, update: Uint8Array): Uint8Array => {
  if (declarationOf(type).maps) return mergeStates(state, update)
  const doc = openDoc(id, state)
  Y.applyUpdate(doc, update)
  const both = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return both
}
