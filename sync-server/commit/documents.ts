/** Records lately used, parsed, so that a run of edits decodes its document once. */
import type * as Y from 'yjs'
import type { Row } from '../../shared/records/declaration.ts'
import type { LookupKey } from '../../shared/records/lookups.ts'
import { openDoc } from '../../shared/records/projection.ts'
import type { StoredDocument } from '../store/store.ts'
import type { TypingEntry } from './changes.ts'

/** A record as it lies on the disk, and a scratch document at the same state. */
export interface LoadedDocument extends StoredDocument {
  row: Row
  /** Made when first needed; judged changes are applied to it. */
  doc: Y.Doc | null
  /** What connectors find it by; null until it is needed. */
  lookups: LookupKey[] | null
  /** The newest history entry, where it is typing that may go on. */
  typing: TypingEntry | null
}

export interface DocumentCache {
  get(id: string): LoadedDocument | undefined
  put(document: LoadedDocument): void
  /** After a refusal or a failed commit: what is in memory is not what is on the disk. */
  drop(id: string): void
}

/** A small record takes some 30 KB parsed: 1,500 of them 45 MB. What is edited at once is far less. */
const maxDocuments = 1_500
/** Parsed documents take about ten times their encoded bytes. */
const maxStateBytes = 8_000_000

export const documentCache = (): DocumentCache => {
  // A Map keeps the order of insertion: what is used is put in again, the oldest comes first.
  const byId = new Map<string, LoadedDocument>()
  let bytes = 0
  const drop = (id: string) => {
    const found = byId.get(id)
    if (!found) return
    byId.delete(id)
    bytes -= found.state.length
  }
  return {
    get: (id) => {
      const found = byId.get(id)
      if (found) {
        byId.delete(id)
        byId.set(id, found)
      }
      return found
    },
    put: (document) => {
      drop(document.id)
      byId.set(document.id, document)
      bytes += document.state.length
      for (const id of byId.keys()) {
        if (byId.size <= maxDocuments && bytes <= maxStateBytes) break
        if (id !== document.id) drop(id)
      }
    },
    drop,
  }
}

export const loaded = (stored: StoredDocument): LoadedDocument => ({
  ...stored,
  row: JSON.parse(stored.rowJson) as Row, // projected by us before it was stored
  doc: null,
  lookups: null,
  typing: null,
})

export const scratchOf = (document: LoadedDocument): Y.Doc => {
  document.doc ??= openDoc(document.id, document.state)
  return document.doc
}
