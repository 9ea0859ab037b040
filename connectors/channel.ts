/**
 * What a kind of channel has to do. A new network is one folder implementing this; the host
 * (`host/`) gives it accounts, secrets, and the relay, and takes care of leases and restarts.
 */

import type { Clock } from '../shared/clock.ts'
import type { ApiFailure, FoundConnection, NewAccount } from '../shared/protocol/api.ts'
import type { AccountHealth, AccountRow, Channel } from '../shared/records/account.ts'
import type { MessageEntry } from '../shared/records/segment.ts'
import type { Records } from './host/records.ts'
import type { Relay } from './host/relay.ts'

export type Checked = { ok: true; found: FoundConnection } | { ok: false; failure: ApiFailure }

/** A message of ours that is not finished: waiting to be sent, or in the middle of it. */
export interface Outgoing {
  segment: string
  dialog: string
  message: MessageEntry
}

/** Structured log of one account; a pino logger is one. */
export interface Log {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** What an account's worker is given. */
export interface AccountContext {
  account: AccountRow
  password: string
  relay: Relay
  records: Records
  /** This process: what `by` of a claimed message says. */
  holder: string
  clock: Clock
  random: () => number
  log: Log
  /** Whether the lease is still ours by our own clock; asked right before a message leaves. */
  leaseHeld: () => boolean
  reportHealth: (health: HealthReport) => void
}

/** What is known now; moments in ms. `quarantined` counts what came since the last report. */
export type HealthReport = Partial<
  Pick<AccountHealth, 'state' | 'reason' | 'lastIn' | 'lastOut' | 'quarantined'>
>

/** A running account. */
export interface AccountWorker {
  /** Something of ours waits to be sent, or was left in the middle by another process. */
  send(outgoing: Outgoing): void
  /** The message was decided otherwise (cancelled): forget it, if it has not gone yet. */
  withdraw(key: string): void
  /** Ends in order: a message on its way is finished first. */
  stop(): Promise<void>
}

/** What a channel cannot do, for its form and its composer. */
export interface Capabilities {
  /** Bytes of all attachments together. */
  maxAttachmentBytes: number
  html: boolean
  /** Whether the network tells that a message was read. */
  readReceipts: boolean
}

export interface ChannelKind {
  channel: Channel
  capabilities: Capabilities
  /** Finds how to reach an account, before any login. */
  find(address: string): Promise<Checked>
  /** Verifies an account by real logins (F19). */
  check(account: NewAccount): Promise<Checked>
  /** Starts receiving and sending. */
  start(context: AccountContext): AccountWorker
}
