/**
 * `/files/:hash`: attachments and letters' HTML. A file is read by those who may read a record it
 * hangs on, and by who brought it, since it is sent before the record that names it.
 */
import { Hono } from 'hono'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { fileHash } from '../../shared/records/segment.ts'
import { callers } from '../auth/caller.ts'
import { type Caller, type Env, type RelayContext, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import type { StoredFile } from '../store/store.ts'
import { mayReadFile } from './access.ts'
import { sendFile } from './send.ts'

/** Twice what the large mail providers let through. */
export const maxFileBytes = 50 * 1024 * 1024

const mimeType = /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/
const unknownType = 'application/octet-stream'

export const fileDoors = (relay: Relay): Hono<Env> => {
  const { disk } = relay
  const app = new Hono<Env>()
  app.use('*', callers(relay, 'anyone'))
  app.use('/:hash', async (c, next) =>
    v.is(fileHash, c.req.param('hash')) ? next() : refuse(c, { reason: 'notFound' }),
  )

  app.put('/:hash', async (c) => {
    const taken = await takeFile(c, relay, c.var.caller, c.req.param('hash'))
    return taken.ok ? c.json({}) : refuse(c, taken)
  })

  app.get('/:hash', async (c) => {
    const { workspace } = c.var.caller
    const hash = c.req.param('hash')
    const file = await workspace.store.file(hash)
    if (!file || !(await mayGet(c.var.caller, hash))) return refuse(c, { reason: 'notFound' })
    const { subject } = c.var.caller
    if (subject.kind === 'employee') await workspace.store.noteFileReader(hash, subject.id)
    // The bytes under a hash never change; who may read them does, so only the browser keeps them.
    c.header('cache-control', 'private, max-age=31536000, immutable')
    return sendFile(c, disk, file, c.req.query('name') ?? hash)
  })

  return app
}

/** Keeps a file that its sender names by its hash. It hangs on nothing yet, and is theirs. */
export const takeFile = async (
  c: RelayContext,
  { disk, clock }: Pick<Relay, 'disk' | 'clock'>,
  { workspace, subject }: Pick<Caller, 'workspace' | 'subject'>,
  hash: string,
): Promise<Result<StoredFile>> => {
  if (Number(c.req.header('content-length') ?? 0) > maxFileBytes) return fail('tooLarge')
  const stored = await disk.put(hash, c.req.raw.body ?? nothing(), maxFileBytes)
  if (!stored.ok) return stored
  const declared = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const type = mimeType.test(declared) ? declared : unknownType
  const file = { hash, size: stored.value, type }
  await workspace.store.putFile(file, subject.id, clock())
  return ok(file)
}

const mayGet = async ({ workspace, subject }: Caller, hash: string): Promise<boolean> =>
  (await mayReadFile(workspace.store, subject, hash)) ||
  (subject.administrator && (await workspace.store.isQuarantined(hash)))

async function* nothing(): AsyncGenerator<Uint8Array> {}
