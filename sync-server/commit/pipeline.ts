/**
 * The one way into the base, whatever door a change came through:
 *
 *     propose ─► waiting ─► group ─► admit each ─► one durable transaction ─► publish ─► answer
 *                  ▲                                       │
 *                  └── what comes meanwhile waits ◄────────┘
 *
 * Changes that wait together share one transaction; each is accepted or refused by itself, in the
 * order of arrival, judged against what the accepted ones before it made. Nothing is published or
 * answered before it is on the disk.
 */
import { fail, type Result } from '../../shared/reasons.ts'
import type { LoadedDocument } from './documents.ts'
import {
  groupCommit,
  type Observer,
  type PipelineDeps,
  type PipelineMeter,
  type Waiting,
} from './group.ts'
import type { Committed, Proposal } from './judgement.ts'
import { type TurnLimits, turns } from './turns.ts'

export type { Committed, PipelineMeter, Proposal }

export interface Pipeline {
  /** Resolves with the seq once the change is on the disk, or with the reason why it is refused. */
  propose(proposal: Proposal): Promise<Result<number>>
  /**
   * Runs an act while no group is being judged or stored. It calls `drop` with the ids of records
   * that it takes away.
   */
  exclusively<T>(act: (drop: (ids: string[]) => void) => Promise<T>): Promise<T>
  /** Called with each group, in order, after it is on the disk and before it is answered. */
  observe(observer: Observer): void
  /** The record as it is on the disk; null where there is none. */
  read(id: string): Promise<LoadedDocument | null>
  /** Ends when everything proposed is answered; what comes later is refused with `restarting`. */
  stop(): Promise<void>
}

const limits: TurnLimits = {
  // A group is one turn of the event loop, some 30 ms; more would let the others' sockets wait, and
  // one commit to the disk for so many costs no more each than for all.
  group: 128,
  // Decoded, an update of tiny parts takes some thirty times its bytes.
  groupCost: 2 * 1024 * 1024,
  slice: 32,
  sliceCost: 64 * 1024,
}

/**
 * Some seconds of work. Beyond, who sends is asked to come again later, rather than the memory
 * filled with what nobody waits for any more.
 */
const maxWaiting = 20_000
const maxWaitingBytes = 128 * 1024 * 1024
/** One user's part of it: who sends without waiting for answers must not use up what others need. */
const maxWaitingOfOne = maxWaiting / 4

const bytesOf = ({ change }: Proposal): number => (change instanceof Uint8Array ? change.length : 0)

export const pipeline = (deps: PipelineDeps): Pipeline => {
  const { onError } = deps
  const observers: Observer[] = []
  const groups = groupCommit(deps, observers)
  const waiting = turns<Waiting>(limits)
  let acts: (() => Promise<void>)[] = []
  let working: Promise<void> | null = null
  let stopped = false

  const work = async (): Promise<void> => {
    while (waiting.waiting() > 0 || acts.length > 0) {
      const now = acts
      acts = []
      for (const act of now) await act()
      if (waiting.waiting() === 0) continue
      // Lets the sockets be read once, so that what arrived together is one group.
      await new Promise((resolve) => setImmediate(resolve))
      const group = waiting.take()
      try {
        await groups.run(group)
      } catch (error) {
        onError(error)
        for (const one of group) {
          groups.drop(one.id)
          one.answer(fail('internal'))
        }
      }
    }
    working = null
  }

  return {
    propose: async (proposal) => {
      if (stopped) return fail('restarting')
      const { turnOf = proposal.subject.id, together = false } = proposal
      if (
        waiting.waiting() >= maxWaiting ||
        waiting.cost() >= maxWaitingBytes ||
        waiting.waitingOf(turnOf) >= maxWaitingOfOne
      )
        return fail('overloaded')
      return new Promise((answer) => {
        waiting.add(turnOf, { ...proposal, answer }, bytesOf(proposal), together)
        working ??= work()
      })
    },
    exclusively: (act) =>
      new Promise((resolve, reject) => {
        const drop = (ids: string[]) => {
          for (const id of ids) groups.drop(id)
        }
        acts.push(() => act(drop).then(resolve, reject))
        working ??= work()
      }),
    observe: (observer) => {
      observers.push(observer)
    },
    read: groups.read,
    stop: async () => {
      stopped = true
      while (working) await working
    },
  }
}
