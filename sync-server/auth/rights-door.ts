/** `/api/rights/view`: what an employee sees, for an administrator who sets up their rights. */
import { Hono } from 'hono'
import { isId } from '../../shared/ids.ts'
import type { RightsView } from '../../shared/protocol/api.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { accountTypes, isGoverned } from '../../shared/rights-matrix.ts'
import { reader } from '../feed/plan.ts'
import { type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import type { DocumentStore } from '../store/store.ts'
import { callers } from './caller.ts'

/** Enough to see at a glance whether the right ones are there. */
const maxRecords = 50
/** Heads are read in such steps. */
const headsAtOnce = 800

type May = (audience: string) => boolean

const countsFor = async (store: DocumentStore, may: May): Promise<RightsView['counts']> => {
  const byType = new Map<string, { type: string; seen: number; all: number }>()
  for (const { audience, type, n } of await store.counts(0, 0)) {
    const count = byType.get(type) ?? { type, seen: 0, all: 0 }
    byType.set(type, {
      type,
      seen: count.seen + (may(audience) ? n : 0),
      all: count.all + n,
    })
  }
  return [...byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1))
}

/**
 * Of records whose access goes by roles only those are named that an administrator sees anyway: not
 * what is in somebody's private mailbox.
 */
const isShown = (type: string) => isGoverned(type) && !accountTypes.some((each) => each === type)

const newestFor = async (store: DocumentStore, may: May): Promise<string[]> => {
  const ids: string[] = []
  for (let below = Number.MAX_SAFE_INTEGER; ids.length <= maxRecords; ) {
    const heads = await store.heads({ from: 0, below, order: 'down', limit: headsAtOnce })
    for (const { id, type, audience } of heads) if (isShown(type) && may(audience)) ids.push(id)
    const last = heads.at(-1)
    if (!last || heads.length < headsAtOnce) break
    below = last.seq
  }
  return ids
}

export const rightsDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/view', callers(relay, 'administrator'), async (c) => {
    const { store, directory } = c.var.caller.workspace
    const user = c.req.query('user')
    if (!isId(user) || !directory.employee(user)) return refuse(c, { reason: 'notFound' })
    // One who is blocked sees nothing.
    const may = reader(directory.subjectOf(user)?.tokens ?? new Set())
    const ids = await newestFor(store, may)
    const shown = ids.slice(0, maxRecords)
    const found = await store.documents(shown)
    const view: RightsView = {
      counts: await countsFor(store, may),
      records: shown.flatMap((id) => {
        const document = found.get(id)
        if (!document) return []
        const row = JSON.parse(document.rowJson) as Row // stored by the pipeline
        return [{ id, type: document.type, name: String(row.name ?? row.title) }]
      }),
      more: ids.length > maxRecords,
    }
    return c.json(view)
  })
  return app
}
