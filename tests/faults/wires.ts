/** Networks between devices and a relay that do what bad networks do. */
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, request } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Wire {
  url: string
  close(): Promise<void>
}

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return `http://127.0.0.1:${address.port}`
}

export interface Pipe extends Wire {
  /** Breaks all connections. Returns how many there were. */
  cut(): number
  /** From now on nothing gets through, either way, and nothing says so; connections are still taken. */
  swallow(on: boolean): void
}

/** A TCP proxy before the relay. */
export const pipe = async (relayUrl: string): Promise<Pipe> => {
  const { port } = new URL(relayUrl)
  const sockets = new Set<Socket>()
  let swallowing = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // Both sides see a broken connection by their own events.
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1')
    for (const socket of [near, far]) keep(socket)
    near.on('data', (bytes) => swallowing || far.write(bytes))
    far.on('data', (bytes) => swallowing || near.write(bytes))
    near.once('close', () => far.destroy())
    far.once('close', () => near.destroy())
  })
  const url = await listening(server)
  const cut = () => {
    const count = sockets.size / 2
    for (const socket of sockets) socket.destroy()
    return Math.round(count)
  }
  return {
    url,
    cut,
    swallow: (on) => {
      // What was swallowed is missing in the middle of a stream: nothing sound comes after it.
      if (swallowing && !on) cut()
      swallowing = on
    },
    close: async () => {
      server.close()
      cut()
      await once(server, 'close')
    },
  }
}

export interface Ghosts extends Wire {
  /** Pushes that came twice or more, and that came late, after their sender had sent them again. */
  counts(): { twice: number; late: number }
}

const bodyOf = async (asked: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of asked) chunks.push(chunk as Buffer) // no encoding was set
  return Buffer.concat(chunks)
}

/** At most so late; later than many newer pushes of the same device. */
const latestMs = 1_500

/**
 * A proxy that delivers pushes twice, and holds some back: their sender is cut off, sends them again
 * and goes on, and the held ones arrive behind newer ones, in any order.
 */
export const ghosts = async (relayUrl: string, random: () => number): Promise<Ghosts> => {
  const counts = { twice: 0, late: 0 }
  const pending = new Set<Promise<void>>()
  const target = new URL(relayUrl)
  const send = (asked: IncomingMessage, body: Buffer): Promise<{ status: number; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: target.port,
          method: asked.method,
          path: asked.url,
          headers: { ...asked.headers, host: target.host, origin: relayUrl },
        },
        (answer) => {
          bodyOf(answer).then(
            (got) => resolve({ status: answer.statusCode ?? 502, body: got }),
            reject,
          )
        },
      )
      onward.on('error', reject)
      onward.end(body)
    })
  const later = (asked: IncomingMessage, body: Buffer) => {
    const sent = sleep(random() * latestMs)
      .then(() => send(asked, body))
      .then(() => undefined)
    pending.add(sent)
    sent.finally(() => pending.delete(sent)).catch(() => undefined)
  }
  const server = createHttpServer((asked, answer) => {
    const handle = async () => {
      const body = await bodyOf(asked)
      const dice = random()
      if (dice < 0.15) {
        counts.late++
        later(asked, body)
        return answer.destroy()
      }
      if (dice < 0.4) {
        counts.twice++
        later(asked, body)
      }
      const got = await send(asked, body)
      // Arrived, and the sender never learns of it.
      if (dice > 0.85) return answer.destroy()
      answer.writeHead(got.status, { 'content-type': 'application/json' })
      answer.end(got.body)
    }
    handle().catch(() => answer.destroy())
  })
  const url = await listening(server)
  return {
    url,
    counts: () => counts,
    close: async () => {
      await Promise.all(pending)
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
