/**
 * Who is told of a change, and what is written for them in the transaction of the change itself, so
 * that each cause gives one notice, whatever restarts or comes twice.
 */
import { derivedId } from '../../shared/ids.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { importsOf } from '../../shared/records/imported.ts'
import type { NoticeKind } from '../../shared/records/notice.ts'
import type { FollowingPatch } from './follow.ts'

export interface Concerned {
  kind: NoticeKind
  /** An employee, or a role that several hold (F80). */
  who: string
}

const ids = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string')

/** Those who answer for a record, by its type. */
const answering = (row: Row | null): string[] => {
  switch (row?.type) {
    case 'client':
    case 'person':
      return ids(row.managers)
    case 'task':
    case 'interest':
    case 'contract':
      return ids(row.responsible)
    default:
      return []
  }
}

const types: ReadonlySet<string> = new Set([
  'client',
  'person',
  'task',
  'interest',
  'contract',
  'substitution',
])

const importCount = (row: Row | null): number =>
  Array.isArray(row?.imports) ? importsOf(row as Parameters<typeof importsOf>[0]).length : 0 // has them

/**
 * Those whom a change by `by` makes answer for a record, lets in, or appoints. Not those of an import:
 * whoever loads thousands of cards tells people of it in one sentence.
 */
export const concernedBy = (before: Row | null, after: Row, by: string): Concerned[] => {
  if (!types.has(after.type) || after.deletedAt !== undefined) return []
  if (importCount(after) > importCount(before)) return []
  const found = new Map<string, NoticeKind>()
  if (after.type === 'substitution' && !before)
    for (const who of ids(after.deputy)) found.set(who, 'substitution')
  const open = before?.restricted === true ? ids(before.members) : []
  if (after.restricted === true)
    for (const who of ids(after.members)) if (!open.includes(who)) found.set(who, 'access')
  const had = answering(before)
  // F140: of a task only where whoever set it wants so.
  const wanted = after.type !== 'task' || (after.notify === true && after.done === undefined)
  for (const who of wanted ? answering(after) : [])
    if (!had.includes(who)) found.set(who, after.type === 'task' ? 'task' : 'responsible')
  return [...found].filter(([who]) => who !== by).map(([who, kind]) => ({ who, kind }))
}

export interface NoticeDeps {
  /** Employees behind an id who may read the row and want such notices. */
  readers: (who: string, kind: NoticeKind, row: Row) => string[]
  /** A record as the group has made it so far. */
  row: (id: string) => Promise<Row | null>
}

/** What is to be written because of a change. `seq` of the record before it makes the cause one. */
export const noticePatches = async (
  before: Row | null,
  after: Row,
  cause: { by: string; at: number; seq: number },
  { readers, row }: NoticeDeps,
): Promise<FollowingPatch[]> => {
  const concerned = concernedBy(before, after, cause.by)
  if (concerned.length === 0) return []
  // Who answers for a client has its people by that (F57): a new one is no news.
  const leader =
    after.type === 'person' && !before && typeof after.client === 'string'
      ? answering(await row(after.client))
      : []
  const told = new Map<string, NoticeKind>()
  for (const { who, kind } of concerned)
    if (!leader.includes(who))
      for (const user of readers(who, kind, after)) if (user !== cause.by) told.set(user, kind)
  return [...told].map(([user, kind]) => ({
    id: derivedId('notice', kind, after.id, user, String(cause.seq), String(cause.at)),
    type: 'notice',
    patch: {
      user,
      kind,
      about: after.id,
      aboutType: after.type,
      by: cause.by,
      at: cause.at,
    },
  }))
}
