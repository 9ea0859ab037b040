/**
 * Which accounts this process runs. One holder per account: the relay gives leases that live a
 * while, and a process that cannot renew them stops working before another may begin.
 */
import type { Clock } from '../../shared/clock.ts'
import type { Relay } from './relay.ts'

/** Of a lease's life, the part after which it is no longer acted upon: the rest is for clocks and slow answers. */
const safePart = 0.8
/** Of many changes at once one question is made; and two processes must not chase each other. */
const soon = 250

/** Renewals in one life: two may be lost. */
const renewals = 3

export interface Leases {
  held(): ReadonlySet<string>
  isHeld(account: string): boolean
  /** Asks now rather than at the next renewal: there is an account that may be nobody's. */
  askSoon(): void
  stop(): Promise<void>
}

interface LeaseOptions {
  relay: Relay
  holder: string
  clock: Clock
  /** Life of a lease, ms. */
  ttl: number
  /** Called after every answer, and when the leases ran out. */
  onChange: () => void
}

export const keepLeases = ({ relay, holder, clock, ttl, onChange }: LeaseOptions): Leases => {
  let accounts: ReadonlySet<string> = new Set()
  let goodUntil = 0
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  let asking: Promise<void> = Promise.resolve()

  const isGood = () => clock() < goodUntil

  const renew = async (): Promise<void> => {
    // Counted from before the question: the relay counts from when it answers, which is later.
    const asked = clock()
    const answer = await relay.lease({ holder, ttl })
    if (stopped) return
    if (answer.ok) {
      accounts = new Set(answer.value.held)
      goodUntil = asked + ttl * safePart
    }
    onChange()
    schedule(ttl / renewals)
  }
  const schedule = (delay: number): void => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      asking = renew()
    }, delay)
  }
  schedule(0)

  return {
    held: () => (isGood() ? accounts : new Set()),
    isHeld: (account) => isGood() && accounts.has(account),
    askSoon: () => {
      // While a question is under way there is no timer, and its answer brings the next.
      if (timer && !stopped) schedule(soon)
    },
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await asking
      const release = [...accounts]
      accounts = new Set()
      if (release.length > 0) await relay.lease({ holder, ttl, release })
    },
  }
}
