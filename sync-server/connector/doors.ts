/** What connectors ask; see `shared/protocol/api.ts`. */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import * as v from 'valibot'
import { hour, second } from '../../shared/clock.ts'
import { normaliseEmail } from '../../shared/emails.ts'
import { isId } from '../../shared/ids.ts'
import { normalisePhone } from '../../shared/phones.ts'
import {
  type ConnectorRecord,
  type JobOutcome,
  type LeaseAnswer,
  type LookupHit,
  newQuarantine,
  type StoredHook,
} from '../../shared/protocol/api.ts'
import { isReason, type Reason } from '../../shared/reasons.ts'
import { mailConnection } from '../../shared/records/account.ts'
import { callers } from '../auth/caller.ts'
import type { Pipeline } from '../commit/pipeline.ts'
import { maxFileBytes } from '../files/door.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import { resolveAtRelay } from '../merges/resolve.ts'
import type { Relay } from '../relay.ts'
import type { LookedUp } from '../store/store.ts'
import { claimEffect, endEffect } from './effects.ts'

const maxLease = hour
const maxWait = 60
/** The same address at hundreds of clients is nobody's address in particular. */
const maxHits = 100
const maxHooksAtOnce = 50
/** A letter that could not be parsed, in base64. */
const maxQuarantineBody = Math.ceil((maxFileBytes * 4) / 3) + 10_000

const lease = v.object({
  holder: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  ttl: v.pipe(v.number(), v.minValue(second), v.maxValue(maxLease)),
  release: v.optional(v.array(v.string())),
})
const state = v.object({ value: v.unknown() })
const holder = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const effectClaim = v.object({
  holder,
  ttl: v.pipe(v.number(), v.minValue(second), v.maxValue(maxLease)),
})
const effectOutcome = v.object({ holder, outcome: v.unknown() })
const text = v.optional(v.pipe(v.string(), v.maxLength(2000)))
const jobOutcome: v.GenericSchema<unknown, JobOutcome> = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    found: v.object({ connection: mailConnection, source: v.string(), provider: text }),
  }),
  v.object({
    ok: v.literal(false),
    failure: v.object({ reason: v.custom<Reason>(isReason), field: text, detail: text }),
  }),
])

export const connectorDoors = (relay: Relay): Hono<Env> => {
  const { clock, disk, vault } = relay
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'service'))

  app.post('/lease', async (c) => {
    const { store, directory } = c.var.caller.workspace
    const form = await readJson(c, lease)
    if (!form.ok) return refuse(c, form)
    const { holder, ttl, release = [] } = form.value
    await store.release(holder, release)
    const wanted = directory
      .accounts()
      .filter(({ deletedAt, health }) => !deletedAt && health?.state !== 'paused')
      .map(({ id }) => id)
      .filter((id) => !release.includes(id))
    const answer: LeaseAnswer = { held: await store.lease(holder, wanted, clock(), clock() + ttl) }
    return c.json(answer)
  })

  app.get('/accounts/:id/secret', async (c) => {
    const { store } = c.var.caller.workspace
    const id = c.req.param('id')
    const sealed = await store.secret(id)
    if (!sealed) return refuse(c, { reason: 'notFound' })
    c.header('cache-control', 'no-store')
    return c.json({ password: vault.open(id, sealed) })
  })

  app.get('/state/:account/:key', async (c) => {
    const { store } = c.var.caller.workspace
    const value = await store.state(c.req.param('account'), c.req.param('key'))
    return c.json({ value: value === null ? null : (JSON.parse(value) as unknown) })
  })

  app.put('/state/:account/:key', async (c) => {
    const { store } = c.var.caller.workspace
    const form = await readJson(c, state)
    if (!form.ok) return refuse(c, form)
    const value = JSON.stringify(form.value.value ?? null)
    await store.putState(c.req.param('account'), c.req.param('key'), value)
    return c.json({})
  })

  app.get('/lookup', async (c) => {
    const { store, pipeline } = c.var.caller.workspace
    const { key = '', value = '', account } = c.req.query()
    const normalised = normalise(key, value)
    if (normalised === null) return refuse(c, { reason: 'invalidRequest', field: 'key' })
    const found = await store.lookup(key, normalised, maxHits)
    const living = found.filter(
      (hit) => hit.deletedAt === null && (!account || hit.account === account),
    )
    return c.json({ hits: await resolveHits(pipeline.read, living) })
  })

  app.get('/record/:id', async (c) => {
    const document = await c.var.caller.workspace.pipeline.read(c.req.param('id'))
    if (!document) return refuse(c, { reason: 'gone' })
    const { id, type, seq, row, state } = document
    const answer: ConnectorRecord = {
      id,
      type,
      seq,
      row,
      state: Buffer.from(state).toString('base64'),
    }
    return c.json(answer)
  })

  app.get('/erased/:id', async (c) => {
    const id = c.req.param('id')
    const found = await c.var.caller.workspace.store.erasedAt([id])
    return c.json({ at: found.get(id) ?? null })
  })

  app.post('/quarantine', async (c) => {
    const { store } = c.var.caller.workspace
    const form = await readJson(c, newQuarantine, maxQuarantineBody)
    if (!form.ok) return refuse(c, form)
    const { id, account, error, source, raw } = form.value
    const bytes = Buffer.from(raw, 'base64')
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (!(await store.file(hash))) {
      const kept = await disk.put(hash, once(bytes), maxFileBytes)
      if (!kept.ok) return refuse(c, kept)
      const type = 'application/octet-stream'
      await store.putFile({ hash, size: bytes.length, type }, c.var.caller.subject.id, clock())
    }
    await store.addQuarantine({ id, account, error, source, file: hash, at: clock() })
    return c.json({ id })
  })

  app.post('/effects/:id', async (c) => {
    const form = await readJson(c, effectClaim)
    if (!form.ok) return refuse(c, form)
    const { store } = c.var.caller.workspace
    return c.json(await claimEffect(store, c.req.param('id'), form.value, clock()))
  })

  app.put('/effects/:id', async (c) => {
    const form = await readJson(c, effectOutcome)
    if (!form.ok) return refuse(c, form)
    const { store } = c.var.caller.workspace
    const { holder, outcome } = form.value
    return c.json({ outcome: await endEffect(store, c.req.param('id'), holder, outcome) })
  })

  app.get('/jobs', async (c) => {
    const job = await c.var.caller.workspace.jobs.next(
      waitMs(c.req.query('wait')),
      c.req.raw.signal,
    )
    return c.json({ job })
  })

  app.post('/jobs/:id', async (c) => {
    const outcome = await readJson(c, jobOutcome)
    if (!outcome.ok) return refuse(c, outcome)
    const isWanted = c.var.caller.workspace.jobs.finish(c.req.param('id'), outcome.value)
    return isWanted ? c.json({}) : refuse(c, { reason: 'gone' })
  })

  app.get('/hooks', async (c) => {
    const { store, hookBell } = c.var.caller.workspace
    const account = c.req.query('account') ?? null
    if (account !== null && !isId(account)) return refuse(c, { reason: 'invalidRequest' })
    // The bell is heard from before the look: a request stored between the two would be missed.
    const rung = hookBell.wait(waitMs(c.req.query('wait')), c.req.raw.signal)
    let hooks = await store.hooks(account, maxHooksAtOnce)
    if (hooks.length === 0) {
      await rung
      hooks = await store.hooks(account, maxHooksAtOnce)
    }
    const requests: StoredHook[] = hooks.map(({ headersJson, body, ...hook }) => ({
      ...hook,
      headers: JSON.parse(headersJson) as Record<string, string>, // stored by the hooks' door
      body: Buffer.from(body).toString('base64'),
    }))
    return c.json({ requests })
  })

  app.post('/hooks/:id/done', async (c) => {
    await c.var.caller.workspace.store.hookDone(c.req.param('id'), clock())
    return c.json({})
  })

  return app
}

const waitMs = (seconds: string | undefined): number =>
  Math.min(Math.max(Number(seconds ?? 0) || 0, 0), maxWait) * second

/** The value as the records' own look-up keys are written; null for a key that does not exist. */
const normalise = (key: string, value: string): string | null => {
  if (key === 'email') return normaliseEmail(value) ?? value
  if (key === 'phone') return normalisePhone(value) ?? value
  return key === 'messageId' ? value : null
}

/** What was found, with the main records in place of merged ones; a main in the trash is not found. */
const resolveHits = async (
  read: Pipeline['read'],
  found: readonly LookedUp[],
): Promise<LookupHit[]> => {
  const hits = new Map<string, LookupHit>()
  for (const hit of found) {
    const id = await resolveAtRelay(read, hit.id)
    const main = id === hit.id ? null : await read(id)
    if (id !== hit.id && (!main || main.row.deletedAt !== undefined)) continue
    const row = main?.row
    const client = row ? row.client : hit.client
    const employer = typeof client === 'string' ? await resolveAtRelay(read, client) : null
    if (!hits.has(id)) hits.set(id, toHit({ ...hit, id, client: employer }))
  }
  return [...hits.values()]
}

const toHit = ({ id, type, dialog, client }: LookedUp): LookupHit => ({
  id,
  type,
  ...(dialog !== null && { dialog }),
  ...(client !== null && { client }),
})

async function* once(bytes: Uint8Array) {
  yield bytes
}
