/**
 * A page of records, in the order of their changes:
 *
 *     GET /clients                     from the first; `cursor` says how far it came, `more` that there is more
 *     GET /clients?after=<cursor>      goes on there; when there was no more: what has changed since
 *     GET /clients?updated_since=<time or cursor>
 *
 * A record that is changed meanwhile comes again, with a higher `version`. What was deleted, merged into
 * another or taken from the employee after the walk began comes as `{ id, deleted: true }`, so that a
 * program that goes on with the cursor ends with what its employee sees. With filters nothing is said of
 * what does not match any more.
 *
 * A request looks at so many records and no more, whatever it filters by: then the page is short and
 * `more` is true.
 */
import { setImmediate } from 'node:timers/promises'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { holds } from '../../shared/rights.ts'
import { reader as audienceReader } from '../feed/plan.ts'
import { resolveAtRelay } from '../merges/resolve.ts'
import type { DocumentHead } from '../store/store.ts'
import type { Filters } from './filters.ts'
import { headsAtOnce, maxFound, maxHeads, maxRows, rowsAtOnce, rowsPerRequest } from './limits.ts'
import type { Program } from './programs.ts'
import type { Reader, Shown } from './reader.ts'

/** Where a walk through the changes stands. */
export interface Cursor {
  seq: number
  /** Where it began: what was deleted before was never given. */
  start: number
}

export type Tombstone = { id: string; deleted: true; mergedInto?: string }

export interface Page {
  items: (Shown | Tombstone)[]
  cursor: Cursor
  more: boolean
  /** What it took beside a usual request, in requests. */
  cost: number
}

/** Enough of the epoch to see that it is another one. */
export const markOf = (epoch: string) => epoch.slice(-8)

export const cursorText = ({ seq, start }: Cursor, epoch: string): string =>
  `${seq}-${start}-${markOf(epoch)}`

export const isCursor = (text: string): boolean => /^\d{1,15}-\d{1,15}-[\w-]{8}$/.test(text)

export const cursorOf = (text: string, epoch: string): Result<Cursor> => {
  const [, seq, start, mark] = /^(\d{1,15})-(\d{1,15})-([\w-]{8})$/.exec(text) ?? []
  if (seq === undefined || start === undefined) return fail('invalidRequest')
  if (mark !== markOf(epoch)) return fail('epochChanged')
  return ok({ seq: Number(seq), start: Number(start) })
}

interface Asked {
  type: RecordType
  filters: Filters
  cursor: Cursor
  limit: number
}

export const isThere = (row: Row): boolean =>
  row.deletedAt === undefined && row.mergedInto === undefined

export const listRecords = async (program: Program, reader: Reader, asked: Asked): Promise<Page> =>
  asked.filters.lookup ? found(program, reader, asked) : walked(program, reader, asked)

const walked = async (
  { workspace: { store }, subject }: Program,
  reader: Reader,
  { type, filters: { matches }, cursor, limit }: Asked,
): Promise<Page> => {
  const may = audienceReader(subject.tokens)
  const types = reader.hasApart(type) ? [type, 'privateValue'] : [type]
  const items: Page['items'] = []
  let [at, read, looked] = [cursor.seq, 0, 0]

  const rowOf = async (id: string) => {
    const [stored] = await store.rowsOf([id])
    read++
    return stored ? { ...stored, row: JSON.parse(stored.rowJson) as Row } : null // projected
  }
  const wasSeen = async (id: string) =>
    (await store.lossesOf(id, cursor.seq)).some((token) => holds(subject.tokens, token))

  const itemOf = async (head: DocumentHead): Promise<Shown | Tombstone | null> => {
    const isTold = matches.length === 0 && head.seq > cursor.start
    const mayRead = may(head.audience)
    if (!mayRead && !(isTold && (await wasSeen(head.id)))) return null
    let stored = await rowOf(head.id)
    if (head.type !== type) {
      // A private value: its record is another one now.
      if (stored?.row.recordType !== type) return null
      stored = await rowOf(String(stored.row.record))
      if (!stored || !may(stored.audience.join(' '))) return null
    } else if (!mayRead) return { id: head.id, deleted: true }
    if (!stored || !reader.tells(stored.row)) return null
    const { mergedInto } = stored.row
    if (!isThere(stored.row)) {
      if (!isTold) return null
      const into = typeof mergedInto === 'string' && { mergedInto }
      return { id: stored.id, deleted: true, ...into }
    }
    if (matches.length > 0) {
      const { row } = await reader.whole(stored.row, stored.seq)
      if (!matches.every((match) => match(row))) return null
    }
    return reader.show(await reader.whole(stored.row, Math.max(stored.seq, head.seq)))
  }

  let more = true
  while (more && looked < maxHeads) {
    const now = await store.seq()
    const { heads, reached } = await store.headsOfTypes(types, at, headsAtOnce)
    looked += headsAtOnce
    const end = reached ?? Math.max(at, now, heads.at(-1)?.seq ?? 0)
    let isFull = false
    for (const [index, head] of heads.entries()) {
      if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
      isFull = items.length >= limit || read >= maxRows
      if (isFull) break
      const item = await itemOf(head)
      if (item) items.push(item)
      at = head.seq
    }
    if (isFull) break
    at = end
    more = reached !== null
    await setImmediate()
  }
  // Of what was erased nothing is known but the id.
  if (matches.length === 0)
    for (const id of await store.erasures(Math.max(cursor.seq, cursor.start), at))
      items.push({ id, deleted: true })
  const slices = looked / headsAtOnce - 1
  return { items, cursor: { ...cursor, seq: at }, more, cost: slices + read / rowsPerRequest }
}

/** What an index finds, value by value between other work. */
export const idsFound = async (
  { workspace: { store, pipeline } }: Pick<Program, 'workspace'>,
  type: RecordType,
  { key, values }: NonNullable<Filters['lookup']>,
): Promise<string[]> => {
  const ids = new Set<string>()
  for (const value of values) {
    await setImmediate()
    for (const hit of await store.lookup(key, value, maxFound))
      if (hit.type === type) ids.add(await resolveAtRelay(pipeline.read, hit.id))
  }
  return [...ids]
}

/** Of one phone number there are few: all are read, and a page is cut from them. */
const found = async (
  program: Program,
  reader: Reader,
  { type, filters: { lookup, matches }, cursor, limit }: Asked,
): Promise<Page> => {
  const { store } = program.workspace
  const may = audienceReader(program.subject.tokens)
  const now = await store.seq()
  const ids = lookup ? await idsFound(program, type, lookup) : []
  const wholes = []
  for (let at = 0; at < ids.length; at += rowsAtOnce) {
    await setImmediate()
    for (const stored of await store.rowsOf(ids.slice(at, at + rowsAtOnce))) {
      if (!may(stored.audience.join(' '))) continue
      const row = JSON.parse(stored.rowJson) as Row // projected
      if (!isThere(row)) continue
      const whole = await reader.whole(row, stored.seq)
      if (whole.seq > cursor.seq && matches.every((match) => match(whole.row))) wholes.push(whole)
    }
  }
  wholes.sort((a, b) => a.seq - b.seq)
  const page = wholes.slice(0, limit)
  const more = wholes.length > page.length
  const seq = more ? (page.at(-1)?.seq ?? cursor.seq) : Math.max(cursor.seq, now)
  const items = []
  for (const whole of page) items.push(await reader.show(whole))
  return { items, cursor: { ...cursor, seq }, more, cost: ids.length / rowsPerRequest }
}
