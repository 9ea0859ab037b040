/** `/api/archives`: everything as a file, for administrators (F47). */
import { Hono } from 'hono'
import { type ArchiveList, newArchive } from '../../shared/protocol/archives.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'

export const archiveDoors = (relay: Relay): Hono<Env> => {
  const { archives, disk } = relay
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'administrator'))
  app.get('/', async (c) => {
    c.header('cache-control', 'no-store')
    return c.json({ archives: archives.list() } satisfies ArchiveList)
  })
  app.post('/', async (c) => {
    const form = await readJson(c, newArchive)
    if (!form.ok) return refuse(c, form)
    const { workspace, subject } = c.var.caller
    return c.json(archives.start({ workspace, disk, subject }, form.value), 202)
  })
  app.get('/:id/file', async (c) => {
    const { subject } = c.var.caller
    const found = await archives.fetch(c.req.param('id'), subject.id)
    if (!found.ok) return refuse(c, found)
    const { bytes, stream } = found.value
    const day = new Date(relay.clock()).toISOString().slice(0, 10)
    c.header('cache-control', 'no-store')
    c.header('content-type', 'application/zip')
    c.header('content-length', String(bytes))
    c.header('content-disposition', `attachment; filename="interes-all-${day}.zip"`)
    return c.body(stream)
  })
  app.delete('/:id', async (c) => {
    await archives.remove(c.req.param('id'))
    return c.json({})
  })
  return app
}
