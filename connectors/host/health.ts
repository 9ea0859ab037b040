/**
 * What the account's form shows: connected or failing and why, the last message in and out. Kept in
 * the account's record, written at once when the state changes and seldom otherwise: every write
 * goes to every device.
 */
import { type Clock, second } from '../../shared/clock.ts'
import type { AccountHealth } from '../../shared/records/account.ts'
import type { HealthReport } from '../channel.ts'
import type { Records } from './records.ts'

const seldom = 15 * second

export interface HealthReporter {
  report(account: string, report: HealthReport): void
  /** The account is started anew: its next state is written at once, even where it was the last. */
  restarted(account: string): void
  stop(): Promise<void>
}

/** The health after a report, or null where nothing changed. A paused account is left alone. */
export const nextHealth = (
  present: AccountHealth | undefined,
  report: HealthReport,
  now: number,
): AccountHealth | null => {
  if (present?.state === 'paused') return null
  const state = report.state ?? present?.state ?? 'connecting'
  const { reason: oldReason, ...rest } = present ?? { since: now, state }
  const reason = state === 'failing' ? (report.reason ?? oldReason) : undefined
  const changed = present?.state !== state || oldReason !== reason
  const moved =
    (report.lastIn ?? 0) > (present?.lastIn ?? 0) || (report.lastOut ?? 0) > (present?.lastOut ?? 0)
  const quarantined = (present?.quarantined ?? 0) + (report.quarantined ?? 0)
  if (!changed && !moved && !report.quarantined) return null
  return {
    ...rest,
    state,
    since: present?.state === state ? rest.since : now,
    ...(reason && { reason }),
    ...(quarantined > 0 && { quarantined }),
    ...(report.lastIn !== undefined && { lastIn: Math.max(report.lastIn, present?.lastIn ?? 0) }),
    ...(report.lastOut !== undefined && {
      lastOut: Math.max(report.lastOut, present?.lastOut ?? 0),
    }),
  }
}

/** Two reports as one: the later word counts, the counts add up. */
const joinReports = (older: HealthReport | undefined, newer: HealthReport): HealthReport => {
  const quarantined = (older?.quarantined ?? 0) + (newer.quarantined ?? 0)
  return { ...older, ...newer, ...(quarantined > 0 && { quarantined }) }
}

export const healthReporter = (records: Records, clock: Clock): HealthReporter => {
  const waiting = new Map<string, HealthReport>()
  const timers = new Map<string, NodeJS.Timeout>()
  const lastState = new Map<string, string>()

  const write = async (account: string): Promise<void> => {
    const report = waiting.get(account)
    const timer = timers.get(account)
    if (timer) clearTimeout(timer)
    timers.delete(account)
    waiting.delete(account)
    if (!report) return
    const written = await records.change('account', account, (row) => {
      if (!row || row.deletedAt !== undefined) return null
      const health = nextHealth(row.health, report, clock())
      return health === null ? null : { health }
    })
    // The next report, or the timer below, tries again.
    if (!written.ok) {
      waiting.set(account, joinReports(report, waiting.get(account) ?? {}))
      later(account)
    }
  }

  const later = (account: string): void => {
    if (timers.has(account)) return
    const timer = setTimeout(() => void write(account), seldom)
    timer.unref()
    timers.set(account, timer)
  }

  return {
    restarted: (account) => {
      lastState.delete(account)
    },
    report(account, report) {
      waiting.set(account, joinReports(waiting.get(account), report))
      const state = `${report.state ?? ''} ${report.reason ?? ''}`
      if (report.state !== undefined && lastState.get(account) !== state) {
        lastState.set(account, state)
        void write(account)
      } else later(account)
    },
    async stop() {
      await Promise.all([...waiting.keys()].map(write))
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
