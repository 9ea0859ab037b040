/** The one word about syncing that every screen shows. No I/O. */
import type { Reason } from '../../shared/reasons.ts'

/** What the syncing worker says of its connection. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'online' }
  | { kind: 'offline' }
  /** What the relay sends does not fit on the device; the outbox is pushed all the same. */
  | { kind: 'full' }
  /** The relay refuses for good, until something changes. */
  | { kind: 'stopped'; reason: Reason }

export interface SyncReport {
  connection: Connection
  progress: Progress | null
}

export interface Progress {
  done: number
  total: number
}

export type SyncState =
  | 'saved'
  | 'sending'
  | 'connecting'
  | 'offline'
  | 'full'
  | 'signedOut'
  | 'programTooOld'
  | 'revoked'

export interface Status {
  state: SyncState
  /** Why the relay put this device out; null while it did not. */
  revoked: 'blocked' | 'revoked' | null
  /** Changes that the relay has not acknowledged. */
  waiting: number
  /** Changes that the relay refused and nobody looked at yet. */
  rejected: number
  /** Last moment at which the relay said everything is here, ms; null: never. */
  lastSyncAt: number | null
  /** Of a first sync that is running. */
  progress: Progress | null
  /** Every record the user may see is on the device. */
  complete: boolean
  /** The device had data and its base was emptied: it is being fetched again. */
  restoring: boolean
  /** Unsent changes that went with an emptied base; 0 once the user has read of them. */
  lostChanges: number
}

export interface StatusInputs {
  report: SyncReport
  /** The browser's own word that there is no network. */
  networkUp: boolean
  waiting: number
  rejected: number
  lastSyncAt: number | null
  complete: boolean
  /** The base was asked; until then the four above say nothing. */
  read: boolean
  hadData: boolean
  lostChanges: number
  /** The user's last change did not fit on the device. */
  full: boolean
}

export const statusOf = (inputs: StatusInputs): Status => {
  const { report, networkUp, waiting, rejected, lastSyncAt, complete, hadData, lostChanges } =
    inputs
  const { connection } = report
  const reason = connection.kind === 'stopped' ? connection.reason : null
  return {
    revoked: reason === 'blocked' || reason === 'revoked' ? reason : null,
    state: stateOf(inputs.full ? { kind: 'full' } : connection, networkUp, waiting),
    waiting,
    rejected,
    lastSyncAt,
    progress: complete ? null : report.progress,
    complete,
    restoring: inputs.read && hadData && !complete && lastSyncAt === null,
    lostChanges,
  }
}

const stateOf = (connection: Connection, networkUp: boolean, waiting: number): SyncState => {
  switch (connection.kind) {
    case 'stopped':
      if (connection.reason === 'programTooOld') return 'programTooOld'
      return ['blocked', 'revoked'].includes(connection.reason) ? 'revoked' : 'signedOut'
    case 'full':
      return 'full'
    case 'offline':
      return 'offline'
    case 'connecting':
      // Nobody needs to know of a reconnect that takes a moment.
      return networkUp ? (waiting > 0 ? 'sending' : 'connecting') : 'offline'
    case 'online':
      return networkUp ? (waiting > 0 ? 'sending' : 'saved') : 'offline'
  }
}
