/** One subscription to the relay's feed, kept open: reconnects, resumes, notices silence. */
import { type FeedEntry, silenceLimit } from '../../shared/protocol/feed.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { reconnecting, waitBefore } from './backoff.ts'
import type { Relay } from './relay.ts'

export interface FeedPosition {
  epoch: string
  head: number
}

export interface Subscription {
  /** Everything up to here has been seen; null while the first look is going on. */
  position(): FeedPosition | null
  stop(): Promise<void>
}

interface SubscribeOptions {
  relay: Relay
  types: RecordType[]
  /** Where to begin; null: with everything there is. */
  from: FeedPosition | null
  random: () => number
  onEntries: (entries: FeedEntry[]) => void
  onBroken: (error: unknown) => void
}

export const subscribe = (options: SubscribeOptions): Subscription => {
  const { relay, types, random, onEntries, onBroken } = options
  const stopping = new AbortController()
  let position = options.from
  let caughtUp = false

  /** Reads one stream to its end. Returns whether it brought anything. */
  const read = async (): Promise<boolean> => {
    const stream = new AbortController()
    const end = () => stream.abort()
    stopping.signal.addEventListener('abort', end)
    let silence = setTimeout(end, silenceLimit)
    let brought = false
    let epoch = position?.epoch ?? ''
    try {
      const query = { types, head: position?.head ?? 0, epoch }
      for await (const frame of relay.feed(query, stream.signal)) {
        clearTimeout(silence)
        silence = setTimeout(end, silenceLimit)
        brought = true
        switch (frame.kind) {
          case 'hello':
            // After a restore from backup the old position means nothing.
            if (position !== null && frame.hello.epoch !== epoch) {
              position = null
              caughtUp = false
              return true
            }
            epoch = frame.hello.epoch
            break
          case 'records':
          case 'changes':
            onEntries(frame.entries)
            if (caughtUp) position = { epoch, head: frame.cursor.head }
            break
          case 'caughtUp':
          case 'beat':
            // Before it has caught up the stream runs from the newest down: its head says nothing yet.
            if (frame.kind === 'caughtUp') caughtUp = true
            if (caughtUp) position = { epoch, head: frame.cursor.head }
            break
          case 'forget':
            break
          case 'end':
            return brought
        }
      }
      return brought
    } finally {
      clearTimeout(silence)
      stopping.signal.removeEventListener('abort', end)
      stream.abort()
    }
  }

  const run = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      try {
        if (await read()) attempt = 0
      } catch (error) {
        if (!stopping.signal.aborted) onBroken(error)
      }
      caughtUp = false
      if (stopping.signal.aborted) return
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          stopping.signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, waitBefore(feedReconnecting, attempt, random()))
        stopping.signal.addEventListener('abort', done)
      })
    }
  }
  const running = run()

  return {
    position: () => position,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** The relay is our own, and people wait for their letters to leave: ask soon and often. */
const feedReconnecting = { ...reconnecting, first: 200, longest: 5000 }
