/** What the tabs and the syncing worker of one replica tell each other. */
import type { SyncReport } from './status.ts'
import type { OutboxEntry } from './tables.ts'

export type ChannelMessage =
  /** A change waits: push it now. `entries`: all that was stored, where it is little. */
  | { kind: 'outbox'; entries?: readonly OutboxEntry[] }
  /** The user signed in, or a page came back: do not wait any longer. */
  | { kind: 'wake' }
  /** The browser's word about the network. */
  | { kind: 'network'; up: boolean }
  /** The worker says how it is… */
  | { kind: 'report'; report: SyncReport }
  /** …whenever that changes, and to a tab that asks. */
  | { kind: 'ask' }

export interface ReplicaChannel {
  send: (message: ChannelMessage) => void
  listen: (listener: (message: ChannelMessage) => void) => () => void
  close: () => void
}

export const openChannel = (name: string): ReplicaChannel => {
  const channel = new BroadcastChannel(name)
  let closed = false
  return {
    send: (message) => {
      // What ends after the replica was closed has nobody left to tell.
      if (!closed) channel.postMessage(message)
    },
    listen: (listener) => {
      // Only our own program posts here, of this or of a neighbouring version.
      const heard = ({ data }: MessageEvent<ChannelMessage>) => listener(data)
      channel.addEventListener('message', heard)
      return () => channel.removeEventListener('message', heard)
    },
    close: () => {
      closed = true
      channel.close()
    },
  }
}
