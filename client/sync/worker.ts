/** The syncing worker: the engine with the browser's own network, clock and storage. */
import { systemClock } from '../../shared/clock.ts'
import { openChannel } from '../replica/channel.ts'
import { onceMore } from '../replica/once-more.ts'
import { openBase } from '../replica/tables.ts'
import { drawClientId } from '../replica/writer.ts'
import { runIndexer } from '../search/run-indexer.ts'
import { runSync } from './sync.ts'

/** Page → worker. The worker answers a stop with `stopped`. */
export type WorkerMessage = { kind: 'start'; name: string; device: string } | { kind: 'stop' }

const stopping = new AbortController()

const start = async (name: string, device: string): Promise<void> => {
  const base = openBase(name)
  const channel = openChannel(name)
  await base.open()
  const deps = {
    base,
    channel,
    fetch: fetch.bind(globalThis),
    clock: systemClock,
    random: Math.random,
    draw: drawClientId,
    device,
  }
  try {
    await Promise.all([
      onceMore(base, () => runSync(deps, stopping.signal)),
      runIndexer({ base, now: () => performance.now() }, stopping.signal),
    ])
  } finally {
    channel.close()
    base.close()
    postMessage('stopped')
  }
}

addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
  if (data.kind === 'stop') stopping.abort()
  else void start(data.name, data.device)
})
