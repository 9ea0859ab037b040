/** `POST /reconcile`, see `shared/protocol/push.ts`; the README's «Decisions» say why it is safe. */
import { Hono } from 'hono'
import { day } from '../../shared/clock.ts'
import {
  decodePush,
  maxReconcileBytes,
  type PushAnswer,
  type PushEntry,
  type PushOutcome,
} from '../../shared/protocol/push.ts'
import { callers } from '../auth/caller.ts'
import { doubtOutgoing, waitingKeys } from '../backup/outgoing.ts'
import { bodyBytes, readBytes } from '../http/body.ts'
import { type Caller, type Env, refuse } from '../http/context.ts'
import { intake } from '../http/intake.ts'
import type { Relay } from '../relay.ts'
import type { LatePatch } from './judgement.ts'

/** A phone left in a drawer for a summer still brings back what only it has. */
const openFor = 180 * day

export const reconcileDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  const bodies = intake()
  app.post('/', callers(relay, 'employee'), async (c) => {
    const { facts } = c.var.caller.workspace
    if (c.req.query('epoch') !== facts.epoch) return refuse(c, { reason: 'epochChanged' })
    if (facts.restoredAt === null || relay.clock() - facts.restoredAt > openFor)
      return refuse(c, { reason: 'gone' })
    const { id } = c.var.caller.subject
    const held = bodies.take(id, bodyBytes(c, maxReconcileBytes))
    if (!held.ok) return refuse(c, { ...held, retryAfter: 1 })
    try {
      const body = await readBytes(c, maxReconcileBytes, held.value.grow)
      if (!body.ok) return refuse(c, body)
      let entries: PushEntry[]
      try {
        entries = decodePush(body.value)
      } catch {
        return refuse(c, { reason: 'invalidRequest' })
      }
      const outcomes = await Promise.all(
        entries.map((entry) => bringBack(c.var.caller, entry, relay.clock())),
      )
      const answer: PushAnswer = { epoch: facts.epoch, outcomes }
      return c.json(answer)
    } finally {
      held.value.end()
    }
  })
  return app
}

const bringBack = async (
  { workspace, subject, device }: Caller,
  { n, id, type, at, update }: PushEntry,
  now: number,
): Promise<PushOutcome> => {
  const { propose } = workspace.pipeline
  const isSegment = type === 'segment'
  const letters = (change: LatePatch, together?: { together: true }) =>
    isSegment ? workspace.write('segment', id, change, { turnOf: subject.id, ...together }) : null
  // Letters that come back waiting may have left before the restore: they are put in doubt in the
  // commit that brings them. Those that the relay knows to wait were written since.
  let known: string[] = []
  void letters((row) => {
    known = waitingKeys(row)
    return null
  })
  const proposed = propose({
    id,
    type,
    change: update,
    subject,
    device,
    madeAt: at,
    broughtBack: true,
    ...(isSegment && { together: true }),
  })
  const doubted = letters((row) => doubtOutgoing(row, now, known), { together: true })
  const outcome = await proposed
  await doubted
  if (outcome.ok) return { n, ok: true, seq: outcome.value }
  const { reason, field } = outcome
  return { n, ok: false, reason, ...(field !== undefined && { field }) }
}
