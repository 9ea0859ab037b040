/**
 * One stream of the feed, as a generator of frames: it makes the next one when the last was taken,
 * so that a slow device slows down nobody else.
 *
 *     hello ─► catch up ─► caughtUp ─► live ─► end
 *                 ▲                     │
 *                 └── rights changed, or too much waited
 *
 * Catching up reads the base: whole records, then what is gone. Live frames are made of commits, and
 * hold only updates. A stream whose reader gained or lost rights goes back to catching up, since an
 * update is of no use to one who does not have what came before it.
 */
import type { Clock } from '../../shared/clock.ts'
import {
  beatEvery,
  type Cursor,
  encodeEntriesFrame,
  encodeFrame,
  silenceLimit,
  type WireEntry,
} from '../../shared/protocol/feed.ts'
import type { Reason } from '../../shared/reasons.ts'
import { holds, type Subject } from '../../shared/rights.ts'
import type { Committed } from '../commit/judgement.ts'
import type { DocumentHead, ServedTokens, WorkspaceFacts, WorkspaceStore } from '../store/store.ts'
import { type Backlog, gzip } from './backlog.ts'
import type { Batch, Hub } from './hub.ts'
import { afterTokenChange, reader, type Verdict, verdictOf } from './plan.ts'

/** The first batch of an empty device is small: its first list is on screen the sooner. */
const firstBatchRecords = 100
/** Heads are read for one frame at a time: other requests get their turn between, and 200 streams hold little. */
const headsAtOnce = 800

export interface StreamDeps {
  workspace: WorkspaceFacts
  store: WorkspaceStore
  hub: Hub
  backlog: Backlog
  clock: Clock
  /** The subject as it is now; null when it may no longer read anything. */
  subject: () => Subject | null
  /** Why the stream may not go on, asked at every beat: a session can run out. */
  stillAllowed: () => Promise<Reason | null>
  session: string | null
  /** Id of the device; null for one that does not say. */
  device: string | null
  /** Aborted when the device went away while the stream waits. */
  gone: AbortSignal
  /** Only these types; null for all. */
  types: ReadonlySet<string> | null
  cursor: Cursor
}

/** The frames of one stream, some of them in pieces. Returning from it (the device went away) lets go of everything. */
export async function* feedStream(deps: StreamDeps): AsyncGenerator<Uint8Array> {
  const { workspace, store, hub, backlog, clock, session, device, types, gone } = deps
  let subject = deps.subject()
  if (!subject) return
  const isWanted = (type: string) => types === null || types.has(type)
  // Open before the base is read: a commit between the two would be in neither.
  const inbox = hub.open({ user: subject.id, session, device })
  gone.addEventListener('abort', inbox.close)
  let cursor = deps.cursor
  let served = await servedTokens(deps, subject)
  let confirmAt = clock() + silenceLimit

  const confirm = async () => {
    if (!subject) return
    const now = [...subject.tokens]
    served = { user: subject.id, sure: now, maybe: now }
    confirmAt = Number.POSITIVE_INFINITY
    if (device) await store.putServed(device, { ...served, at: clock() })
  }

  /** Whole records with these heads, in frames; `cursorAt` says what to resume with after a head. */
  async function* send(heads: DocumentHead[], cursorAt: (head: DocumentHead) => Cursor) {
    for (let from = 0; from < heads.length; ) {
      const { pieces, next } = await backlog.frame(heads, from, cursorAt)
      yield* pieces
      from = next
    }
  }

  /** Sends what new tokens open and names what lost ones close. */
  async function* exchange(now: Subject) {
    const readers = {
      now: reader(now.tokens),
      sure: reader(new Set(served.sure)),
      maybe: reader(new Set(served.maybe)),
    }
    let from = 0
    const forget: string[] = []
    for (;;) {
      const heads = await store.heads({
        from,
        below: Number.MAX_SAFE_INTEGER,
        order: 'up',
        limit: headsAtOnce,
      })
      const gained: DocumentHead[] = []
      for (const head of heads) {
        if (!isWanted(head.type)) continue
        const verdict = afterTokenChange(head, readers, cursor)
        if (verdict === 'send') gained.push(head)
        else if (verdict === 'forget') forget.push(head.id)
      }
      yield* send(gained, () => cursor)
      const last = heads.at(-1)
      if (!last || heads.length < headsAtOnce) break
      from = last.seq
    }
    if (forget.length > 0) yield encodeFrame({ kind: 'forget', ids: forget })
  }

  /** Names the records that went out of reach by a change of their own with a seq in (from, to]. */
  async function* losses(now: Subject, from: number, to: number) {
    const held = new Set(served.maybe)
    const ids = new Set(
      (await store.losses(from, to))
        .filter(({ token }) => holds(held, token))
        .map(({ document }) => document),
    )
    const lost: string[] = []
    for (const id of ids) {
      const audience = (await store.documents([id])).get(id)?.audience ?? []
      if (!audience.some((token) => holds(now.tokens, token))) lost.push(id)
    }
    if (lost.length > 0) yield encodeFrame({ kind: 'forget', ids: lost })
  }

  /**
   * Names the records erased with a seq in (from, to], whoever could read them: a device may hold
   * words of one that it may no longer read, and an id says nothing.
   */
  async function* erasures(from: number, to: number) {
    const ids = await store.erasures(from, to)
    if (ids.length > 0) yield encodeFrame({ kind: 'forget', ids, erased: true })
  }

  /** Everything above `cursor.head`, oldest first. */
  async function* upwards(now: Subject) {
    const may = reader(now.tokens)
    for (;;) {
      const heads = await store.heads({
        from: cursor.head,
        below: Number.MAX_SAFE_INTEGER,
        order: 'up',
        limit: headsAtOnce,
      })
      const last = heads.at(-1)
      if (inbox.ended) return
      yield* erasures(cursor.head, last?.seq ?? Number.MAX_SAFE_INTEGER)
      if (!last) return
      // Before the cursor passes them: a stream cut after that would never name them again.
      yield* losses(now, cursor.head, last.seq)
      const mine = heads.filter((head) => isWanted(head.type) && may(head.audience))
      yield* send(mine, ({ seq }) => ({ ...cursor, head: seq }))
      cursor = { ...cursor, head: last.seq }
    }
  }

  /** Everything under `cursor.below`, newest first. */
  async function* downwards(now: Subject) {
    const may = reader(now.tokens)
    let limit = firstBatchRecords
    while (cursor.below > 0 && !inbox.ended) {
      const heads = await backlog.headsBelow(cursor.below, limit)
      const last = heads.at(-1)
      if (!last) {
        cursor = { ...cursor, below: 0 }
        return
      }
      const mine = heads.filter((head) => isWanted(head.type) && may(head.audience))
      yield* send(mine, ({ seq }) => ({ ...cursor, below: seq }))
      cursor = { ...cursor, below: last.seq }
      limit = headsAtOnce
    }
  }

  async function* catchUp(now: Subject) {
    inbox.overflowed = false
    if (!sameTokens(served, now)) {
      // Known to be uncertain until a while after the frames were taken: see `confirm`.
      served = widen(served, now)
      if (device) await store.putServed(device, { ...served, at: clock() })
      yield* exchange(now)
      confirmAt = clock() + silenceLimit
    }
    yield* upwards(now)
    yield* downwards(now)
    yield* upwards(now)
    if (!inbox.ended) yield encodeFrame({ kind: 'caughtUp', cursor })
  }

  try {
    const head = await store.seq()
    if (cursor.head === 0) cursor = { head, below: head + 1 }
    // A base put back from a backup is behind its devices; the epoch says so, the cursor must not.
    if (cursor.head > head) cursor = { head, below: cursor.below }
    yield encodeFrame({
      kind: 'hello',
      hello: {
        workspace: workspace.id,
        epoch: workspace.epoch,
        head,
        total: await totalOf(deps, subject, cursor),
        subject: subject.id,
      },
    })
    // A new device holds nothing of what was erased, but one that begins anew may hold unsent changes.
    if (deps.cursor.head === 0) yield* erasures(0, head)
    yield* catchUp(subject)

    let beatAt = clock() + beatEvery
    for (;;) {
      await inbox.wait(beatEvery)
      if (gone.aborted) return
      if (inbox.ended) return yield encodeFrame({ kind: 'end', reason: inbox.ended })
      const now = deps.subject()
      if (!now) return yield encodeFrame({ kind: 'end', reason: 'blocked' })
      if (now !== subject || inbox.overflowed) {
        subject = now
        inbox.take()
        yield* catchUp(now)
        continue
      }
      const batches = inbox.take()
      for (const batch of batches) {
        // Told also where catching up may have told it: ids cost nothing.
        if (batch.erased) yield encodeFrame({ kind: 'forget', ids: batch.erased, erased: true })
        // Catching up read the base, which may be ahead of the inbox.
        if (batch.head <= cursor.head) continue
        for (const frame of await framesFor(batch, now, types)) yield frame
        cursor = { ...cursor, head: batch.head }
      }
      if (batches.length > 0 && clock() < beatAt) continue
      beatAt = clock() + beatEvery
      const reason = await deps.stillAllowed()
      if (reason) return yield encodeFrame({ kind: 'end', reason })
      // What was sent this long ago to a device that still listens has been stored there.
      if (clock() >= confirmAt) await confirm()
      yield encodeFrame({ kind: 'beat', cursor })
    }
  } finally {
    inbox.close()
  }
}

const totalOf = async (
  { store, types }: StreamDeps,
  subject: Subject,
  cursor: Cursor,
): Promise<number> => {
  const may = reader(subject.tokens)
  let total = 0
  for (const { audience, type, n } of await store.counts(cursor.head, cursor.below))
    if ((types === null || types.has(type)) && may(audience)) total += n
  return total
}

/** With which tokens the device was served before; an empty one holds nothing that could be lost. */
const servedTokens = async (
  { store, device, cursor, clock }: StreamDeps,
  subject: Subject,
): Promise<ServedTokens> => {
  const now = [...subject.tokens]
  const fresh = { user: subject.id, sure: now, maybe: now }
  if (!device) return fresh
  const kept = cursor.head === 0 ? null : await store.served(device)
  if (kept && kept.user === subject.id) return kept
  await store.putServed(device, { ...fresh, at: clock() })
  return fresh
}

const sameTokens = ({ sure, maybe }: ServedTokens, { tokens }: Subject): boolean =>
  sure.length === tokens.size &&
  maybe.length === tokens.size &&
  maybe.every((token) => tokens.has(token)) &&
  sure.every((token) => tokens.has(token))

const widen = ({ user, sure, maybe }: ServedTokens, { tokens }: Subject): ServedTokens => ({
  user,
  sure: sure.filter((token) => tokens.has(token)),
  maybe: [...new Set([...maybe, ...tokens])],
})

/** Frames of a batch for one reader; readers who get the same share the bytes. */
const framesFor = (
  batch: Batch,
  subject: Subject,
  types: ReadonlySet<string> | null,
): Promise<Uint8Array[]> => {
  const verdicts = batch.changes.map((change) =>
    types === null || types.has(change.type) ? verdictOf(change, subject.tokens) : 'nothing',
  )
  const key = verdicts.join()
  let frames = batch.frames.get(key)
  if (!frames) {
    frames = encodeBatch(batch, verdicts)
    batch.frames.set(key, frames)
  }
  return frames
}

/** Runs of equal verdicts become a frame each, in the order of commits. */
const encodeBatch = async (batch: Batch, verdicts: Verdict[]): Promise<Uint8Array[]> => {
  const told = batch.changes
    .map((change, index) => ({ change, verdict: verdicts[index] ?? 'nothing' }))
    .filter(({ verdict }) => verdict !== 'nothing')
  const frames: Uint8Array[] = []
  for (let start = 0; start < told.length; ) {
    const verdict = told[start]?.verdict
    let end = start + 1
    while (told[end]?.verdict === verdict) end++
    const changes = told.slice(start, end).map(({ change }) => change)
    const cursor = { head: end === told.length ? batch.head : (changes.at(-1)?.seq ?? 0), below: 0 }
    if (verdict === 'forget')
      frames.push(encodeFrame({ kind: 'forget', ids: changes.map(({ id }) => id) }))
    else {
      const isChange = verdict === 'change'
      const entries = changes.map((change) => toWire(change, isChange))
      frames.push(await encodeEntriesFrame(isChange ? 'changes' : 'records', cursor, entries, gzip))
    }
    start = end
  }
  return frames
}

const toWire = (change: Committed, isChange: boolean): WireEntry => ({
  id: change.id,
  type: change.type,
  seq: change.seq,
  bytes: isChange ? change.update : change.state,
  rowJson: isChange ? change.changeJson : change.rowJson,
})
