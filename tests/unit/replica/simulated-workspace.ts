/**
 * Devices and a relay in one process, without a network: the real pipeline over SQLite in memory,
 * the real replica and syncing code over an IndexedDB in memory. Time passes only when a step says so.
 */
import * as Y from 'yjs'
import { discardEntry } from '../../../client/replica/discard.ts'
import { writeLive } from '../../../client/replica/live-write.ts'
import { readDoc } from '../../../client/replica/states.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId, type Writer } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { type PushEnd, pushOnce } from '../../../client/sync/push.ts'
import { storeEntries } from '../../../client/sync/store-frames.ts'
import { toldChanges } from '../../../client/sync/told-changes.ts'
import { newId } from '../../../shared/ids.ts'
import type { FeedEntry } from '../../../shared/protocol/feed.ts'
import { decodePush, type PushAnswer } from '../../../shared/protocol/push.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { openDoc } from '../../../shared/records/projection.ts'
import type { Subject } from '../../../shared/rights.ts'
import { noFault } from '../../../sync-server/commit/faults.ts'
import { type Committed, type Pipeline, pipeline } from '../../../sync-server/commit/pipeline.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'

export interface SimulatedRelay {
  pipeline: Pipeline
  /** Every change in the order of its seq. */
  log: Committed[]
  close: () => Promise<void>
}

export const startSimulatedRelay = async (): Promise<SimulatedRelay> => {
  const store = openSqlite(':memory:')
  const workspace = newId()
  await store.createWorkspace({
    id: workspace,
    name: 'Ромашка',
    epoch: newId(),
    factsJson: '{}',
    createdAt: 0,
    administrator: { id: newId(), email: 'anna@romashka.test', passwordHash: '', locale: 'ru' },
  })
  const log: Committed[] = []
  const commits = pipeline({
    store: store.of(workspace),
    clock: () => 0,
    writer: drawClientId(),
    fault: noFault,
    meter: { group: () => {}, refused: () => {}, stored: () => {} },
    isPhoto: async () => true,
    readers: () => [],
    onError: (error) => {
      throw error
    },
  })
  commits.observe((changes) => log.push(...changes))
  return {
    pipeline: commits,
    log,
    close: async () => {
      await commits.stop()
      await store.close()
    },
  }
}

/** What the network does to one push. */
export type Fate = 'arrives' | 'requestLost' | 'answerLost'

export interface SimulatedDevice {
  base: ReplicaBase
  /** Changes a record; the reason where the device itself refuses. */
  edit: (type: RecordType, id: string, patch: Patch) => Promise<string | null>
  /** Several changes, together or not at all. */
  editAll: (writes: readonly Write[]) => Promise<string | null>
  /** Puts a letter at the end of the note in a document that stays open, as `openLive` does. */
  typeLive: (id: string, letter: string) => Promise<void>
  push: (fate: Fate) => Promise<PushEnd>
  /** Sends a push whose answer comes with `answer`, after whatever happens in between. */
  pushSlowly: () => Promise<void>
  answer: () => Promise<void>
  /** Takes at most `count` changes of the live feed. */
  receive: (count: number) => Promise<void>
  /** Takes whole records instead, as after a lost connection. */
  reconnect: () => Promise<void>
  discardOldest: () => Promise<void>
  /** A page load: another Yjs client id. */
  reload: () => void
  close: () => Promise<void>
}

export const startSimulatedDevice = async (
  relay: SimulatedRelay,
  /** As the device believes, and as the relay knows. */
  subjects: { here: Subject; there: Subject },
): Promise<SimulatedDevice> => {
  const base = openBase(`device-${newId()}`)
  await base.open()
  let writer: Writer = createWriter(drawClientId)
  let received = 0
  const open = new Map<string, { doc: Y.Doc; live: string }>()
  let now = 0
  const clock = () => ++now
  let slow: { arrived: () => void; over: Promise<PushEnd> } | null = null

  const relayAnswers = async (body: Uint8Array): Promise<PushAnswer> => {
    const outcomes = await Promise.all(
      decodePush(body).map(async ({ n, id, type, update }) => {
        const subject = subjects.there
        const device = 'device'
        const outcome = await relay.pipeline.propose({
          id,
          type,
          change: update,
          subject,
          device,
          madeAt: 0,
        })
        return outcome.ok ? { n, ok: true as const, seq: outcome.value } : { n, ...outcome }
      }),
    )
    return { epoch: '', outcomes }
  }
  const fetchWith =
    (fate: Fate, gate: Promise<void> = Promise.resolve()): typeof fetch =>
    async (_url, init) => {
      if (fate === 'requestLost') throw new TypeError('no network')
      const answer = await relayAnswers(init?.body as Uint8Array) // what pushOnce gives
      await gate
      if (fate === 'answerLost') throw new TypeError('cut')
      return Response.json(answer)
    }
  const waiting = toldChanges()
  const deps = (ask: typeof fetch) => ({
    base,
    waiting,
    fetch: ask,
    clock,
    draw: drawClientId,
    device: 'x',
    caughtUp: () => received === relay.log.length,
  })
  const never = new AbortController().signal

  const entryOf = ({ id, type, seq }: Committed, bytes: Uint8Array, json: string): FeedEntry => ({
    id,
    type,
    seq,
    bytes,
    row: JSON.parse(json) as Row,
  })
  const cursorAt = (index: number) => ({ head: relay.log[index - 1]?.seq ?? 0, below: 0 })

  const editAll: SimulatedDevice['editAll'] = async (writes) => {
    const result = await writeRecords(
      { base, writer, subject: () => subjects.here, clock, stored: waiting.tell },
      writes,
    )
    return result.ok ? null : result.reason
  }

  return {
    base,
    edit: (type, id, patch) => editAll([{ type, id, patch }]),
    editAll,
    typeLive: async (id, letter) => {
      const stored = await readDoc(base, id)
      if (!stored) return
      let live = open.get(id)
      const known = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(stored.state))
      if (
        !live ||
        (known.get(live.doc.clientID) ?? 0) < Y.getState(live.doc.store, live.doc.clientID)
      )
        live = { doc: openDoc(id, null, drawClientId()), live: newId() }
      open.set(id, live)
      const { doc } = live
      Y.applyUpdate(doc, stored.state)
      const updates: Uint8Array[] = []
      doc.once('update', (bytes: Uint8Array) => updates.push(bytes))
      const note = doc.getText('note')
      note.insert(note.length, letter)
      const update = Y.mergeUpdates(updates)
      const deps = { base, writer, subject: () => subjects.here, clock }
      const result = await writeLive(deps, { type: 'client', id, live: live.live, update })
      waiting.tell()
      if (!result.ok) open.delete(id)
    },
    push: async (fate) => (slow ? { kind: 'lost' } : pushOnce(deps(fetchWith(fate)), never)),
    pushSlowly: async () => {
      if (slow) return
      let arrived = () => {}
      const gate = new Promise<void>((resolve) => {
        arrived = resolve
      })
      slow = { arrived, over: pushOnce(deps(fetchWith('arrives', gate)), never) }
    },
    answer: async () => {
      slow?.arrived()
      await slow?.over
      slow = null
    },
    receive: async (count) => {
      const next = relay.log.slice(received, received + count)
      if (next.length === 0) return
      received += next.length
      const entries = next.map((one) => entryOf(one, one.update, one.changeJson))
      const dropped = await storeEntries(
        { base, draw: drawClientId, clock },
        { kind: 'changes', cursor: cursorAt(received), entries },
      )
      if (dropped) waiting.tell()
    },
    reconnect: async () => {
      const newest = new Map(relay.log.slice(received).map((one) => [one.id, one]))
      if (newest.size === 0) return
      received = relay.log.length
      const entries = [...newest.values()].map((one) => entryOf(one, one.state, one.rowJson))
      const dropped = await storeEntries(
        { base, draw: drawClientId, clock },
        // As a first sync that is not over: what the device does not have yet goes into blocks.
        { kind: 'records', cursor: { ...cursorAt(received), below: 1 }, entries },
      )
      if (dropped) waiting.tell()
    },
    discardOldest: async () => {
      const oldest = await base.outbox.orderBy('n').first()
      if (oldest) await discardEntry({ base, draw: drawClientId, clock }, oldest.n)
      waiting.tell()
    },
    reload: () => {
      open.clear()
      writer = createWriter(drawClientId)
    },
    close: async () => {
      base.close()
      await base.delete()
    },
  }
}
