/** `/api/companies`: what the register knows of a company, and the key of the service that is asked. */
import { Hono } from 'hono'
import { hour, minute } from '../../shared/clock.ts'
import { type Company, newKey } from '../../shared/protocol/companies.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import { rateLimit } from '../http/rate-limit.ts'
import type { Relay } from '../relay.ts'

/** Where the key lies among the secrets; no account has such an id. */
const keyName = 'service:dadata'
/** Somebody types fast; nobody looks a register through by hand. */
const asksPerMinute = 30
/** The register changes by the day; cards are opened and filled within minutes. */
const keptFor = hour
const maxKept = 500
/** Of the tax service itself: a company that is always there to try a key with. */
const knownInn = '7707329152'

export const companyDoors = (relay: Relay): Hono<Env> => {
  const { clock, vault, findCompanies } = relay
  const perUser = rateLimit(asksPerMinute, minute, clock)
  const kept = new Map<string, { at: number; companies: Company[] }>()
  const app = new Hono<Env>()

  app.get('/', callers(relay, 'employee'), async (c) => {
    const { workspace, subject } = c.var.caller
    const inn = c.req.query('inn') ?? ''
    const known = kept.get(inn)
    if (known && known.at + keptFor > clock()) return c.json({ companies: known.companies })
    const sealed = await workspace.store.secret(keyName)
    if (!sealed) return refuse(c, { reason: 'serviceNotConnected' })
    const retryAfter = perUser.take(subject.id)
    if (retryAfter > 0) return refuse(c, { reason: 'tooManyRequests', retryAfter })
    const found = await findCompanies(inn, vault.open(keyName, sealed))
    if (!found.ok) return refuse(c, found)
    kept.delete(inn)
    kept.set(inn, { at: clock(), companies: found.value })
    for (const oldest of kept.keys()) {
      if (kept.size <= maxKept) break
      kept.delete(oldest)
    }
    return c.json({ companies: found.value })
  })

  app.get('/key', callers(relay, 'administrator'), async (c) =>
    c.json({ connected: (await c.var.caller.workspace.store.secret(keyName)) !== null }),
  )

  app.put('/key', callers(relay, 'administrator'), async (c) => {
    const form = await readJson(c, newKey)
    if (!form.ok) return refuse(c, form)
    // Wrong data is reported here, not when somebody needs it.
    const tried = await findCompanies(knownInn, form.value.key)
    if (!tried.ok) return refuse(c, tried)
    await c.var.caller.workspace.store.putSecret(keyName, vault.seal(keyName, form.value.key))
    return c.json({ connected: true })
  })

  app.delete('/key', callers(relay, 'administrator'), async (c) => {
    await c.var.caller.workspace.store.deleteSecret(keyName)
    return c.json({ connected: false })
  })

  return app
}
