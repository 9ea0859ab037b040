import type { ReplicaChannel } from '../../../client/replica/channel.ts'
import type { SyncReport } from '../../../client/replica/status.ts'
import type { ReplicaBase } from '../../../client/replica/tables.ts'
import { drawClientId } from '../../../client/replica/writer.ts'
import { runIndexer } from '../../../client/search/run-indexer.ts'
import { runSync } from '../../../client/sync/sync.ts'
import type { Person } from './lab.ts'

/** The syncing worker's part, against the relay's own doors; `cut` breaks its connections. */
export const startEngine = (
  base: ReplicaBase,
  app: { request: (path: string, init?: RequestInit) => Response | Promise<Response> },
  who: Pick<Person, 'cookie' | 'device'>,
  onReport: (report: SyncReport) => void = () => {},
) => {
  const ask: typeof fetch = async (input, { signal, ...init } = {}) => {
    const { status, headers, body } = await app.request(String(input), {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie: who.cookie },
    })
    if (!body) return new Response(null, { status, headers })
    // The app knows nothing of the signal that a browser ends a stream by.
    const source = body.getReader()
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const end = () => {
          controller.error(new TypeError('cut'))
          void source.cancel()
        }
        if (signal?.aborted) end()
        else signal?.addEventListener('abort', end, { once: true })
      },
      pull: async (controller) => {
        const { done, value } = await source.read()
        if (signal?.aborted) return
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    return new Response(cut, { status, headers })
  }
  let hears: Parameters<ReplicaChannel['listen']>[0] = () => {}
  const start = () => {
    const ending = new AbortController()
    const channel: ReplicaChannel = {
      send: (message) => {
        if (message.kind === 'report') onReport(message.report)
      },
      listen: (hear) => {
        hears = hear
        return () => {}
      },
      close: () => {},
    }
    const running = Promise.all([
      runSync(
        {
          base,
          channel,
          fetch: ask,
          clock: () => Date.now(),
          random: () => 0,
          draw: drawClientId,
          device: who.device,
        },
        ending.signal,
      ),
      runIndexer({ base, now: () => performance.now(), hasRoom: async () => true }, ending.signal),
    ])
    return { ending, running }
  }
  let engine = start()
  const stop = async () => {
    engine.ending.abort()
    await engine.running
  }
  return {
    ask,
    /** Tells it that something waits to be sent, as a page does. */
    push: () => hears({ kind: 'outbox' }),
    stop,
    cut: async () => {
      await stop()
      engine = start()
    },
  }
}
