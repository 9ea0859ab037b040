/**
 * `/live/<recordId>`: lets web sockets into rooms. A refused one is accepted and closed with the
 * code of its reason, since a browser tells a page nothing of an upgrade that fails.
 */
import type { IncomingMessage, Server } from 'node:http'
import { parse } from 'hono/utils/cookie'
import { type WebSocket, WebSocketServer } from 'ws'
import { isId } from '../../shared/ids.ts'
import { maxUpdateBytes } from '../../shared/protocol/push.ts'
import { closeCodeOf, fail, ok, type Reason, type Result } from '../../shared/reasons.ts'
import { mayRead } from '../../shared/rights.ts'
import { isTooOld, sessionOf } from '../auth/caller.ts'
import { endOf } from '../auth/devices.ts'
import { sessionCookie } from '../auth/sessions.ts'
import type { LoadedDocument } from '../commit/documents.ts'
import { type Allowance, allowance } from '../http/allowance.ts'
import { isOwnOrigin } from '../http/origin.ts'
import type { Relay } from '../relay.ts'
import type { Workspace } from '../workspace.ts'
import type { LiveSocket, Visitor } from './room.ts'

/** The provider gives up after 30 s of silence. */
const beatEvery = 15_000
/** An update and its envelope. */
const maxPayload = maxUpdateBytes + 1024
/** A screen has one to three records open. */
const maxSocketsPerUser = 60
/** What a message costs in memory beside its bytes while it waits to be heard. */
const messageOverhead = 256
/**
 * What all sockets of a user may say: messages and pings a second, a kilobyte more counting as one.
 * Who types holds a key at 30 a second and moves a cursor with it; who pastes a book waits some
 * seconds. A socket that said too much is not read until it may speak again.
 */
const maxBurst = 1_000
const maxPerSecond = 300
const bytesPerUnit = 1024
const forgiveAfter = 10_000
/** A ping is answered with its own bytes; who does not read the answers gets no more of them. */
const maxUnsentPongs = 16 * 1024
const livePath = /^\/live\/([0-9a-f-]{36})$/

export interface LiveServer {
  /** Resolves when all sockets are closed. */
  close(): Promise<void>
}

export const serveLive = (server: Server, relay: Relay): LiveServer => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    autoPong: false,
  })
  /** How many sockets a user has, and what they may still say. */
  const byUser = new Map<string, { open: number; speech: Allowance }>()
  /** Sockets that have not answered since the last beat. */
  const silent = new WeakSet<WebSocket>()

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // What is said before the session is known waits here: `ws` would drop it.
      const early: Uint8Array[] = []
      const keep = (data: Buffer) => {
        early.push(data)
        // Not more than what was read at once: the rest waits in the network.
        ws.pause()
      }
      ws.on('message', keep)
      ws.on('error', (error) => relay.log.debug({ err: error }, 'live socket'))
      welcome(relay, request)
        .then(async (guest) => {
          ws.off('message', keep)
          ws.resume()
          if (ws.readyState !== ws.OPEN) return
          if (!guest.ok) return ws.close(closeCodeOf(guest.reason), guest.reason)
          seat(ws, guest.value, early)
          // Rights may have changed since they were looked at and before the room knew of the guest.
          const still = await welcome(relay, request)
          if (!still.ok) ws.close(closeCodeOf(still.reason), still.reason)
        })
        .catch((error: unknown) => {
          relay.log.error({ err: error }, 'live upgrade failed')
          ws.close(closeCodeOf('internal'), 'internal')
        })
    })
  })

  const seat = (ws: WebSocket, { workspace, visitor, document }: Guest, early: Uint8Array[]) => {
    const own = byUser.get(visitor.user) ?? {
      open: 0,
      speech: allowance(maxBurst, maxPerSecond, relay.clock),
    }
    if (own.open >= maxSocketsPerUser)
      return ws.close(closeCodeOf('tooManyRequests'), 'tooManyRequests' satisfies Reason)
    own.open++
    byUser.set(visitor.user, own)
    const socket: LiveSocket = {
      send: (bytes) => ws.send(bytes),
      close: (code, reason) => {
        ws.close(code, reason)
        // The other side's answer to it must be heard.
        ws.resume()
      },
      get bufferedAmount() {
        return ws.bufferedAmount
      },
    }
    const room = workspace.rooms.enter(socket, visitor, document)
    let silence: NodeJS.Timeout | null = null
    const spend = (bytes: number) => {
      const wait = own.speech.spend(1 + bytes / bytesPerUnit)
      if (wait === 0 || silence || ws.readyState !== ws.OPEN) return
      ws.pause()
      silence = setTimeout(() => {
        silence = null
        ws.resume()
      }, wait)
    }
    // One after the other: an update must not overtake the one it builds on.
    const waiting: Uint8Array[] = []
    let unheard = 0
    const hearAll = async () => {
      for (let bytes = waiting[0]; bytes; bytes = waiting[0]) {
        if (ws.readyState === ws.OPEN) await room.hear(socket, bytes)
        unheard -= bytes.length + messageOverhead
        waiting.shift()
        // Others get their turn: a chain of promises alone would keep them all waiting.
        if (waiting.length > 0) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const hear = (bytes: Uint8Array) => {
      spend(bytes.length)
      unheard += bytes.length + messageOverhead
      if (unheard > 2 * maxPayload) return ws.close(closeCodeOf('overloaded'), 'overloaded')
      if (waiting.push(bytes) > 1) return
      hearAll().catch((error: unknown) => {
        relay.log.error({ err: error }, 'live message failed')
        ws.close(closeCodeOf('internal'), 'internal')
      })
    }
    ws.on('message', (data: Buffer) => hear(new Uint8Array(data)))
    ws.on('ping', (data: Buffer) => {
      spend(data.length)
      if (ws.bufferedAmount <= maxUnsentPongs) ws.pong(data)
    })
    ws.on('pong', () => silent.delete(ws))
    ws.on('close', () => {
      workspace.rooms.leave(socket, document.id)
      if (silence) clearTimeout(silence)
      own.open--
      // What was said too much is remembered a while: who comes back at once starts no new account.
      if (own.open === 0)
        setTimeout(() => {
          if (own.open === 0 && byUser.get(visitor.user) === own) byUser.delete(visitor.user)
        }, forgiveAfter).unref()
    })
    for (const bytes of early) hear(new Uint8Array(bytes))
  }

  const timer = setInterval(() => {
    relay.workspace?.rooms.beat()
    for (const ws of sockets.clients) {
      // Of one that is not read, because it said too much, no answer can be heard.
      if (silent.has(ws) && !ws.isPaused) ws.terminate()
      silent.add(ws)
      ws.ping()
    }
  }, beatEvery)

  return {
    close: async () => {
      clearInterval(timer)
      const code = closeCodeOf('restarting')
      for (const ws of sockets.clients) ws.close(code, 'restarting')
      await Promise.race([
        Promise.all(
          [...sockets.clients].map((ws) => new Promise((resolve) => ws.once('close', resolve))),
        ),
        new Promise((resolve) => setTimeout(resolve, closeWithin)),
      ])
      for (const ws of sockets.clients) ws.terminate()
      sockets.close()
    },
  }
}

/** Who does not answer the closing in this time is not there. */
const closeWithin = 2_000

interface Guest {
  workspace: Workspace
  visitor: Visitor
  document: LoadedDocument
}

const welcome = async (relay: Relay, request: IncomingMessage): Promise<Result<Guest>> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relay')
  const id = livePath.exec(pathname)?.[1]
  if (!id) return fail('notFound')
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  if (!isOwnOrigin(header, request.headers.host ?? '', relay.publicUrl)) return fail('badOrigin')
  if (isTooOld(relay, searchParams.get('program'))) return fail('programTooOld')
  const cookie = parse(request.headers.cookie ?? '')[sessionCookie]
  const found = await sessionOf(relay, cookie, 'looking')
  if (!found.ok) return found
  const { workspace, user, session, subject } = found.value
  // A browser's web socket has no headers of ours: the device says who it is in the address.
  const said = searchParams.get('device')
  const device = isId(said) ? said : ''
  const ended = await endOf(workspace, device, user)
  if (ended) return fail(ended)
  const document = await workspace.pipeline.read(id)
  if (!document) return fail('gone')
  if (!mayRead(subject, document.row)) return fail('forbidden')
  return ok({ workspace, visitor: { user, session, device }, document })
}
