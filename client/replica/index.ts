/** The device's replica: what screens import. */
export { isOutdated } from './base-guard.ts'
export { type Changed, followKeys } from './changed-keys.ts'
export { isHistory, type KeptHistory, keptHistoryKey } from './kept-history.ts'
export type { Known } from './known.ts'
export type { LiveRecord, OpenDocument, Presence, Room } from './live.ts'
export {
  type BlockKey,
  type BlockSpan,
  blockSpans,
  blocksInFolders,
  messagesById,
  messagesOfBlocks,
  newestInFolders,
  newestMessages,
  placeFromNewest,
  writtenHere,
} from './message-store.ts'
export type { NewDialog, NewMessage } from './messages.ts'
export { itemsChanged, OfKept, partChanged, withKept } from './of-kept.ts'
export { followPaced } from './paced.ts'
export { fetchWriting, openReplica, type Replica } from './replica.ts'
export { identitiesOf, resolveRow, resolveRows } from './resolve.ts'
export { readDoc } from './states.ts'
export type { Status, SyncState } from './status.ts'
export type {
  ChangeKind,
  Draft,
  MessageRow,
  OutboxEntry,
  RejectedEntry,
  ReplicaBase,
  StoredRow,
} from './tables.ts'
export { liveSignal, useAnswer, useLive, usePaced } from './use-live.ts'
export { chosenOf, useSuggestions } from './use-suggestions.ts'
export type { Write } from './writes.ts'
