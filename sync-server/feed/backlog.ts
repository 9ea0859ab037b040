/** Frames of whole records, read from the base for devices that catch up. */
import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import {
  type Cursor,
  type EncodedEntries,
  entriesFrame,
  type Gzip,
  packEntries,
  type WireEntry,
} from '../../shared/protocol/feed.ts'
import type { DocumentHead, DocumentStore } from '../store/store.ts'

const zip = promisify(gzipCallback)
/** Level 4 packs records nearly as well as 9 in a third of the time. */
export const gzip: Gzip = (bytes) => zip(bytes, { level: 4 })

/** A frame is small enough to be stored by the device in one short transaction. */
const maxRecords = 800
const maxBytes = 1024 * 1024
/**
 * Frames made at once. Each holds some 4 MB until it is packed; when an office of 200 devices comes
 * back at once, more would only fill the memory: there are not that many processors.
 */
const maxAtOnce = 4
/** Packed frames kept for the next device: 64 of some 100 KB, a base of 50,000 records. */
const maxKept = 64

export interface Backlog {
  /**
   * The frame of the records from `heads[from]` on, null where none of them is as it was, and where
   * to go on. A record that changed since its head was read is left out: it comes again, above.
   */
  frame(
    heads: DocumentHead[],
    from: number,
    cursorAt: (head: DocumentHead) => Cursor,
  ): Promise<{ frame: Uint8Array | null; next: number }>
}

interface Packed {
  /** Null where no record was as its head says. */
  entries: EncodedEntries | null
  /** Heads used up. */
  count: number
}

export const backlogFrames = (store: DocumentStore): Backlog => {
  let free = maxAtOnce
  const queue: (() => void)[] = []
  const acquire = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => queue.push(resolve))
  }
  const release = () => {
    const next = queue.shift()
    if (next) next()
    else free++
  }
  // By the seqs of the records asked for: a seq is one version of one record, so that what was packed
  // for one device is what the next one with the same rights gets.
  const kept = new Map<string, Promise<Packed>>()

  const pack = async (heads: DocumentHead[]): Promise<Packed> => {
    await acquire()
    try {
      const entries: WireEntry[] = []
      let bytes = 0
      let count = 0
      for (const head of heads) {
        if (bytes >= maxBytes) break
        count++
        const found = (await store.documents([head.id])).get(head.id)
        if (!found || found.seq !== head.seq) continue
        const { id, type, seq, state, rowJson } = found
        entries.push({ id, type, seq, bytes: state, rowJson })
        bytes += state.length + rowJson.length
      }
      return { entries: entries.length > 0 ? await packEntries(entries, gzip) : null, count }
    } finally {
      release()
    }
  }

  const packed = (heads: DocumentHead[]): Promise<Packed> => {
    const key = heads.map(({ seq }) => seq).join()
    let found = kept.get(key)
    if (!found) {
      found = pack(heads)
      found.catch(() => kept.delete(key))
    }
    kept.delete(key)
    kept.set(key, found)
    for (const oldest of kept.keys()) {
      if (kept.size <= maxKept) break
      kept.delete(oldest)
    }
    return found
  }

  return {
    frame: async (heads, from, cursorAt) => {
      const { entries, count } = await packed(heads.slice(from, from + maxRecords))
      const next = from + count
      const last = heads[next - 1]
      return {
        frame: entries && last ? entriesFrame('records', cursorAt(last), entries) : null,
        next,
      }
    },
  }
}
