/** What a feed entry does to the record on the device. No I/O. */

import * as Y from 'yjs'
import type { FeedEntry } from '../../shared/protocol/feed.ts'
import { mergeStates } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { openDoc, project } from '../../shared/records/projection.ts'
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
  if (!acknowledged) {
    const state = kind === 'records' || !doc ? bytes : merge(type, id, doc.state, bytes).state
    return { doc: { id, type, seq, state }, acknowledged: null, row: entry.row }
  }
  const merged = merge(type, id, doc?.state, bytes, 'withRow')
  // Kept for as long as something waits: not worth a document.
  const known = kind === 'changes' && acknowledged.state
  return {
    doc: { id, type, seq, state: merged.state },
    acknowledged: { id, state: known ? mergeStates(known, bytes) : bytes },
    // Two valid sides may merge into what is not valid: the relay will say so when ours is pushed.
    row: merged.row ?? entry.row,
  }
}

/**
 * Merging through a document lets Yjs drop what was overwritten, so that a record changed a
 * thousand times stays small. Segments only grow, and are too large to be decoded for each letter.
 */
const merge = (
  type: RecordType,
  id: string,
  state: Uint8Array | undefined,
  update: Uint8Array,
  row?: 'withRow',
): { state: Uint8Array; row: Row | null } => {
  if (declarationOf(type).maps) {
    const both = state ? mergeStates(state, update) : update
    return { state: both, row: row ? projected(type, id, both) : null }
  }
  const doc = openDoc(id, state)
  Y.applyUpdate(doc, update)
  const projection = row && project(type, id, doc)
  const both = state ? Y.encodeStateAsUpdate(doc) : update
  doc.destroy()
  return { state: both, row: projection?.ok ? projection.value : null }
}
