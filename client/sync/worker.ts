/** The syncing worker: the engine with the browser's own network, clock and storage. */
import { hour, systemClock } from '../../shared/clock.ts'
import { isOutdated } from '../replica/base-guard.ts'
import { openChannel } from '../replica/channel.ts'
import { onceMore } from '../replica/once-more.ts'
import { roomMadeKey } from '../replica/room.ts'
import { openBase, type ReplicaBase } from '../replica/tables.ts'
import { drawClientId } from '../replica/writer.ts'
import { runIndexer } from '../search/run-indexer.ts'
import { runSync } from './sync.ts'

/** Page → worker. The worker answers a stop with `stopped`. */
export type WorkerMessage = { kind: 'start'; name: string; device: string } | { kind: 'stop' }

/**
 * An index that had to make room is not built again for so long. Asking the browser how much room
 * there is was rejected: Chromium answers 10 GB whatever is left.
 */
const indexRest = hour

const hasRoom = async (base: ReplicaBase): Promise<boolean> => {
  const madeAt = await base.meta.get(roomMadeKey)
  return typeof madeAt !== 'number' || systemClock() > madeAt + indexRest
}

const stopping = new AbortController()

const start = async (name: string, device: string): Promise<void> => {
  const base = openBase(name)
  const channel = openChannel(name)
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
    await base.open()
    await Promise.all([
      onceMore(base, () => runSync(deps, stopping.signal)),
      runIndexer(
        { base, now: () => performance.now(), hasRoom: () => hasRoom(base) },
        stopping.signal,
      ),
    ])
  } catch (error) {
    // The page says so, and no worker is begun again.
    if (!isOutdated(error)) throw error
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
