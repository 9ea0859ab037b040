/** Emptying the outbox: files first, then changes in their order, each until it is acknowledged. */
import type { Clock } from '../../shared/clock.ts'
import {
  deviceHeader,
  epochHeader,
  programHeader,
  protocolVersion,
} from '../../shared/protocol/program.ts'
import { encodePush, maxPushEntries, type PushAnswer } from '../../shared/protocol/push.ts'
import { isReason, type Reason } from '../../shared/reasons.ts'
import { mergeStates } from '../../shared/records/change.ts'
import { storeErasure } from '../replica/erase.ts'
import { rejectedEntry } from '../replica/rebase.ts'
import { acknowledge, rebuild, rebuildTables } from '../replica/rebuild.ts'
import { readDoc } from '../replica/states.ts'
import type { OutboxEntry, ReplicaBase, StoredFile } from '../replica/tables.ts'
import { endsSync } from './ends-sync.ts'
import { answerWithin } from './patience.ts'
import { pushBatch } from './push-batch.ts'
import { reconcileOnce } from './reconcile.ts'
import { sameBytes } from './same-bytes.ts'
import { type Settlement, settle } from './settle.ts'
import { readPosition } from './store-frames.ts'
import type { Told, ToldChanges } from './told-changes.ts'

export interface PushDeps {
  base: ReplicaBase
  fetch: typeof fetch
  clock: Clock
  /** Draws a Yjs client id. */
  draw: () => number
  device: string
  waiting: ToldChanges
  /** The feed has told everything that the relay had when it was opened. */
  caughtUp: () => boolean
}

type SettlementDeps = Pick<PushDeps, 'base' | 'clock' | 'draw'>

/** `empty`: nothing to push now. `more`: push on at once. `lost`: after a while. */
export type PushEnd =
  | { kind: 'empty' }
  | { kind: 'more' }
  | { kind: 'lost' }
  | { kind: 'stopped'; reason: Reason }

const headers = (device: string) => ({
  [deviceHeader]: device,
  [programHeader]: String(protocolVersion),
})

const failed = async (answer: Response): Promise<PushEnd> => {
  const { reason }: { reason?: unknown } = await answer.json().catch(() => ({}))
  return isReason(reason) && endsSync(reason) ? { kind: 'stopped', reason } : { kind: 'lost' }
}

/** Pushes one batch and stores what the relay answered. */
export const pushOnce = async (deps: PushDeps, signal: AbortSignal): Promise<PushEnd> => {
  const { base, device, waiting } = deps
  const { lost, epoch, entries }: Told & { lost?: boolean } =
    waiting.take() ?? (await readOutbox(base))
  if (lost) return (await reconcileOnce(deps, signal)) ?? { kind: 'more' }
  const batch = pushBatch(entries, await unsentFiles(base, entries), deps.caughtUp())
  if (batch.length === 0) return { kind: 'empty' }
  // Our own encoder never makes shared buffers.
  const body = encodePush(
    batch.map((entry) => ({ ...entry, id: entry.doc })),
  ) as Uint8Array<ArrayBuffer>
  let answer: PushAnswer
  try {
    const response = await deps.fetch('/push', {
      method: 'POST',
      headers: {
        ...headers(device),
        ...(epoch && { [epochHeader]: epoch }),
        'content-type': 'application/octet-stream',
      },
      body,
      signal: answerWithin(signal, body.length),
    })
    if (!response.ok) return failed(response)
    answer = await response.json()
  } catch {
    // No network, or the answer was cut: what was stored answers the same way when pushed again.
    return { kind: 'lost' }
  }
  const { records, later, erased } = settle(batch, answer.outcomes)
  const left = await storeSettlements(deps, records)
  if (erased.length > 0) await storeErasure(deps, erased)
  const last = batch.at(-1)
  const isAll = batch.length === entries.length && batch.length < maxPushEntries
  if (last && isAll && left && !later && erased.length === 0) waiting.left(last.n, epoch)
  return later ? { kind: 'lost' } : { kind: 'more' }
}

/** One look at the base: three after one another would keep each edit waiting for milliseconds. */
const readOutbox = (base: ReplicaBase): Promise<Told & { lost: boolean }> =>
  base.transaction('r', [base.lost, base.meta, base.outbox], async () => {
    const [lost, { epoch }, entries] = await Promise.all([
      base.lost.count(),
      readPosition(base),
      base.outbox.orderBy('n').limit(maxPushEntries).toArray(),
    ])
    return { lost: lost > 0, epoch, entries }
  })

const unsentFiles = async (base: ReplicaBase, entries: OutboxEntry[]): Promise<Set<string>> => {
  const hashes = [...new Set(entries.flatMap(({ files }) => files))]
  if (hashes.length === 0) return new Set()
  const files = await base.files.bulkGet(hashes)
  return new Set(files.flatMap((file) => (file?.unsent ? [file.hash] : [])))
}

/** Uploads the files of the first waiting change that has any. */
export const uploadOnce = async (deps: PushDeps, signal: AbortSignal): Promise<PushEnd> => {
  const { base } = deps
  const file = await firstUnsent(base)
  if (!file) return { kind: 'empty' }
  const end = await uploadFile(deps, file, file.record, signal)
  if (end) return end
  await base.files.update(file.hash, { unsent: 0 })
  return { kind: 'more' }
}

/** Uploads one file; null once the relay has it, or never will. */
export const uploadFile = async (
  deps: PushDeps,
  { hash, name, blob }: StoredFile,
  record: string,
  signal: AbortSignal,
): Promise<PushEnd | null> => {
  const query = new URLSearchParams({ record, name })
  try {
    const response = await deps.fetch(`/files/${hash}?${query}`, {
      method: 'PUT',
      headers: headers(deps.device),
      body: blob,
      signal: answerWithin(signal, blob.size),
    })
    if (response.ok) return null
    const end = await failed(response)
    if (end.kind === 'stopped' || response.status >= 500 || response.status === 429) return end
    // A file the relay will never take: its change goes without it and is refused in words.
    return null
  } catch {
    return { kind: 'lost' }
  }
}

/** By the page, since a cursor would ask for each entry by itself. */
const firstUnsent = async (base: ReplicaBase) => {
  for (let after = 0; ; ) {
    const page = await base.outbox.where('n').above(after).limit(maxPushEntries).toArray()
    for (const { files, doc } of page.filter((entry) => entry.files.length > 0))
      for (const file of await base.files.bulkGet(files))
        if (file?.unsent) return { ...file, record: doc }
    const last = page.at(-1)
    if (!last || page.length < maxPushEntries) return null
    after = last.n
  }
}

/**
 * One transaction: what is stored leaves the outbox, what is refused is kept apart. True where all of
 * it was stored and has left.
 */
export const storeSettlements = async (
  deps: SettlementDeps,
  records: readonly Settlement[],
): Promise<boolean> => {
  if (records.length === 0) return false
  const { base } = deps
  const types = new Set(records.map(({ type }) => type))
  return base.transaction('rw', rebuildTables(base, types), async () => {
    const numbers = records.flatMap(({ stored, refused, mended }) =>
      [...stored, ...refused.map(({ entry }) => entry), ...mended].map(({ n }) => n),
    )
    // What is pushed lies together: asked for as a whole, hundreds are one question to the base.
    const range = base.outbox
      .where('n')
      .between(Math.min(...numbers), Math.max(...numbers), true, true)
    const [entries, all] = await Promise.all([range.toArray(), base.outbox.count()])
    const now: Waiting = new Map(entries.map((entry) => [entry.n, entry]))
    const stored = records.flatMap((record) => record.stored)
    const untouched = stored.filter((entry) => isUntouched(entry, now))
    await acknowledge(base, untouched, all)
    for (const record of records) await storeRemake(deps, record, now)
    return untouched.length === numbers.length
  })
}

/** What the outbox holds now of what was pushed. */
type Waiting = ReadonlyMap<number, OutboxEntry>

/** Neither discarded nor made anew while the request was on its way. */
const isUntouched = ({ n, update }: OutboxEntry, now: Waiting): boolean => {
  const current = now.get(n)
  return current !== undefined && sameBytes(current.update, update)
}

/** Typed on meanwhile: it holds what was pushed, and is pushed whole again. */
const hasGrown = ({ n, live }: OutboxEntry, now: Waiting): boolean =>
  live !== undefined && now.get(n)?.live === live

/** Puts a record back together of which something was refused, or discarded too late. */
const storeRemake = async (
  deps: SettlementDeps,
  { id, type, stored, refused, mended }: Settlement,
  now: Waiting,
): Promise<void> => {
  const { base, clock } = deps
  const overtaken = stored.filter((entry) => !isUntouched(entry, now) && !hasGrown(entry, now))
  const lost = refused.filter(({ entry }) => isUntouched(entry, now))
  const remade = mended.filter((entry) => isUntouched(entry, now))
  if (overtaken.length + lost.length + remade.length === 0) return

  const [doc, acknowledged] = await Promise.all([readDoc(base, id), base.acknowledged.get(id)])
  if (overtaken.length > 0) {
    const known = acknowledged ? acknowledged.state : doc?.state
    const states = [...(known ? [known] : []), ...overtaken.map(({ update }) => update)]
    await base.acknowledged.put({ id, state: mergeStates(...states) })
    // Made anew in between: the same change, and the relay has it.
    await base.outbox.bulkDelete(overtaken.map(({ n }) => n))
  }
  await base.outbox.bulkDelete(lost.map(({ entry }) => entry.n))
  await base.rejected.bulkAdd(
    lost.map(({ entry, reason, field }) => rejectedEntry(entry, reason, field, clock())),
  )
  await base.outbox.bulkPut(remade.map((entry) => ({ ...entry, rebased: true as const })))
  await rebuild(deps, { id, type, seq: doc?.seq ?? 0 })
}
