/**
 * Questions to connectors that a person waits for: finding servers, checking a login. They live in
 * memory: when the relay goes down, so does the request that waits.
 */
import { randomUUID } from 'node:crypto'
import { type Clock, second } from '../../shared/clock.ts'
import type { ApiFailure, FoundConnection, Job, JobOutcome } from '../../shared/protocol/api.ts'
import { fail, ok, type Reason, type Result } from '../../shared/reasons.ts'

/**
 * A connector that is there asks again at once. One that was not seen for so long is not there; the
 * relay's own start counts as a sight, since both are started together.
 */
const awayAfter = 10 * second
/** Somebody who was not seen may be about to ask all the same. */
const takenWithin = second
/** Two real logins at servers that answer slowly, each with time-outs of its own. */
const doneWithin = 90 * second

type Question =
  | Omit<Extract<Job, { kind: 'findConnection' }>, 'id'>
  | Omit<Extract<Job, { kind: 'checkAccount' }>, 'id'>

export interface JobBoard {
  /** Resolves with what a connector found; its failure is passed on as it is. */
  ask(
    question: Question,
  ): Promise<{ ok: true; found: FoundConnection } | ({ ok: false } & ApiFailure)>
  /** The next job, for one asker; null when none came in time or the asker went away. */
  next(waitMs: number, gone: AbortSignal): Promise<Job | null>
  /** False for a job that nobody waits for any more. */
  finish(id: string, outcome: JobOutcome): boolean
  stop(): void
}

interface Open {
  job: Job
  settle: (outcome: Result<JobOutcome>) => void
  timer: NodeJS.Timeout
}

export const jobBoard = (clock: Clock): JobBoard => {
  let seenAt = clock()
  const untaken: Open[] = []
  const open = new Map<string, Open>()
  const askers: ((entry: Open | null) => void)[] = []

  const give = (entry: Open): Job => {
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => close(entry, fail('timedOut')), doneWithin)
    return entry.job
  }
  const close = (entry: Open, outcome: Result<JobOutcome>) => {
    clearTimeout(entry.timer)
    open.delete(entry.job.id)
    const at = untaken.indexOf(entry)
    if (at >= 0) untaken.splice(at, 1)
    entry.settle(outcome)
  }

  return {
    ask: async (question) => {
      const outcome = await new Promise<Result<JobOutcome>>((settle) => {
        const job: Job = { ...question, id: randomUUID() }
        // Set back, the clock must not make it longer.
        const rest = Math.min(seenAt + awayAfter - clock(), awayAfter)
        const patience = Math.max(rest, takenWithin)
        const timer = setTimeout(() => close(entry, fail('connectorsAway')), patience)
        const entry: Open = { job, settle, timer }
        open.set(job.id, entry)
        const asker = askers.shift()
        if (asker) asker(entry)
        else untaken.push(entry)
      })
      if (!outcome.ok) return outcome
      return outcome.value.ok ? outcome.value : { ok: false, ...outcome.value.failure }
    },
    next: (waitMs, gone) =>
      new Promise((resolve) => {
        seenAt = clock()
        const waiting = untaken.shift()
        if (waiting) return resolve(give(waiting))
        const asker = (entry: Open | null) => {
          clearTimeout(timer)
          gone.removeEventListener('abort', leave)
          resolve(entry && give(entry))
        }
        const leave = () => {
          seenAt = clock()
          const at = askers.indexOf(asker)
          if (at >= 0) askers.splice(at, 1)
          asker(null)
        }
        const timer = setTimeout(leave, waitMs)
        gone.addEventListener('abort', leave)
        askers.push(asker)
      }),
    finish: (id, outcome) => {
      const entry = open.get(id)
      if (entry) close(entry, ok(outcome))
      return entry !== undefined
    },
    stop: () => {
      const reason: Reason = 'restarting'
      for (const entry of [...open.values()]) close(entry, fail(reason))
      for (const asker of askers.splice(0)) asker(null)
    },
  }
}
