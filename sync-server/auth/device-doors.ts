/** `/api/devices`: the devices of an employee, for themselves and administrators. */
import { Hono } from 'hono'
import { isId } from '../../shared/ids.ts'
import type { Device } from '../../shared/protocol/api.ts'
import { type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import { callers } from './caller.ts'
import { revoke } from './devices.ts'

export const deviceDoors = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()

  app.get('/', callers(relay, 'employee'), async (c) => {
    const { workspace, subject, session } = c.var.caller
    const user = c.req.query('user') ?? subject.id
    if (!isId(user)) return refuse(c, { reason: 'invalidRequest', field: 'user' })
    if (user !== subject.id && !subject.administrator) return refuse(c, { reason: 'forbidden' })
    const devices = (await workspace.store.devicesOf(user)).map(
      ({ id, agent, firstAt, lastAt, session: last, revokedAt }): Device => ({
        id,
        agent,
        firstAt,
        lastAt,
        connected: workspace.hub.has((owner) => owner.device === id),
        current: last === session,
        ...(revokedAt !== null && { revokedAt }),
      }),
    )
    return c.json({ devices })
  })

  app.delete('/:id', callers(relay, 'employee'), async (c) => {
    const { workspace, subject } = c.var.caller
    const device = await workspace.store.device(c.req.param('id'))
    // Another's device is not told apart from one that does not exist.
    if (!device || (device.user !== subject.id && !subject.administrator))
      return refuse(c, { reason: 'notFound' })
    if (device.revokedAt === null) await revoke(workspace, device.id, relay.clock())
    return c.json({})
  })

  return app
}
