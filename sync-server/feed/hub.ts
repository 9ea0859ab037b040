/** Spreads committed groups to the open streams; frames that several streams need are made once. */
import type { Reason } from '../../shared/reasons.ts'
import type { Committed } from '../commit/judgement.ts'

/** A group of changes with the frames already made of it, by who gets what (see `stream.ts`). */
export interface Batch {
  changes: Committed[]
  /** Seq of the last change. */
  head: number
  frames: Map<string, Promise<Uint8Array[]>>
  /** Records erased; such a batch has no changes. */
  erased?: string[]
}

export interface Inbox {
  /** Resolves when there is something to do or the time is over. */
  wait(ms: number): Promise<void>
  take(): Batch[]
  /** Too much came while the device was slow: what is in the inbox is not all. */
  overflowed: boolean
  /** The stream is to end, and why. */
  ended: Reason | null
  close(): void
}

export interface StreamOwner {
  user: string
  session: string | null
  /** Null or empty for one that does not say. */
  device: string | null
}

export interface Hub {
  publish(changes: Committed[]): void
  /** Tells every stream that these records were erased, the last of them with this seq. */
  publishErasure(ids: string[], seq: number): void
  open(owner: StreamOwner): Inbox
  /** Lets every stream look whether the rights of its reader have changed. */
  nudge(): void
  /** Ends the streams that the filter finds. */
  end(reason: Reason, filter: (owner: StreamOwner) => boolean): void
  /** Whether a stream that the filter finds is open. */
  has(filter: (owner: StreamOwner) => boolean): boolean
  /** How many streams a user has open. */
  openOf(user: string): number
  size(): number
}

/**
 * What a device hears of its own changes waits so long, ms, for others to come along: it knows them,
 * and to store each word of them by itself costs it as much as the edit, while the next one is typed
 * and others wait for this one.
 */
const echoAfter = 50
/** A slow device is sent whole records from the base instead of what waited longer than this. */
const maxWaiting = 2_000
/** A record of a megabyte that is edited again and again waits with its whole state each time. */
const maxWaitingBytes = 16 * 1024 * 1024

export const feedHub = (): Hub => {
  const inboxes = new Map<
    Inbox,
    {
      owner: StreamOwner
      push(batch: Batch, bytes: number, isEcho?: boolean): void
      wake(): void
      nudge(): void
    }
  >()

  return {
    publish: (changes) => {
      const head = changes.at(-1)?.seq ?? 0
      const batch: Batch = { changes, head, frames: new Map() }
      let bytes = 0
      for (const { state, rowJson } of changes) bytes += state.length + rowJson.length
      const [first] = changes
      const maker = changes.every(({ device }) => device === first?.device) && first?.device
      for (const { owner, push } of inboxes.values())
        push(batch, bytes, Boolean(maker) && owner.device === maker)
    },
    publishErasure: (ids, seq) => {
      const batch: Batch = { changes: [], head: seq, frames: new Map(), erased: ids }
      for (const { push } of inboxes.values()) push(batch, 0)
    },
    open: (owner) => {
      let batches: Batch[] = []
      let waiting = 0
      let waitingBytes = 0
      let wake = () => {}
      let nudged = false
      let echoes: NodeJS.Timeout | undefined
      const nudge = () => {
        nudged = true
        wake()
      }
      const inbox: Inbox = {
        overflowed: false,
        ended: null,
        wait: async (ms) => {
          const isAwaited = batches.length > 0 && echoes === undefined
          if (!(isAwaited || nudged || inbox.overflowed || inbox.ended))
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, ms)
              wake = () => {
                clearTimeout(timer)
                resolve()
              }
            })
          nudged = false
        },
        take: () => {
          clearTimeout(echoes)
          echoes = undefined
          const taken = batches
          batches = []
          waiting = 0
          waitingBytes = 0
          return taken
        },
        close: () => {
          clearTimeout(echoes)
          inboxes.delete(inbox)
          wake()
        },
      }
      inboxes.set(inbox, {
        owner,
        wake: () => wake(),
        nudge,
        push: (batch, bytes, isEcho = false) => {
          waiting += batch.changes.length
          waitingBytes += bytes
          if (waiting > maxWaiting || waitingBytes > maxWaitingBytes) {
            batches = []
            waiting = 0
            waitingBytes = 0
            inbox.overflowed = true
          } else if (!inbox.overflowed) {
            if (isEcho && batches.length === 0) echoes = setTimeout(nudge, echoAfter)
            batches.push(batch)
            if (isEcho && echoes !== undefined) return
          }
          nudge()
        },
      })
      return inbox
    },
    nudge: () => {
      for (const { nudge } of inboxes.values()) nudge()
    },
    end: (reason, filter) => {
      for (const [inbox, { owner, wake }] of inboxes) {
        if (!filter(owner)) continue
        inbox.ended = reason
        wake()
      }
    },
    has: (filter) => [...inboxes.values()].some(({ owner }) => filter(owner)),
    openOf: (user) => {
      let open = 0
      for (const { owner } of inboxes.values()) if (owner.user === user) open++
      return open
    },
    size: () => inboxes.size,
  }
}
