/** Questions of the account form: where is this mailbox, and do these settings let us in. */
import { second } from '../../shared/clock.ts'
import type { Job, JobOutcome } from '../../shared/protocol/api.ts'
import type { Channel } from '../../shared/records/account.ts'
import type { ChannelKind, Log } from '../channel.ts'
import { reconnecting, waitBefore } from './backoff.ts'
import type { Relay } from './relay.ts'

/** Somebody waits in front of a form for each of them; a slow provider must not hold up the others. */
const atOnce = 4

const leftAlone = second

interface JobOptions {
  relay: Relay
  kinds: Record<Channel, ChannelKind>
  random: () => number
  log: Log
}

export const takeJobs = ({ relay, kinds, random, log }: JobOptions) => {
  const stopping = new AbortController()

  const doJob = async (job: Job): Promise<JobOutcome> => {
    try {
      return job.kind === 'findConnection'
        ? await kinds.mail.find(job.address)
        : await kinds[job.account.channel].check(job.account)
    } catch (error) {
      // A fault of ours must not leave a person in front of a form that never answers.
      log.error({ err: error, job: job.kind }, 'A job broke')
      return { ok: false, failure: { reason: 'internal' } }
    }
  }

  const run = async (): Promise<void> => {
    for (let attempt = 0; !stopping.signal.aborted; ) {
      const next = await relay.nextJob(stopping.signal)
      if (next.ok && next.value) {
        attempt = 0
        const outcome = await doJob(next.value)
        const told = await relay.finishJob(next.value.id, outcome)
        if (!told.ok) log.warn({ failure: told }, 'The outcome of a job was not taken')
      } else if (!next.ok && !stopping.signal.aborted) {
        const pause = Math.min(5000, waitBefore(reconnecting, attempt, random()))
        await new Promise((resolve) => setTimeout(resolve, pause))
        attempt += 1
      }
    }
  }
  const running = Promise.all(Array.from({ length: atOnce }, run))

  return {
    /** A check under way is left to itself: it changes nothing, and its asker is told by the time limit. */
    async stop() {
      stopping.abort()
      await Promise.race([
        running,
        new Promise((resolve) => setTimeout(resolve, leftAlone).unref()),
      ])
    },
  }
}
