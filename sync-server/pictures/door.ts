/** `/api/pictures`: pictures of social networks, for those who may change the record that wants one (F55). */
import { Hono } from 'hono'
import { minute } from '../../shared/clock.ts'
import { type PictureRequest, pictureRequest } from '../../shared/protocol/pictures.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { mayRead, rights } from '../../shared/rights.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Caller, type Env, refuse } from '../http/context.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { filePolicy } from '../http/security.ts'
import type { Relay } from '../relay.ts'

/** A card has a few links; some are asked again. */
const asksPerMinute = 30
/** Of one employee: twice what a device asks, so that a dialog that was closed does not stand in the way. */
const maxOwnAtOnce = 6
/** Of everybody: each holds a picture of 5 MB at most. */
const maxAtOnce = 12

export const pictureDoors = (relay: Relay): Hono<Env> => {
  const { clock, findPicture } = relay
  const perUser = rateLimit(asksPerMinute, minute, clock)
  const asking = new Map<string, number>()
  let total = 0
  const app = new Hono<Env>()

  app.post('/', callers(relay, 'employee'), async (c) => {
    const { subject } = c.var.caller
    if (!findPicture) return refuse(c, { reason: 'serviceNotConnected' })
    const form = await readJson(c, pictureRequest)
    if (!form.ok) return refuse(c, form)
    if (!(await mayTake(c.var.caller, form.value))) return refuse(c, { reason: 'forbidden' })
    const retryAfter = perUser.take(subject.id)
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const own = asking.get(subject.id) ?? 0
    if (own >= maxOwnAtOnce) return refuse(c, { reason: 'tooManyRequests', retryAfter: 1 })
    if (total >= maxAtOnce) return refuse(c, { reason: 'overloaded', retryAfter: 1 })
    asking.set(subject.id, own + 1)
    total++
    try {
      const found = await findPicture(form.value.link, c.req.raw.signal)
      if (!found.ok) return refuse(c, found)
      c.header('content-type', found.value.type)
      c.header('content-disposition', 'attachment')
      c.header('content-security-policy', filePolicy)
      c.header('cache-control', 'no-store')
      return c.body(new Uint8Array(found.value.bytes))
    } finally {
      total--
      const left = (asking.get(subject.id) ?? 1) - 1
      if (left > 0) asking.set(subject.id, left)
      else asking.delete(subject.id)
    }
  })

  return app
}

/**
 * Who may change the record; one that the relay does not know is being made on a device. Of a record that
 * the caller may not see it is not said that it is there.
 */
const mayTake = async (
  { workspace, subject }: Caller,
  { type, id }: PictureRequest,
): Promise<boolean> => {
  const stored = (await workspace.store.documents([id])).get(id)
  // Projected by this relay from the record's document.
  const row = stored ? (JSON.parse(stored.rowJson) as Row) : null
  if (row && row.type === type && mayRead(subject, row)) return rights(subject, row, row) === null
  return rights(subject, null, { id, type, managers: [subject.id] }) === null
}
