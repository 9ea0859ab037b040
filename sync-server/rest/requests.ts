/** What a request asks for: the query of a list, the body of a write. */
import type { Context } from 'hono'
import { type Failure, fail, ok, type Result } from '../../shared/reasons.ts'
import { readBytes } from '../http/body.ts'
import type { Env, RelayContext } from '../http/context.ts'
import { defaultLimit, maxBody, maxDepth, maxLimit } from './limits.ts'
import { type Cursor, cursorOf, isCursor } from './list.ts'
import type { Program } from './programs.ts'

interface PageQuery {
  limit: number
  filters: Map<string, string[]>
  /** Through the changes from there, or by a value from behind what `after` says. */
  way: { cursor: Cursor } | { sort: string; after: string | undefined }
}

/** What a list is asked for; a parameter that is not known is a mistake rather than ignored. */
export const pageQuery = async (
  c: RelayContext,
  { workspace }: Program,
): Promise<Result<PageQuery>> => {
  const { store, facts } = workspace
  const filters = new Map<string, string[]>()
  const single = new Map<string, string>()
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const filter = /^filter\[([^\]]+)\]$/.exec(name)?.[1]
    if (filter !== undefined) filters.set(filter, [...(filters.get(filter) ?? []), value])
    else if (['limit', 'after', 'updated_since', 'sort'].includes(name) && !single.has(name))
      single.set(name, value)
    else return fail('invalidRequest', name.slice(0, 100))
  }
  const limit = Number(single.get('limit') ?? defaultLimit)
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit)
    return fail('invalidRequest', 'limit')
  const [after, since] = [single.get('after'), single.get('updated_since')]
  if (after !== undefined && since !== undefined) return fail('invalidRequest', 'updated_since')
  const sort = single.get('sort')
  if (sort !== undefined)
    return since === undefined
      ? ok({ limit, filters, way: { sort, after } })
      : fail('invalidRequest', 'updated_since')
  const walk = (cursor: Cursor): Result<PageQuery> => ok({ limit, filters, way: { cursor } })
  const named = after !== undefined ? 'after' : 'updated_since'
  const text = after ?? since
  if (text === undefined) return walk({ seq: 0, start: await store.seq() })
  if (isCursor(text)) {
    const cursor = cursorOf(text, facts.epoch)
    return cursor.ok ? walk(cursor.value) : cursor
  }
  const at = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text)
  if (named === 'after' || Number.isNaN(at)) return fail('invalidRequest', named)
  const seq = await store.seqBefore(at)
  return walk({ seq, start: seq })
}

const isPlain = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isPlain(inner, depth - 1)))

/** A JSON object, and its text. */
export const bodyOf = async (
  c: Context<Env>,
): Promise<Result<{ value: Record<string, unknown>; text: string }>> => {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(merge-patch\+)?json\b/i.test(type))
    return fail('invalidRequest', 'Content-Type')
  const bytes = await readBytes(c, maxBody)
  if (!bytes.ok) return bytes
  const wrong: { ok: false } & Failure = fail('invalidRequest', 'body')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.value)
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong
    if (!isPlain(value, maxDepth)) return wrong
    return ok({ value: value as Record<string, unknown>, text }) // an object of JSON
  } catch {
    // Neither UTF-8 nor JSON.
    return wrong
  }
}
