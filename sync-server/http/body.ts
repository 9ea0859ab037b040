import * as v from 'valibot'
import { second } from '../../shared/clock.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { RelayContext } from './context.ts'

/** Forms are small; a signature or a list of 500 users fits many times. */
const maxJsonBytes = 256 * 1024

/** A body must have come whole by then: a moment to begin, and the slowest mobile line of today. */
const patience = 20 * second
const slowestBytesPerSecond = 16 * 1024

/** How many bytes a body says to have, no more than are read of it; 0 where it does not say. */
export const bodyBytes = (c: RelayContext, limit: number): number =>
  Math.min(limit, Number(c.req.header('content-length')) || 0)

/**
 * The bytes of a body, read no further than `limit` and waited for no longer than a slow line needs:
 * one who sends a byte now and then would hold its memory for as long as they like. `grow` is asked
 * for each part of a body that did not say its length.
 */
export const readBytes = async (
  c: RelayContext,
  limit: number,
  grow: (bytes: number) => Result<void> = () => ok(undefined),
): Promise<Result<Uint8Array>> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Result<Uint8Array>>((resolve) => {
    timer = setTimeout(
      () => {
        // The rest of the body would be taken for the next request.
        c.header('connection', 'close')
        resolve(fail('timedOut'))
      },
      patience + ((bodyBytes(c, limit) || limit) / slowestBytesPerSecond) * second,
    )
  })
  try {
    return await Promise.race([late, readWhole(c, limit, grow)])
  } catch (error) {
    // The sender hung up in the middle; nobody reads this answer.
    if (c.env?.incoming?.destroyed) return fail('invalidRequest')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const readWhole = async (
  c: RelayContext,
  limit: number,
  grow: (bytes: number) => Result<void>,
): Promise<Result<Uint8Array>> => {
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
    const grown = grow(chunk.length)
    if (!grown.ok) return grown
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
