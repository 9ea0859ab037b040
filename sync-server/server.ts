/** The relay on a port: HTTP and web sockets. */
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { day, hour, minute, second } from '../shared/clock.ts'
import { createApp } from './app.ts'
import { serveLive } from './live/upgrade.ts'
import type { Relay } from './relay.ts'

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  url: string
  /** Finishes commits, tells everyone, closes everything. */
  stop(): Promise<void>
}

/** A request must have arrived whole by then: 50 MB over a slow mobile line. Answers may take longer. */
const requestWithin = 10 * minute
/** And its headers: a browser sends them in one packet. */
const headersWithin = 20 * second
/** How often Node looks for those who are late. */
const lookForLateEvery = 5 * second
const tidyEvery = hour
/** How soon errands of a segment that was changed are begun with. */
const lookForErrandsEvery = second
/** Webhooks that were dealt with are kept as long, to look at when something went wrong. */
const keepHooks = 7 * day
/** Longer than proxies keep theirs (60 s): who closes first must not be the one who is asked. */
const keepIdle = 65 * second
/** Requests that are still unanswered after this are cut, ms. */
const stopWithin = 5 * second

export const listen = async (relay: Relay, port: number, host: string): Promise<RunningServer> => {
  const app = createApp(relay)
  // Without options for HTTP/2 the adaptor makes a plain HTTP server.
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      requestTimeout: requestWithin,
      headersTimeout: headersWithin,
      connectionsCheckingInterval: lookForLateEvery,
    },
  }) as Server
  server.keepAliveTimeout = keepIdle
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  /** Ends connections that nothing is asked on. */
  const closeIdle = () => {
    server.closeIdleConnections()
    // Node counts one that was opened ahead, and said nothing yet, among those at work.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  const live = serveLive(server, relay)
  const holder = relay.newId()
  const tidyAll = async () => {
    await relay.store.tidy(relay.clock(), relay.clock() - keepHooks)
    await relay.workspace?.purgeTrash(relay.disk, holder)
    await relay.archives.tidy()
    await relay.workspace?.purgeNotices()
  }
  const tidy = () =>
    tidyAll().catch((error: unknown) => relay.log.error({ err: error }, 'could not tidy up'))
  await tidy()
  // Not before listening: in a large base it takes seconds.
  let counting = Promise.resolve()
  const count = () => {
    counting = counting
      .then(() => relay.workspace?.count(() => relay.stopping))
      .catch((error: unknown) => relay.log.error({ err: error }, 'could not count the records'))
  }
  let giving: Promise<void> | null = null
  const giveErrands = () => {
    if (giving || relay.stopping || !relay.workspace?.errands.isDue()) return
    giving = relay.workspace.errands
      .run(() => relay.stopping)
      .catch((error: unknown) => relay.log.error({ err: error }, 'could not give errands'))
      .finally(() => {
        giving = null
      })
  }
  const givingAgain = setInterval(giveErrands, lookForErrandsEvery)
  const tidying = setInterval(tidy, tidyEvery)
  const countingAgain = setInterval(count, tidyEvery)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  count()
  const { port: bound } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    stop: async () => {
      clearInterval(tidying)
      clearInterval(countingAgain)
      clearInterval(givingAgain)
      const closed = new Promise((resolve) => server.close(resolve))
      await relay.stop()
      await live.close()
      // A kept-alive connection is idle only once its last answer is out.
      const sweep = setInterval(closeIdle, 50)
      const cut = setTimeout(() => server.closeAllConnections(), stopWithin)
      await closed
      clearInterval(sweep)
      clearTimeout(cut)
      await counting
      await giving
      await relay.store.close()
    },
  }
}
