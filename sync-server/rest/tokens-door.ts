/** `/api/tokens`, see `shared/protocol/rest.ts`: for administrators, from their own pages. */
import { Hono } from 'hono'
import { day } from '../../shared/clock.ts'
import {
  type ApiToken,
  type CreatedApiToken,
  isRestPath,
  newApiToken,
} from '../../shared/protocol/rest.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import type { StoredApiToken } from '../store/store.ts'
import { hashOf, newSecret } from './programs.ts'

/** More programs than a company has; each is looked through when the page is opened. */
const maxTokens = 200

const shown = ({
  expiresAt,
  revokedAt,
  revokedBy,
  suspendedAt,
  lastUsedAt,
  lastUsedFrom,
  resources,
  ...token
}: StoredApiToken): ApiToken => ({
  ...token,
  resources: resources.filter(isRestPath),
  ...(expiresAt !== null && { expiresAt }),
  ...(revokedAt !== null && { revokedAt }),
  ...(revokedBy !== null && { revokedBy }),
  ...(suspendedAt !== null && { suspendedAt }),
  ...(lastUsedAt !== null && { lastUsedAt }),
  ...(lastUsedFrom !== null && { lastUsedFrom }),
})

export const tokenDoors = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'administrator'))
  app.get('/', async (c) => {
    const tokens = await c.var.caller.workspace.store.apiTokens()
    c.header('cache-control', 'no-store')
    return c.json({ tokens: tokens.map(shown) })
  })
  app.post('/', async (c) => {
    const form = await readJson(c, newApiToken)
    if (!form.ok) return refuse(c, form)
    const { workspace, subject } = c.var.caller
    const { name, employee, writes, resources, days } = form.value
    if (!workspace.directory.subjectOf(employee))
      return refuse(c, { reason: 'notFound', field: 'employee' })
    const existing = await workspace.store.apiTokens()
    if (existing.filter(({ revokedAt }) => revokedAt === null).length >= maxTokens)
      return refuse(c, { reason: 'tooLarge' })
    const now = relay.clock()
    const token: StoredApiToken = {
      id: relay.newId(),
      name,
      employee,
      writes,
      resources: [...new Set(resources)],
      createdAt: now,
      createdBy: subject.id,
      expiresAt: days === null ? null : now + days * day,
      revokedAt: null,
      revokedBy: null,
      suspendedAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
    }
    const secret = newSecret()
    await workspace.store.addApiToken(token, hashOf(secret))
    const { id, createdBy } = token
    relay.log.info({ token: id, name, employee, writes, by: createdBy }, 'API token made')
    c.header('cache-control', 'no-store')
    return c.json({ token: shown(token), secret } satisfies CreatedApiToken)
  })
  app.post('/:id/resume', async (c) => {
    const { workspace, subject } = c.var.caller
    const token = await workspace.store.apiToken(c.req.param('id'))
    if (!token) return refuse(c, { reason: 'notFound' })
    if (await workspace.store.resumeApiToken(token.id)) {
      const { id, name, employee } = token
      relay.log.info({ token: id, name, employee, by: subject.id }, 'API token resumed')
    }
    return c.json({})
  })
  app.delete('/:id', async (c) => {
    const { workspace, subject } = c.var.caller
    const token = await workspace.store.apiToken(c.req.param('id'))
    if (!token) return refuse(c, { reason: 'notFound' })
    if (await workspace.store.revokeApiToken(token.id, subject.id, relay.clock())) {
      const { id, name, employee } = token
      relay.log.info({ token: id, name, employee, by: subject.id }, 'API token revoked')
    }
    return c.json({})
  })
  return app
}
