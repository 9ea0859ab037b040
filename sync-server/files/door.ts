/**
 * `/files/:hash`: attachments and letters' HTML. A file is read by those who may read a record it
 * hangs on, and by who brought it, since it is sent before the record that names it.
 */
import { Hono } from 'hono'
import * as v from 'valibot'
import { fileHash } from '../../shared/records/segment.ts'
import { callers } from '../auth/caller.ts'
import { type Caller, type Env, refuse } from '../http/context.ts'
import { filePolicy } from '../http/security.ts'
import type { Relay } from '../relay.ts'
import { mayReadFile } from './access.ts'
import { parseRange } from './range.ts'

/** Twice what the large mail providers let through. */
export const maxFileBytes = 50 * 1024 * 1024

const mimeType = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/
const unknownType = 'application/octet-stream'

export const fileDoors = (relay: Relay): Hono<Env> => {
  const { disk, clock } = relay
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'anyone'))
  app.use('/:hash', async (c, next) =>
    v.is(fileHash, c.req.param('hash')) ? next() : refuse(c, { reason: 'notFound' }),
  )

  app.put('/:hash', async (c) => {
    const { workspace, subject } = c.var.caller
    const hash = c.req.param('hash')
    if (Number(c.req.header('content-length') ?? 0) > maxFileBytes)
      return refuse(c, { reason: 'tooLarge' })
    const stored = await disk.put(hash, c.req.raw.body ?? nothing(), maxFileBytes)
    if (!stored.ok) return refuse(c, stored)
    const declared = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    const type = mimeType.test(declared) ? declared : unknownType
    await workspace.store.putFile({ hash, size: stored.value, type }, subject.id, clock())
    return c.json({})
  })

  app.get('/:hash', async (c) => {
    const { workspace } = c.var.caller
    const hash = c.req.param('hash')
    const file = await workspace.store.file(hash)
    if (!file || !(await mayGet(c.var.caller, hash))) return refuse(c, { reason: 'notFound' })
    const { subject } = c.var.caller
    if (subject.kind === 'employee') await workspace.store.noteFileReader(hash, subject.id)
    const { size, type } = file
    // The bytes under a hash never change; who may read them does, so only the browser keeps them.
    c.header('cache-control', 'private, max-age=31536000, immutable')
    c.header('etag', `"${hash}"`)
    c.header('accept-ranges', 'bytes')
    c.header('content-type', type)
    c.header('content-disposition', attachment(c.req.query('name') ?? hash))
    c.header('content-security-policy', filePolicy)
    if (c.req.header('if-none-match') === `"${hash}"`) return c.body(null, 304)
    const range = parseRange(c.req.header('range'), size)
    if (range === 'unsatisfiable') {
      c.header('content-range', `bytes */${size}`)
      return c.body(null, 416)
    }
    const { start, end } = range ?? { start: 0, end: size - 1 }
    c.header('content-length', String(end - start + 1))
    if (range) c.header('content-range', `bytes ${start}-${end}/${size}`)
    const body = c.req.method === 'HEAD' || size === 0 ? null : disk.read(hash, start, end)
    if (body === null) return c.body(null, range ? 206 : 200)
    return c.body(body, range ? 206 : 200)
  })

  return app
}

const mayGet = async ({ workspace, subject }: Caller, hash: string): Promise<boolean> =>
  (await mayReadFile(workspace.store, subject, hash)) ||
  (subject.administrator && (await workspace.store.isQuarantined(hash)))

/** RFC 6266 with RFC 8187: the name in UTF-8, and a plain one for programs that do not read it. */
const attachment = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_').slice(0, 200)
  const encoded = encodeURIComponent(name.slice(0, 200).toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
