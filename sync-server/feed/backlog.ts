/** Frames of whole records, read from the base for devices that catch up. */
import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import {
  type Cursor,
  encodeEntriesFrame,
  type Gzip,
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
const maxAtOnce = 6

export interface Backlog {
  /**
   * The frame of the records from `heads[from]` on, null where none of them is as it was, and where
   * to go on. A record that changed since its head was read is left out: it comes again, above.
   */
  frame(
    store: DocumentStore,
    heads: DocumentHead[],
    from: number,
    cursorAt: (head: DocumentHead) => Cursor,
  ): Promise<{ frame: Uint8Array | null; next: number }>
}

export const backlogFrames = (): Backlog => {
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
  return {
    frame: async (store, heads, from, cursorAt) => {
      await acquire()
      try {
        const entries: WireEntry[] = []
        let bytes = 0
        let next = from
        let last: DocumentHead | undefined
        while (next < heads.length && entries.length < maxRecords && bytes < maxBytes) {
          const head = heads[next++]
          if (!head) break
          last = head
          const found = (await store.documents([head.id])).get(head.id)
          if (!found || found.seq !== head.seq) continue
          const { id, type, seq, state, rowJson } = found
          entries.push({ id, type, seq, bytes: state, rowJson })
          bytes += state.length + rowJson.length
        }
        if (entries.length === 0 || !last) return { frame: null, next }
        return { frame: await encodeEntriesFrame('records', cursorAt(last), entries, gzip), next }
      } finally {
        release()
      }
    },
  }
}
