/** The relay on a port: HTTP and web sockets. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import { serveLive } from './live/upgrade.ts'
import type { Relay } from './relay.ts'

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  url: string
  /** Finishes commits, tells everyone, closes everything. */
  stop(): Promise<void>
}

/** Requests that are still unanswered after this are cut, ms. */
const stopWithin = 5_000

export const listen = async (relay: Relay, port: number, host: string): Promise<RunningServer> => {
  const app = createApp(relay)
  // Without options for HTTP/2 the adaptor makes a plain HTTP server.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  // Streams and long polls are long; slow headers are not.
  server.requestTimeout = 0
  const live = serveLive(server, relay)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: bound } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      await relay.stop()
      await live.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), stopWithin)
      await closed
      clearTimeout(cut)
      await relay.store.close()
    },
  }
}
