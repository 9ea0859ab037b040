/** Notices as a list shows them: with the names of who and what, like ones of one go together. */
import { minute } from '../../shared/clock.ts'
import { isRecordType } from '../../shared/records/index.ts'
import type { NoticeKind } from '../../shared/records/notice.ts'
import { type ReplicaBase, resolveRow, type StoredRow } from '../replica/index.ts'

export interface NoticeLine {
  /** Of its newest. */
  id: string
  kind: NoticeKind
  /** All that are in it. */
  notices: StoredRow<'notice'>[]
  at: number
  unread: boolean
  by: string
  /** Of the record, or of its first; empty where it may not be read any more. */
  name: string
  path: string
  /** Of a date: the day it falls on, and what it is. */
  day?: string
  date?: string
}

/** Further apart, ms, are two lines. */
const oneGo = 10 * minute
const shownAtMost = 300

const joins = (line: StoredRow<'notice'>[], next: StoredRow<'notice'>): boolean => {
  const last = line.at(-1)
  return (
    last !== undefined &&
    last.by !== undefined &&
    last.kind === next.kind &&
    last.by === next.by &&
    last.aboutType === next.aboutType &&
    (last.read === undefined) === (next.read === undefined) &&
    last.at - next.at <= oneGo
  )
}

/** Newest first. No I/O. */
export const joinNotices = (notices: readonly StoredRow<'notice'>[]): StoredRow<'notice'>[][] => {
  const lines: StoredRow<'notice'>[][] = []
  for (const notice of notices) {
    const line = lines.at(-1)
    if (line && joins(line, notice)) line.push(notice)
    else lines.push([notice])
  }
  return lines
}

/** Where a record is looked at; a group of them in their list. */
const pathOf = ({ about, aboutType }: StoredRow<'notice'>, several: boolean): string => {
  if (aboutType === 'substitution') return '/profile'
  if (aboutType === 'contract') return several ? '/documents' : `/documents/${about}`
  return several ? `/${aboutType}s` : `/${aboutType}s/${about}`
}

const nameOf = async (base: ReplicaBase, { about, aboutType }: StoredRow<'notice'>) => {
  if (aboutType === 'client' || aboutType === 'person') return resolveRow(base, aboutType, about)
  return isRecordType(aboutType) ? base.table(aboutType).get(about) : undefined
}

export const lineOf = async (
  base: ReplicaBase,
  notices: StoredRow<'notice'>[],
): Promise<NoticeLine | null> => {
  const [first] = notices
  if (!first) return null
  const [row, by]: [Record<string, unknown> | undefined, { name: string } | undefined] =
    await Promise.all([nameOf(base, first), base.employee.get(first.by ?? '')])
  const dates: { id: string; kind: string }[] = Array.isArray(row?.dates) ? row.dates : []
  const kind = dates.find(({ id }) => id === first.part)?.kind
  const date = kind === undefined ? undefined : await base.directory.get(kind)
  return {
    id: first.id,
    kind: first.kind,
    notices,
    at: first.at,
    unread: first.read === undefined,
    by: by?.name ?? '',
    name: String(row?.name ?? row?.title ?? row?.subject ?? ''),
    path: pathOf(first, notices.length > 1),
    ...(first.day !== undefined && { day: first.day }),
    ...(date && { date: date.name }),
  }
}

export const noticeLines = async (base: ReplicaBase): Promise<NoticeLine[]> => {
  const notices = await base.notice.orderBy('at').reverse().limit(shownAtMost).toArray()
  const lines = await Promise.all(joinNotices(notices).map((line) => lineOf(base, line)))
  return lines.filter((line) => line !== null)
}
