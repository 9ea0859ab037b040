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
import { sessionOf } from '../auth/caller.ts'
import { endOf } from '../auth/devices.ts'
import { sessionCookie } from '../auth/sessions.ts'
import type { LoadedDocument } from '../commit/documents.ts'
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
const livePath = /^\/live\/([0-9a-f-]{36})$/

export interface LiveServer {
  /** Resolves when all sockets are closed. */
  close(): Promise<void>
}

export const serveLive = (server: Server, relay: Relay): LiveServer => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  const openByUser = new Map<string, number>()
  /** Sockets that have not answered since the last beat. */
  const silent = new WeakSet<WebSocket>()

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // What is said before the session is known waits here: `ws` would drop it.
      const early: Uint8Array[] = []
      const keep = (data: Buffer) => early.push(data)
      ws.on('message', keep)
      ws.on('error', (error) => relay.log.debug({ err: error }, 'live socket'))
      welcome(relay, request)
        .then(async (guest) => {
          ws.off('message', keep)
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
    const count = openByUser.get(visitor.user) ?? 0
    if (count >= maxSocketsPerUser)
      return ws.close(closeCodeOf('tooManyRequests'), 'tooManyRequests' satisfies Reason)
    openByUser.set(visitor.user, count + 1)
    const socket: LiveSocket = {
      send: (bytes) => ws.send(bytes),
      close: (code, reason) => ws.close(code, reason),
      get bufferedAmount() {
        return ws.bufferedAmount
      },
    }
    const room = workspace.rooms.enter(socket, visitor, document)
    // One after the other: an update must not overtake the one it builds on.
    let turn = Promise.resolve()
    let unheard = 0
    const hear = (bytes: Uint8Array) => {
      unheard += bytes.length
      if (unheard > 2 * maxPayload) return ws.close(closeCodeOf('overloaded'), 'overloaded')
      turn = turn.then(async () => {
        unheard -= bytes.length
        if (ws.readyState === ws.OPEN) await room.hear(socket, bytes)
      })
    }
    ws.on('message', (data: Buffer) => hear(new Uint8Array(data)))
    ws.on('pong', () => silent.delete(ws))
    ws.on('close', () => {
      workspace.rooms.leave(socket, document.id)
      const left = (openByUser.get(visitor.user) ?? 1) - 1
      if (left > 0) openByUser.set(visitor.user, left)
      else openByUser.delete(visitor.user)
    })
    for (const bytes of early) hear(new Uint8Array(bytes))
  }

  const timer = setInterval(() => {
    relay.workspace?.rooms.beat()
    for (const ws of sockets.clients) {
      if (silent.has(ws)) ws.terminate()
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
