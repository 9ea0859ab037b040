import { maxPushBytes, maxPushEntries } from '../../shared/protocol/push.ts'
import type { OutboxEntry } from '../replica/tables.ts'

/** Bytes of an entry beside its update: ids, type and numbers, rounded up. */
const entryOverhead = 200

/**
 * What to push next: entries in order, as many as one request may hold. An entry whose files are
 * not uploaded yet holds back the later ones of its record, and nothing else; so does one that was
 * made anew, until the feed has shown whether an earlier form of it is at the relay already.
 */
export const pushBatch = (
  entries: readonly OutboxEntry[],
  unsentFiles: ReadonlySet<string>,
  caughtUp: boolean,
): OutboxEntry[] => {
  const held = new Set<string>()
  const batch: OutboxEntry[] = []
  let bytes = 0
  for (const entry of entries) {
    if (held.has(entry.doc)) continue
    const isEarly = entry.earlier !== undefined && !caughtUp
    if (isEarly || entry.files.some((hash) => unsentFiles.has(hash))) {
      held.add(entry.doc)
      continue
    }
    bytes += entry.update.length + entryOverhead
    if (batch.length === maxPushEntries || (bytes > maxPushBytes && batch.length > 0)) break
    batch.push(entry)
  }
  return batch
}
