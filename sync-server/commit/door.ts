/** `POST /push`, see `shared/protocol/push.ts`. */
import { Hono } from 'hono'
import { epochHeader } from '../../shared/protocol/program.ts'
import {
  decodePush,
  maxPushBytes,
  type PushAnswer,
  type PushEntry,
} from '../../shared/protocol/push.ts'
import { callers } from '../auth/caller.ts'
import { bodyBytes, readBytes } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import { intake } from '../http/intake.ts'
import type { Relay } from '../relay.ts'

export const pushDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  const bodies = intake()
  app.post('/', callers(relay, 'anyone'), async (c) => {
    const { workspace, subject, device } = c.var.caller
    const epoch = c.req.header(epochHeader) ?? workspace.facts.epoch
    if (epoch !== workspace.facts.epoch) return refuse(c, { reason: 'epochChanged' })
    const held = bodies.take(subject.id, bodyBytes(c, maxPushBytes))
    if (!held.ok) return refuse(c, { ...held, retryAfter: 1 })
    try {
      const body = await readBytes(c, maxPushBytes, held.value.grow)
      if (!body.ok) return refuse(c, body)
      let entries: PushEntry[]
      try {
        entries = decodePush(body.value)
      } catch {
        return refuse(c, { reason: 'invalidRequest' })
      }
      const started = performance.now()
      const outcomes = await Promise.all(
        entries.map(async ({ n, id, type, at, update }) => {
          const outcome = await workspace.pipeline.propose({
            id,
            type,
            change: update,
            subject,
            device,
            madeAt: at,
          })
          if (outcome.ok) return { n, ok: true as const, seq: outcome.value }
          const { reason, field } = outcome
          return { n, ok: false as const, reason, ...(field !== undefined && { field }) }
        }),
      )
      relay.metrics.pushed(entries.length, (performance.now() - started) / 1000)
      const answer: PushAnswer = { epoch: workspace.facts.epoch, outcomes }
      return c.json(answer)
    } finally {
      held.value.end()
    }
  })
  return app
}
