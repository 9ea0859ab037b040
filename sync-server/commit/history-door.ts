/** `GET /api/history/:recordId`: who changed what, newest first; `GET /api/history`: of all records. */
import { Hono } from 'hono'
import type { History } from '../../shared/protocol/api.ts'
import { programDevice } from '../../shared/protocol/rest.ts'
import { mayRead } from '../../shared/rights.ts'
import { callers } from '../auth/caller.ts'
import { reader } from '../feed/plan.ts'
import { type Env, refuse } from '../http/context.ts'
import { mergedRecords } from '../merges/resolve.ts'
import type { Relay } from '../relay.ts'
import type { Workspace } from '../workspace.ts'
import { newsBefore } from './news.ts'
import { visibleHistory, visibleLines } from './visible-history.ts'

/** A screenful many times over; older entries are a matter of an export. */
const maxEntries = 500

export const historyDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/', callers(relay, 'employee'), async (c) => {
    const { workspace, subject } = c.var.caller
    const before = Number(c.req.query('before') ?? Number.MAX_SAFE_INTEGER)
    if (!Number.isSafeInteger(before) || before < 0)
      return refuse(c, { reason: 'invalidRequest', field: 'before' })
    c.header('cache-control', 'no-store')
    const may = reader(subject.tokens)
    const client = c.req.query('client')
    const records = client ? await clientAndOthers(workspace, client) : undefined
    const asked = { before, user: c.req.query('user'), records }
    const news = await newsBefore(workspace.store, may, asked)
    return c.json({ ...news, lines: visibleLines(news.lines, subject) })
  })
  app.get('/:id', callers(relay, 'anyone'), async (c) => {
    const { workspace, subject } = c.var.caller
    const id = c.req.param('id')
    const document = await workspace.pipeline.read(id)
    // Whether a record that one may not read exists is not told.
    if (!document || !mayRead(subject, document.row)) return refuse(c, { reason: 'notFound' })
    const { store, pipeline } = workspace
    const entries = await visibleHistory(store, pipeline.read, subject, id, maxEntries)
    const devices: History['devices'] = {}
    for (const device of new Set(entries.map((entry) => entry.device))) {
      if (device.startsWith(programDevice)) {
        const token = await store.apiToken(device.slice(programDevice.length))
        if (token) devices[device] = token.name
        continue
      }
      const found = await store.device(device)
      if (found) devices[device] = found.agent
    }
    const answer: History = { entries, devices }
    // What is erased must not be found in the browser's own cache.
    c.header('cache-control', 'no-store')
    return c.json(answer)
  })
  return app
}

/** A client with all that were merged into it, their contact persons and contracts. */
const clientAndOthers = async (
  { pipeline, store }: Workspace,
  client: string,
): Promise<string[]> => {
  const clients = await mergedRecords(pipeline.read, client)
  const theirs = await Promise.all(
    clients.flatMap((id) => [store.referring('person', id), store.referring('contract', id)]),
  )
  return [...new Set([...clients, ...theirs.flat()])]
}
