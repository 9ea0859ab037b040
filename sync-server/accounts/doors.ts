/** Connecting channel accounts. The relay itself writes the record, once a connector has logged in. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { normaliseEmail } from '../../shared/emails.ts'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import { type NewAccount, newAccount } from '../../shared/protocol/api.ts'
import {
  type AccountHealth,
  type AccountRow,
  account as accountType,
  mailConnection,
} from '../../shared/records/account.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { mayRead, rights, type Subject } from '../../shared/rights.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Env, type RelayContext, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import type { Workspace } from '../workspace.ts'

const find = v.object({ address: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254)) })
const newSecret = v.object({
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  connection: v.optional(mailConnection),
})

const maxQuarantine = 200

/** Rows of one type are rows. */
const asRow = (row: AccountRow): Row => row as unknown as Row

export const accountDoors = (relay: Relay): Hono<Env> => {
  const { clock, newId, vault } = relay
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'employee'))

  app.post('/find', async (c) => {
    const form = await readJson(c, find)
    if (!form.ok) return refuse(c, form)
    const address = normaliseEmail(form.value.address)
    if (!address) return refuse(c, { reason: 'invalidAddress', field: 'address' })
    const { jobs } = c.var.caller.workspace
    const outcome = await jobs.ask({ kind: 'findConnection', address })
    return outcome.ok ? c.json(outcome.found) : refuse(c, outcome)
  })

  app.post('/', async (c) => {
    const { workspace, subject } = c.var.caller
    const form = await readJson(c, newAccount)
    if (!form.ok) return refuse(c, form)
    const refused = refusalOfNew(subject, form.value, workspace)
    if (refused) return refuse(c, refused)
    const outcome = await workspace.jobs.ask({ kind: 'checkAccount', account: form.value })
    if (!outcome.ok) return refuse(c, outcome)
    // Two forms for one mailbox may have been checked at once.
    const taken = refusalOfNew(subject, form.value, workspace)
    if (taken) return refuse(c, taken)
    const id = newId()
    const { password, connection: _, ...settings } = form.value
    // First the secret: with a record and no secret a connector would find an account it cannot use.
    await workspace.store.putSecret(id, vault.seal(id, password))
    const written = await workspace.write('account', id, {
      ...settings,
      connection: outcome.found.connection,
      health: health('connecting', clock()),
      createdAt: clock(),
      createdBy: subject.id,
    })
    if (written.ok) return c.json({ id })
    await workspace.store.deleteSecret(id)
    return refuse(c, written)
  })

  /** The account of the address, where the caller may run it. */
  const owned = (c: RelayContext): { row: AccountRow } | ApiFailure => {
    const { workspace, subject } = c.var.caller
    const row = workspace.directory.account(c.req.param('id') ?? '')
    if (!row || row.deletedAt || !mayRead(subject, asRow(row))) return { reason: 'notFound' }
    const refused = rights(subject, asRow(row), asRow(row))
    return refused ? { reason: refused.reason } : { row }
  }

  app.post('/:id/secret', async (c) => {
    const { workspace } = c.var.caller
    const form = await readJson(c, newSecret)
    if (!form.ok) return refuse(c, form)
    const found = owned(c)
    if ('reason' in found) return refuse(c, found)
    const { row } = found
    const { password, connection = row.connection } = form.value
    const outcome = await workspace.jobs.ask({
      kind: 'checkAccount',
      account: {
        channel: row.channel,
        address: row.address,
        password,
        name: row.name,
        receive: row.receive ?? false,
        send: row.send ?? false,
        access: row.access,
        ...(connection && { connection }),
      },
    })
    if (!outcome.ok) return refuse(c, outcome)
    await workspace.store.putSecret(row.id, vault.seal(row.id, password))
    const written = await workspace.write('account', row.id, {
      connection: outcome.found.connection,
      health: { ...row.health, ...health('connecting', clock()) },
    })
    return written.ok ? c.json({}) : refuse(c, written)
  })

  for (const [act, state] of [
    ['pause', 'paused'],
    ['resume', 'connecting'],
  ] as const)
    app.post(`/:id/${act}`, async (c) => {
      const found = owned(c)
      if ('reason' in found) return refuse(c, found)
      const { row } = found
      const written = await c.var.caller.workspace.write('account', row.id, {
        health: { ...row.health, ...health(state, clock()), reason: undefined },
      })
      return written.ok ? c.json({}) : refuse(c, written)
    })

  app.delete('/:id', async (c) => {
    const { workspace } = c.var.caller
    const found = owned(c)
    if ('reason' in found) return refuse(c, found)
    const { id } = found.row
    const written = await workspace.write('account', id, { deletedAt: clock() })
    if (!written.ok) return refuse(c, written)
    await workspace.store.deleteSecret(id)
    return c.json({})
  })

  app.get('/:id/quarantine', async (c) => {
    const { workspace, subject } = c.var.caller
    if (!subject.administrator) return refuse(c, { reason: 'forbidden' })
    return c.json({ items: await workspace.store.quarantine(c.req.param('id'), maxQuarantine) })
  })

  return app
}

const health = (state: AccountHealth['state'], since: number): AccountHealth => ({ state, since })

/** An administrator connects any mailbox, an employee one of their own. */
const refusalOfNew = (
  subject: Subject,
  { address, access, users = [] }: NewAccount,
  { directory }: Workspace,
): ApiFailure | null => {
  if (!normaliseEmail(address)) return { reason: 'invalidAddress', field: 'address' }
  const isOwn = access === 'user' && users.length === 1 && users[0] === subject.id
  if (!subject.administrator && !isOwn) return { reason: 'forbidden' }
  if (access !== 'all' && users.length === 0) return { reason: 'invalidRequest', field: 'users' }
  const exists = directory
    .accounts()
    .some((row) => row.type === accountType.type && row.address === address && !row.deletedAt)
  return exists ? { reason: 'accountExists', field: 'address' } : null
}
