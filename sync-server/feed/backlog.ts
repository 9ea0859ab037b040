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
/**
 * Packed frames kept for the next device, bytes: 10,000 clients with 100,000 letters are 7 MB. What
 * does not fit is packed for each device anew, which costs more memory than keeping it.
 */
const maxKept = 32 * 1024 * 1024

/** Pages of heads kept for the next device; one of 800 takes some 300 KB. */
const maxPages = 32

export interface Backlog {
  /**
   * Heads with a seq under `below`, newest first. May name a record as it was: it has changed since,
   * and so has a head above.
   */
  headsBelow(below: number, limit: number): Promise<DocumentHead[]>
  /**
   * The frame of the records from `heads[from]` on, in pieces (none where no record is as it was),
   * and where to go on. A record that changed since its head was read is left out: it comes again, above.
   */
  frame(
    heads: DocumentHead[],
    from: number,
    cursorAt: (head: DocumentHead) => Cursor,
  ): Promise<{ pieces: Uint8Array[]; next: number }>
  /** Lets go of all that is kept: something in it was erased. */
  clear(): void
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
  const kept = new Map<string, { packed: Promise<Packed>; bytes: number }>()
  let keptBytes = 0

  // Shared by the streams: 200 of them with 800 heads each were 250 MB. What is under a seq can only
  // leave, by a change that gives it a higher one; so a page that was read once stays good enough.
  const pages = new Map<string, Promise<DocumentHead[]>>()

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
    const found = kept.get(key) ?? { packed: pack(heads), bytes: 0 }
    const isNew = !kept.delete(key)
    kept.set(key, found)
    if (isNew) void count(key, found)
    return found.packed
  }

  /** Adds a frame's size once it is known, and lets go of those not used for longest. */
  const count = async (key: string, found: { packed: Promise<Packed>; bytes: number }) => {
    try {
      found.bytes = (await found.packed).entries?.body.length ?? 0
    } catch {
      // Whoever asked for it is told; the next one tries anew.
      kept.delete(key)
      return
    }
    if (kept.get(key) !== found) return // let go of while it was packed
    keptBytes += found.bytes
    for (const [oldest, { bytes }] of kept) {
      if (keptBytes <= maxKept) break
      kept.delete(oldest)
      keptBytes -= bytes
    }
  }

  return {
    headsBelow: (below, limit) => {
      const key = `${below}/${limit}`
      let page = pages.get(key)
      if (!page) {
        page = store.heads({ from: 0, below, order: 'down', limit })
        page.catch(() => pages.delete(key))
      }
      pages.delete(key)
      pages.set(key, page)
      for (const oldest of pages.keys()) {
        if (pages.size <= maxPages) break
        pages.delete(oldest)
      }
      return page
    },
    clear: () => {
      kept.clear()
      keptBytes = 0
      pages.clear()
    },
    frame: async (heads, from, cursorAt) => {
      const { entries, count } = await packed(heads.slice(from, from + maxRecords))
      const next = from + count
      const last = heads[next - 1]
      return {
        pieces: entries && last ? entriesFrame('records', cursorAt(last), entries) : [],
        next,
      }
    },
  }
}
