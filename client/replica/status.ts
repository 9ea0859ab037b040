/** The one word about syncing that every screen shows. No I/O. */
import type { Reason } from '../../shared/reasons.ts'

/** What the syncing worker says of its connection. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'online' }
  | { kind: 'offline' }
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
}

export interface StatusInputs {
  report: SyncReport
  /** The browser's own word that there is no network. */
  networkUp: boolean
  waiting: number
  rejected: number
  lastSyncAt: number | null
  complete: boolean
  hadData: boolean
}

export const statusOf = (inputs: StatusInputs): Status => {
  const { report, networkUp, waiting, rejected, lastSyncAt, complete, hadData } = inputs
  const { connection } = report
  const reason = connection.kind === 'stopped' ? connection.reason : null
  return {
    revoked: reason === 'blocked' || reason === 'revoked' ? reason : null,
    state: stateOf(report.connection, networkUp, waiting),
    waiting,
    rejected,
    lastSyncAt,
    progress: complete ? null : report.progress,
    complete,
    restoring: hadData && !complete && lastSyncAt === null,
  }
}

const stateOf = (connection: Connection, networkUp: boolean, waiting: number): SyncState => {
  switch (connection.kind) {
    case 'stopped':
      if (connection.reason === 'programTooOld') return 'programTooOld'
      return ['blocked', 'revoked'].includes(connection.reason) ? 'revoked' : 'signedOut'
    case 'offline':
      return 'offline'
    case 'connecting':
      // Nobody needs to know of a reconnect that takes a moment.
      return networkUp ? (waiting > 0 ? 'sending' : 'connecting') : 'offline'
    case 'online':
      return networkUp ? (waiting > 0 ? 'sending' : 'saved') : 'offline'
  }
}
