import * as v from 'valibot'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { RelayContext } from './context.ts'

/** Forms are small; a signature or a list of 500 users fits many times. */
const maxJsonBytes = 256 * 1024

/** The bytes of a body, read no further than `limit`. */
export const readBytes = async (c: RelayContext, limit: number): Promise<Result<Uint8Array>> => {
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > limit) return fail('tooLarge')
  // Node's parser holds a sender to the length it gave, and this way no streams are made for it.
  if (length !== undefined) return ok(new Uint8Array(await c.req.arrayBuffer()))
  const { body } = c.req.raw
  if (!body) return ok(new Uint8Array(0))
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) return fail('tooLarge')
    chunks.push(chunk)
  }
  return ok(chunks.length === 1 && chunks[0] ? chunks[0] : new Uint8Array(Buffer.concat(chunks)))
}

/** A JSON body of a given shape; `field` names the first input that is wrong. */
export const readJson = async <T extends v.GenericSchema>(
  c: RelayContext,
  schema: T,
  limit = maxJsonBytes,
): Promise<Result<v.InferOutput<T>>> => {
  const bytes = await readBytes(c, limit)
  if (!bytes.ok) return bytes
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes.value))
  } catch {
    return fail('invalidRequest')
  }
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return ok(parsed.output)
  const field = parsed.issues[0].path?.[0]?.key
  return fail('invalidRequest', field === undefined ? undefined : String(field))
}
