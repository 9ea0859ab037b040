/** All doors of the relay, apart from listening: tests call it by `app.request('/path')`. */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { accountDoors } from './accounts/doors.ts'
import { archiveDoors } from './archives/door.ts'
import { isToken } from './auth/caller.ts'
import { deviceDoors } from './auth/device-doors.ts'
import { authDoors, isLocal } from './auth/doors.ts'
import { inviteDoors } from './auth/invites.ts'
import { rightsDoor } from './auth/rights-door.ts'
import { pushDoor } from './commit/door.ts'
import { historyDoor } from './commit/history-door.ts'
import { reconcileDoor } from './commit/reconcile-door.ts'
import { companyDoors } from './companies/doors.ts'
import { connectorDoors } from './connector/doors.ts'
import { eraseDoor } from './erase/door.ts'
import { feedDoor } from './feed/door.ts'
import { fileDoors } from './files/door.ts'
import { hookDoors } from './hooks/door.ts'
import { type Env, type RelayContext, refuse } from './http/context.ts'
import { securityHeaders } from './http/security.ts'
import { clientFiles } from './http/static.ts'
import { pictureDoors } from './pictures/door.ts'
import type { Relay } from './relay.ts'
import { restDoors } from './rest/doors.ts'
import { tokenDoors } from './rest/tokens-door.ts'
import { storageReason } from './store/store.ts'

/** Our own ids of requests; what a proxy gave is kept where it looks like one. */
const requestIdPattern = /^[\w-]{8,100}$/

/** Addresses that open something to whoever knows them: links of invitations, providers' hooks. */
const secretPath = /^(\/api\/invites\/|\/hooks\/[^/]*\/).+/

/** What a line of the log says of a request: never its body, its headers or a secret address. */
const requestOf = (c: RelayContext) => ({
  requestId: c.var.requestId,
  method: c.req.method,
  path: c.req.path.replace(secretPath, '$1…'),
})

export const createApp = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()

  app.use('*', async (c, next) => {
    const given = c.req.header('x-request-id')
    const requestId = given && requestIdPattern.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    c.header('x-request-id', requestId)
    if (!relay.log.isLevelEnabled('debug')) return next()
    const started = performance.now()
    await next()
    const took = Math.round(performance.now() - started)
    relay.log.debug({ ...requestOf(c), status: c.res.status, took }, 'answered')
  })
  app.use('*', securityHeaders(relay))

  app.get('/health', async (c) => {
    if (relay.stopping) return refuse(c, { reason: 'restarting' })
    await relay.store.ping()
    return c.json({ ok: true })
  })
  app.get('/metrics', async (c) => {
    // Counts say how a company works: for its own monitoring, here or with the service token.
    const bearer = c.req.header('authorization')?.match(/^Bearer (.+)$/)?.[1] ?? ''
    if (!isLocal(c) && !isToken(bearer, relay.connectorToken))
      return refuse(c, { reason: 'signedOut' })
    relay.metrics.rooms.set(relay.workspace?.rooms.size() ?? 0)
    relay.metrics.sizes(await relay.store.sizes())
    return c.body(await relay.metrics.page(), 200, { 'content-type': relay.metrics.contentType })
  })

  app.route('/api/invites', inviteDoors(relay))
  app.route('/api/accounts', accountDoors(relay))
  app.route('/api/companies', companyDoors(relay))
  app.route('/api/devices', deviceDoors(relay))
  app.route('/api/rights', rightsDoor(relay))
  app.route('/api/history', historyDoor(relay))
  app.route('/api/erase', eraseDoor(relay))
  app.route('/api/archives', archiveDoors(relay))
  app.route('/api/pictures', pictureDoors(relay))
  app.route('/api/tokens', tokenDoors(relay))
  app.route('/api/v1', restDoors(relay))
  app.route('/api', authDoors(relay))
  app.route('/push', pushDoor(relay))
  app.route('/reconcile', reconcileDoor(relay))
  app.route('/feed', feedDoor(relay))
  app.route('/files', fileDoors(relay))
  app.route('/hooks', hookDoors(relay))
  app.route('/connector', connectorDoors(relay))
  if (relay.clientDir) app.route('/', clientFiles(relay.clientDir))

  app.notFound((c) => refuse(c, { reason: 'notFound' }))
  app.onError((error, c) => {
    relay.log.error({ ...requestOf(c), err: error }, 'request failed')
    return refuse(c, { reason: storageReason(error) })
  })
  return app
}
