/**
 * A live room: the people who have one record open. It speaks the protocol of y-websocket:
 *
 *     varUint 0 sync        y-protocols/sync: step 1 (state vector), step 2 and update (bytes)
 *     varUint 1 awareness   varUint8Array, y-protocols/awareness
 *     varUint 3             the client asks for everyone's awareness
 *
 * The room holds no document of its own. What comes in goes through the commit pipeline like every
 * other change; what the pipeline commits, from whatever door, goes out. A refusal closes the socket
 * with the code of its reason, since the protocol has no answer to an update.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Clock } from '../../shared/clock.ts'
import { closeCodeOf, type Reason } from '../../shared/reasons.ts'
import { holds, type Subject } from '../../shared/rights.ts'
import type { LoadedDocument } from '../commit/documents.ts'
import type { Committed } from '../commit/judgement.ts'
import type { Pipeline } from '../commit/pipeline.ts'
import type { StreamOwner } from '../feed/hub.ts'
import { type Allowance, allowance } from '../http/allowance.ts'

const messageSync = 0
const messageAwareness = 1
const messageQueryAwareness = 3

/** A cursor, a name and a colour; more is not presence. */
const maxAwarenessBytes = 8 * 1024
/** Pages repeat what they hear of others: everyone in a large room, in one message. */
const maxAwarenessMessage = 16 * maxAwarenessBytes
/** All of one user's in a room: it goes to everyone there at each change of it. */
const maxAwarenessBytesPerUser = 2 * maxAwarenessBytes
/**
 * Presence is told at once, and what changes within this time afterwards together, ms: each page
 * repeats to the room what it hears, so that many in one room would keep each other busy.
 */
const tellPresenceEvery = 50
/** A page asks for the document and for who is there when it connects; some do so again every few seconds. */
const maxQuestions = 20
const questionsPerSecond = 1
/** A page load has one client id, and a new one after a refusal; a socket is one page load. */
const maxPresencesPerSocket = 4
/** A socket that does not read is cut before its unsent bytes fill the memory. */
const maxUnsentBytes = 4 * 1024 * 1024

/** What a room needs of a WebSocket. */
export interface LiveSocket {
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
  readonly bufferedAmount: number
}

export interface Visitor extends StreamOwner {
  device: string
}

interface Present extends Visitor {
  /** Awareness clients that this socket speaks for, and the bytes of what it said of each. */
  presences: Map<number, number>
  questions: Allowance
}

export interface Room {
  enter(socket: LiveSocket, visitor: Visitor, document: LoadedDocument): void
  leave(socket: LiveSocket): void
  /** Takes what a socket of the room said. */
  hear(socket: LiveSocket, bytes: Uint8Array): Promise<void>
  take(change: Committed): void
  /** Puts out those who may no longer read the record. */
  checkRights(): void
  /** Says something to everyone: the provider gives up a connection that is silent for 30 s. */
  beat(): void
  end(reason: Reason, filter: (owner: StreamOwner) => boolean): void
  isEmpty(): boolean
  close(): void
}

export interface RoomDeps {
  pipeline: Pipeline
  subjectOf: (user: string) => Subject | null
  clock: Clock
}

const message = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const syncStep1 = (stateVector: Uint8Array) =>
  message((encoder) => {
    encoding.writeVarUint(encoder, messageSync)
    encoding.writeVarUint(encoder, syncProtocol.messageYjsSyncStep1)
    encoding.writeVarUint8Array(encoder, stateVector)
  })

const syncBytes = (kind: number, update: Uint8Array) =>
  message((encoder) => {
    encoding.writeVarUint(encoder, messageSync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, update)
  })

export const room = (record: { id: string; type: string }, deps: RoomDeps): Room => {
  const { pipeline, subjectOf, clock } = deps
  const present = new Map<LiveSocket, Present>()
  let audience: string[] = []
  const awareness = new awarenessProtocol.Awareness(new Y.Doc({ guid: record.id }))
  awareness.setLocalState(null)

  const put = (socket: LiveSocket, reason: Reason) => {
    socket.close(closeCodeOf(reason), reason)
  }
  const send = (socket: LiveSocket, bytes: Uint8Array) => {
    if (socket.bufferedAmount > maxUnsentBytes) put(socket, 'overloaded')
    else socket.send(bytes)
  }
  const awarenessOf = (clients: number[]) =>
    message((encoder) => {
      encoding.writeVarUint(encoder, messageAwareness)
      encoding.writeVarUint8Array(
        encoder,
        awarenessProtocol.encodeAwarenessUpdate(awareness, clients),
      )
    })
  const untold = new Set<number>()
  let telling: NodeJS.Timeout | null = null
  const tell = () => {
    telling = null
    if (untold.size === 0) return
    const bytes = awarenessOf([...untold])
    untold.clear()
    telling = setTimeout(tell, tellPresenceEvery)
    for (const socket of present.keys()) send(socket, bytes)
  }
  awareness.on(
    'update',
    ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
      for (const client of [...added, ...updated, ...removed]) untold.add(client)
      if (!telling) tell()
    },
  )
  const mayRead = (subject: Subject | null): boolean =>
    subject !== null && audience.some((token) => holds(subject.tokens, token))

  const hearSync = async (socket: LiveSocket, visitor: Present, decoder: decoding.Decoder) => {
    const kind = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder).slice()
    if (kind === syncProtocol.messageYjsSyncStep1) {
      if (visitor.questions.spend(1) > 0) return put(socket, 'tooManyRequests')
      const current = await pipeline.read(record.id)
      if (!current) return put(socket, 'gone')
      return send(socket, syncBytes(syncProtocol.messageYjsSyncStep2, diff(current.state, bytes)))
    }
    // An answer to our step 1 that adds nothing: two zeros, no structs and no deletions.
    if (bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0) return
    const subject = subjectOf(visitor.user)
    if (!subject) return put(socket, 'blocked')
    const outcome = await pipeline.propose({
      id: record.id,
      type: record.type,
      change: bytes,
      subject,
      device: visitor.device,
      madeAt: clock(),
      origin: socket,
    })
    if (!outcome.ok) put(socket, outcome.reason)
  }

  const hearAwareness = (socket: LiveSocket, visitor: Present, decoder: decoding.Decoder) => {
    const update = decoding.readVarUint8Array(decoder)
    if (update.length > maxAwarenessMessage) return put(socket, 'tooLarge')
    const said = awarenessClients(update)
    for (const [client, bytes] of said) {
      const taken = [...present.values()].some(
        (other) => other !== visitor && other.presences.has(client),
      )
      // The provider repeats what it heard of others when it connects: not its to say.
      if (taken || (awareness.states.has(client) && !visitor.presences.has(client))) return
      if (visitor.presences.size >= maxPresencesPerSocket && !visitor.presences.has(client))
        return put(socket, 'tooManyRequests')
      if (bytes > maxAwarenessBytes) return put(socket, 'tooLarge')
      visitor.presences.set(client, bytes)
    }
    let all = 0
    for (const { user, presences } of present.values())
      if (user === visitor.user) for (const bytes of presences.values()) all += bytes
    if (all > maxAwarenessBytesPerUser) return put(socket, 'tooLarge')
    awarenessProtocol.applyAwarenessUpdate(awareness, update, socket)
  }

  return {
    enter: (socket, visitor, document) => {
      present.set(socket, {
        ...visitor,
        presences: new Map(),
        questions: allowance(maxQuestions, questionsPerSecond, clock),
      })
      audience = document.audience
      send(socket, syncStep1(Y.encodeStateVectorFromUpdate(document.state)))
      if (awareness.states.size > 0) send(socket, awarenessOf([...awareness.states.keys()]))
    },
    leave: (socket) => {
      const visitor = present.get(socket)
      present.delete(socket)
      if (visitor)
        awarenessProtocol.removeAwarenessStates(awareness, [...visitor.presences.keys()], socket)
    },
    hear: async (socket, bytes) => {
      const visitor = present.get(socket)
      if (!visitor) return
      try {
        const decoder = decoding.createDecoder(bytes)
        const kind = decoding.readVarUint(decoder)
        if (kind === messageSync) await hearSync(socket, visitor, decoder)
        else if (kind === messageAwareness) hearAwareness(socket, visitor, decoder)
        else if (kind === messageQueryAwareness) {
          if (visitor.questions.spend(1) > 0) put(socket, 'tooManyRequests')
          else send(socket, awarenessOf([...awareness.states.keys()]))
        } else put(socket, 'invalidRequest')
      } catch {
        // lib0 and JSON.parse throw on bytes that are not of the protocol.
        put(socket, 'malformedUpdate')
      }
    },
    take: (change) => {
      audience = change.audience
      const bytes = syncBytes(syncProtocol.messageYjsUpdate, change.update)
      for (const [socket, { user }] of present) {
        if (!mayRead(subjectOf(user))) put(socket, 'forbidden')
        else if (socket !== change.origin) send(socket, bytes)
      }
    },
    checkRights: () => {
      for (const [socket, { user }] of present)
        if (!mayRead(subjectOf(user))) put(socket, 'forbidden')
    },
    beat: () => {
      const bytes = awarenessOf([])
      for (const socket of present.keys()) send(socket, bytes)
    },
    end: (reason, filter) => {
      for (const [socket, visitor] of present) if (filter(visitor)) put(socket, reason)
    },
    isEmpty: () => present.size === 0,
    close: () => {
      if (telling) clearTimeout(telling)
      awareness.destroy()
    },
  }
}

/** What a holder of `stateVector` lacks. Throws on a vector that cannot be read. */
const diff = (state: Uint8Array, stateVector: Uint8Array): Uint8Array =>
  Y.diffUpdate(state, stateVector)

/** The clients an awareness update speaks of, with the bytes of what it says of each. */
const awarenessClients = (update: Uint8Array): [client: number, bytes: number][] => {
  const decoder = decoding.createDecoder(update)
  const clients: [number, number][] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    decoding.readVarUint(decoder)
    const from = decoder.pos
    decoding.readVarString(decoder)
    clients.push([client, decoder.pos - from])
  }
  return clients
}
