/**
 * `/hooks/:account…`: webhooks of providers. The raw request is on the disk before it is answered,
 * and nothing of it is looked at here: a connector takes it, checks its signature and understands it.
 */
import { Hono } from 'hono'
import { minute } from '../../shared/clock.ts'
import { addressOf } from '../auth/doors.ts'
import { readBytes } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import { rateLimit } from '../http/rate-limit.ts'
import type { Relay } from '../relay.ts'

/** Providers send links to media, not media. */
const maxHookBytes = 1024 * 1024
/** A busy provider sends a few a second for each account. */
const hooksPerMinute = 3_000

export const hookDoors = (relay: Relay): Hono<Env> => {
  const { clock, newId } = relay
  const app = new Hono<Env>()
  const perAddress = rateLimit(hooksPerMinute, minute, clock)
  app.all('/:account/*', async (c) => {
    const { workspace } = relay
    const account = c.req.param('account')
    const row = workspace?.directory.account(account)
    if (!workspace || !row || row.deletedAt) return refuse(c, { reason: 'notFound' })
    const retryAfter = perAddress.take(addressOf(c))
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const body = await readBytes(c, maxHookBytes)
    if (!body.ok) return refuse(c, body)
    const { pathname, search } = new URL(c.req.url)
    await workspace.store.addHook({
      id: newId(),
      account,
      at: clock(),
      method: c.req.method,
      path: pathname + search,
      headersJson: JSON.stringify(c.req.header()),
      body: body.value,
    })
    workspace.hookBell.ring()
    return c.json({})
  })
  return app
}
