import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

export interface Cable {
  /** Address for a browser's proxy setting. */
  url: string
  /** Breaks every connection and takes no new one. */
  unplug(): void
  plug(): void
  close(): Promise<void>
}

/**
 * The network cable of one device: a proxy all its traffic goes through. A browser's own offline switch
 * leaves open WebSockets and streams of workers alone; a pulled cable does not.
 */
export async function startCable(): Promise<Cable> {
  let plugged = true
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A broken connection is this program's daily business; both sides see it by their own events.
    socket.on('error', () => socket.destroy())
  }

  const proxy = createServer(forward)
  proxy.on('connection', (socket) => {
    keep(socket)
    if (!plugged) socket.destroy()
  })
  // WebSockets and TLS come as tunnels.
  proxy.on('connect', (asked: IncomingMessage, near: Socket, head: Buffer) => {
    const target = new URL(`http://${asked.url}`)
    const far = connect(Number(target.port || 80), loopback(target.hostname))
    keep(far)
    far.once('connect', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.write(head)
      near.pipe(far).pipe(near)
    })
    far.once('close', () => near.destroy())
    near.once('close', () => far.destroy())
  })

  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port')

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    unplug() {
      plugged = false
      cut()
    },
    plug() {
      plugged = true
    },
    async close() {
      const closed = once(proxy, 'close')
      proxy.close()
      cut()
      await closed
    },
  }
}

function forward(asked: IncomingMessage, answer: ServerResponse): void {
  const target = new URL(asked.url ?? '')
  const onward = request({
    host: loopback(target.hostname),
    port: target.port || 80,
    method: asked.method,
    path: target.pathname + target.search,
    headers: asked.headers,
  })
  onward.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders)
    // A stream's headers must not wait for its first bytes.
    answer.flushHeaders()
    response.pipe(answer)
    response.on('error', () => answer.destroy())
  })
  // The server is away: the browser sees a broken connection, as it would without a proxy.
  onward.on('error', () => answer.destroy())
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}

/** Test servers listen on 127.0.0.1; a lookup of localhost may answer ::1 first. */
function loopback(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : hostname
}
