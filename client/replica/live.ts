/**
 * A record open for editing letter by letter. The document is joined on two sides:
 *
 *     other people ◄─ room (/live/<id>, presence) ─► Y.Doc ◄─► base ◄─► outbox, feed
 *
 * The room is only the faster way: without it everything goes through the base. The document has a
 * Yjs client id of its own, since the page's other writes to the record use the page's.
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { newId } from '../../shared/ids.ts'
import { protocolVersion } from '../../shared/protocol/program.ts'
import { fail, isReason, ok, type Reason, type Result } from '../../shared/reasons.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { openDoc } from '../../shared/records/projection.ts'
import { deviceId } from '../session/session.ts'
import { writeLive } from './live-write.ts'
import { readDoc } from './states.ts'
import { drawClientId } from './writer.ts'
import type { WriteDeps } from './writes.ts'

/** Typed letters are stored together after this pause, ms: shorter than between two key presses. */
const storeEvery = 30

export interface Presence {
  id: string
  name: string
}

/** `away`: no network, edits wait in the outbox. `closed`: the relay does not let us in, for good. */
export type Room =
  | { kind: 'connecting' | 'connected' | 'away' }
  | { kind: 'closed'; reason: Reason }

export interface OpenDocument {
  doc: Y.Doc
  awareness: Awareness
}

export interface LiveRecord {
  /**
   * The document to bind an editor to, and the presence of those in it (`user: { id, name }` is
   * set; add a cursor at will). Another one takes its place after a refused change.
   */
  open: ReadonlySignal<OpenDocument>
  /** Other people who have the record open. */
  others: ReadonlySignal<Presence[]>
  room: ReadonlySignal<Room>
  /** Why the last edit was not taken (no right, too long), or that the record is gone. */
  refused: ReadonlySignal<Reason | null>
  /** Stores what was typed last and leaves the room. */
  close: () => Promise<void>
}

export interface LiveDeps extends WriteDeps {
  user: Presence
  /** Whether the relay is reached. */
  online: ReadonlySignal<boolean>
  /** Tells the syncing worker that something waits. */
  changed: () => void
}

const roomUrl = (): string => `${location.origin.replace(/^http/, 'ws')}/live`

export const openLive = async (
  deps: LiveDeps,
  type: RecordType,
  id: string,
): Promise<Result<LiveRecord>> => {
  const stored = await readDoc(deps.base, id)
  if (!stored) return fail('gone')
  const others = signal<Presence[]>([])
  const room = signal<Room>({ kind: 'connecting' })
  const refused = signal<Reason | null>(null)

  const join = (state: Uint8Array) => {
    const doc = openDoc(id, state, drawClientId())
    const provider = new WebsocketProvider(roomUrl(), id, doc, {
      disableBc: true,
      connect: false,
      // An edit may come here before it comes by the outbox: history names the device all the same.
      params: { device: deviceId(deps.user.id), program: String(protocolVersion) },
    })
    const { awareness } = provider
    awareness.setLocalStateField('user', deps.user)
    awareness.on('change', () => {
      others.value = presences(awareness, deps.user.id)
    })
    provider.on('status', ({ status }) => {
      if (room.value.kind === 'closed') return
      room.value =
        status === 'disconnected'
          ? { kind: deps.online.peek() ? 'connecting' : 'away' }
          : { kind: status }
    })
    provider.on('closed', ({ reason }) => {
      room.value = { kind: 'closed', reason: isReason(reason) ? reason : 'forbidden' }
    })
    const stopFollowing = deps.online.subscribe((online) => {
      if (online && room.peek().kind !== 'closed') provider.connect()
      else if (!online) {
        provider.disconnect()
        room.value = { kind: 'away' }
      }
    })

    // Typed but not stored yet, and up to where the base has our own letters.
    let typed: Uint8Array[] = []
    let storedClock = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let storing = Promise.resolve()
    const live = newId()
    const store = () => {
      clearTimeout(timer)
      timer = undefined
      storing = storing.then(async () => {
        if (typed.length === 0) return
        const update = Y.mergeUpdates(typed)
        typed = []
        const clock = Y.getState(doc.store, doc.clientID)
        const result = await writeLive(deps, { type, id, live, update })
        if (result.ok) {
          storedClock = Math.max(storedClock, clock)
          refused.value = null
          deps.changed()
        } else {
          refused.value = result.reason
          await renew()
        }
      })
      return storing
    }
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin === provider || origin === deps.base) return
      typed.push(update)
      timer ??= setTimeout(store, storeEvery)
    }
    doc.on('update', onUpdate)

    return {
      value: { doc, awareness },
      store,
      /** False where the base lost letters of this document: it may not go on. */
      merge: (next: Uint8Array): boolean => {
        const known = Y.encodeStateVectorFromUpdate(next)
        if ((Y.decodeStateVector(known).get(doc.clientID) ?? 0) < storedClock) return false
        Y.applyUpdate(doc, next, deps.base)
        return true
      },
      leave: () => {
        clearTimeout(timer)
        stopFollowing()
        provider.destroy()
        doc.destroy()
      },
    }
  }

  let current = join(stored.state)
  const open = signal<OpenDocument>(current.value)
  const renew = async () => {
    const now = await readDoc(deps.base, id)
    if (!now) return
    current.leave()
    room.value = { kind: 'connecting' }
    current = join(now.state)
    open.value = current.value
  }
  const subscription = liveQuery(() => readDoc(deps.base, id)).subscribe((now) => {
    if (!now) refused.value = 'gone'
    else if (!current.merge(now.state)) void renew()
  })
  const onHide = () => void current.store()
  document.addEventListener('visibilitychange', onHide)

  return ok({
    open,
    others,
    room,
    refused,
    close: async () => {
      await current.store()
      document.removeEventListener('visibilitychange', onHide)
      subscription.unsubscribe()
      current.leave()
    },
  })
}

/** Each person once, however many pages they have open. */
const presences = (awareness: Awareness, self: string): Presence[] => {
  const byId = new Map<string, Presence>()
  for (const { user } of awareness.getStates().values() as Iterable<{ user?: unknown }>) {
    if (!isPresence(user) || user.id === self) continue
    byId.set(user.id, { id: user.id, name: user.name })
  }
  return [...byId.values()]
}

/** Presence comes from other people's programs: it may be anything. */
const isPresence = (value: unknown): value is Presence =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'name' in value &&
  typeof value.name === 'string'
