/**
 * One connection to the feed: from the request to its end. Every frame is stored with the cursor
 * that follows it before the next one counts, so that the stream may break anywhere.
 */
import type { Clock } from '../../shared/clock.ts'
import { type FeedFrame, readFrames, silenceLimit } from '../../shared/protocol/feed.ts'
import { gunzip } from '../../shared/protocol/gzip.ts'
import { deviceHeader, programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import { isReason, type Reason } from '../../shared/reasons.ts'
import { storeErasure } from '../replica/erase.ts'
import { isFull } from '../replica/room.ts'
import type { Progress } from '../replica/status.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { endsSync } from './ends-sync.ts'
import { keepUnseen, startEpoch } from './epoch.ts'
import { readAhead } from './read-ahead.ts'
import {
  readPosition,
  storeContact,
  storeCursor,
  storeEntries,
  storeForget,
} from './store-frames.ts'

/** Frames in memory beside the one being stored; each is a megabyte at most. */
const framesAhead = 3

/** Changes stored in one transaction: longer ones would let the user's own edits wait. */
const changesAtOnce = 512

/** Of two frames of changes one, with the cursor of the later; null where they are not. */
export const joined = (frame: FeedFrame, next: FeedFrame): FeedFrame | null =>
  frame.kind === 'changes' &&
  next.kind === 'changes' &&
  frame.entries.length + next.entries.length <= changesAtOnce
    ? { ...next, entries: [...frame.entries, ...next.entries] }
    : null

export interface FeedDeps {
  base: ReplicaBase
  fetch: typeof fetch
  clock: Clock
  /** Draws a Yjs client id. */
  draw: () => number
  device: string
  /** The stream is open. */
  onOnline: () => void
  onProgress: (progress: Progress | null) => void
  /** Changes that wait were taken away or made anew. */
  onOutbox: () => void
  /** Nothing older is missing any more. */
  onCaughtUp: () => void
}

/** How a connection ended: `lost` is worth another attempt after a while, `again` at once. */
export type FeedEnd =
  | { kind: 'lost' }
  | { kind: 'again' }
  /** What came does not fit on the device. */
  | { kind: 'full' }
  | { kind: 'stopped'; reason: Reason }

const ended = (reason: Reason): FeedEnd => {
  if (reason === 'epochChanged') return { kind: 'again' }
  return endsSync(reason) ? { kind: 'stopped', reason } : { kind: 'lost' }
}

/** Runs until the stream ends, breaks, or `signal` ends it. Never throws for the network's faults. */
export const runFeed = async (deps: FeedDeps, signal: AbortSignal): Promise<FeedEnd> => {
  const { base, clock } = deps
  const { cursor, epoch } = await readPosition(base)
  // Ended meanwhile: a listener added now would never hear of it.
  if (signal.aborted) return { kind: 'lost' }
  const connection = new AbortController()
  const abort = () => connection.abort()
  signal.addEventListener('abort', abort, { once: true })
  let silence = setTimeout(abort, silenceLimit)
  try {
    const answer = await openFeed(deps, cursor, epoch, connection.signal)
    if (!(answer instanceof ReadableStream)) {
      if (answer.kind === 'again') await startEpoch(deps, '')
      return answer
    }
    const hear = () => {
      clearTimeout(silence)
      silence = setTimeout(abort, silenceLimit)
    }
    const progress = { done: 0, total: 0 }
    const frames = readFrames(chunksOf(answer, hear), gunzip)
    for await (const frame of readAhead(frames, framesAhead, joined)) {
      if (connection.signal.aborted) return { kind: 'lost' }
      const end = await storeFrame(deps, frame, progress, epoch, clock)
      if (end) return end
    }
    return { kind: 'lost' }
  } catch (error) {
    // fetch and streams throw for every fault of the network, and for bytes that are not ours (a
    // proxy): all of it means to try again. What is wrong with the base must be seen.
    if (isFull(error)) return { kind: 'full' }
    if (isBaseFault(error)) throw error
    return { kind: 'lost' }
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', abort)
    connection.abort()
  }
}

/** Dexie names its errors; those of fetch are TypeError and AbortError of the browser itself. */
const isBaseFault = (error: unknown): boolean =>
  error instanceof Error && 'inner' in error && error.name !== 'AbortError'

const openFeed = async (
  { fetch: ask, device }: FeedDeps,
  { head, below }: { head: number; below: number },
  epoch: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | FeedEnd> => {
  const query = new URLSearchParams({ head: String(head), below: String(below), epoch })
  const answer = await ask(`/feed?${query}`, {
    headers: { [deviceHeader]: device, [programHeader]: String(protocolVersion) },
    signal,
    cache: 'no-store',
  })
  if (answer.ok && answer.body) return answer.body
  const { reason }: { reason?: unknown } = await answer.json().catch(() => ({}))
  return ended(isReason(reason) ? reason : 'unreachable')
}

/** Safari cannot iterate a stream yet. */
async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  hear: () => void,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    hear()
    yield value
  }
}

const storeFrame = async (
  { base, draw, onOnline, onProgress, onOutbox, onCaughtUp }: FeedDeps,
  frame: FeedFrame,
  progress: Progress,
  epoch: string,
  clock: Clock,
): Promise<FeedEnd | null> => {
  switch (frame.kind) {
    case 'hello': {
      if (epoch !== '' && frame.hello.epoch !== epoch) {
        await startEpoch({ base, draw, clock }, frame.hello.epoch)
        return { kind: 'again' }
      }
      await base.meta.put(frame.hello.epoch, 'epoch')
      progress.total = frame.hello.total
      onOnline()
      if (progress.total > 0) onProgress({ ...progress })
      return null
    }
    case 'records':
    case 'changes':
      if (await storeEntries({ base, draw, clock }, frame)) onOutbox()
      if (frame.kind === 'records' && progress.done < progress.total) {
        progress.done = Math.min(progress.total, progress.done + frame.entries.length)
        onProgress({ ...progress })
      }
      return null
    case 'forget':
      if (frame.erased) await storeErasure({ base, draw, clock }, frame.ids)
      else await storeForget(base, frame.ids, clock)
      onOutbox()
      return null
    case 'caughtUp':
      await keepUnseen(base)
      await storeContact(base, frame.cursor, clock())
      onProgress(null)
      onCaughtUp()
      return null
    case 'beat':
      if (frame.cursor.below === 0) await storeContact(base, frame.cursor, clock())
      else await storeCursor(base, frame.cursor)
      return null
    case 'end':
      return ended(frame.reason)
  }
}
