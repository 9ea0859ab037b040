/** What happened with a contact, as entries of one stream. No I/O. */
import type { ContractMoment } from '../../../shared/contracts.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import type { FileRef } from '../../../shared/records/segment.ts'
import type { MessageRow, StoredRow } from '../../replica/tables.ts'
import { isCreation } from '../history/restore.ts'

export type TimelineEntry = { key: string; at: number } & (
  | { kind: 'message'; message: MessageRow }
  | { kind: 'interaction'; interaction: StoredRow<'interaction'> }
  | { kind: 'task'; task: StoredRow<'task'> }
  | { kind: 'interest'; interest: StoredRow<'interest'> }
  | { kind: 'contract'; contract: StoredRow<'contract'>; moment: ContractMoment }
  | { kind: 'change'; entry: HistoryEntry }
)

/** What one may ask for; `files` are entries of any kind that have some. */
export const timelineKinds = [
  'messages',
  'interactions',
  'tasks',
  'interests',
  'contracts',
  'changes',
  'files',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

export interface TimelineFilter {
  /** Null: everything. */
  kind: TimelineKind | null
  /** Id of an employee, or the id of a contact person; empty: everybody. */
  who: string
  /** Nothing older than this, ms; null: from the beginning. */
  since: number | null
  /** Words, all of which an entry has. */
  typed: string
}

/** Fields that say nothing to a reader, since another part of the line says it. */
const silent: ReadonlySet<string> = new Set(['createdAt', 'createdBy', 'deletedBy', 'id', 'type'])

/** Null where a change says nothing to a reader. */
export const changeEntry = (entry: HistoryEntry): TimelineEntry | null =>
  isCreation(entry) || Object.keys(entry.changes).some((field) => !silent.has(field))
    ? { kind: 'change', key: `change ${entry.seq}`, at: entry.at, entry }
    : null

/** Pictures inside letters are no files. */
const filesOfEntry = (entry: TimelineEntry): FileRef[] => {
  switch (entry.kind) {
    case 'message':
      return (entry.message.files ?? []).filter(({ cid }) => !cid)
    case 'interaction':
      return entry.interaction.files ?? []
    case 'contract':
      return entry.moment === 'created' ? entry.contract.files : []
    case 'task':
    case 'interest':
    case 'change':
      return []
  }
}

const peopleOf = (entry: TimelineEntry, persons: ReadonlyMap<string, string>): unknown[] => {
  switch (entry.kind) {
    case 'message': {
      const { employee, address } = entry.message.author
      return [employee, persons.get(address?.toLowerCase() ?? '')]
    }
    case 'interaction':
      return [entry.interaction.createdBy, ...(entry.interaction.persons ?? [])]
    case 'task': {
      const { createdBy, responsible, done, person } = entry.task
      return [createdBy, responsible, done?.by, person]
    }
    case 'interest': {
      const { createdBy, responsible, person } = entry.interest
      return [createdBy, responsible, person]
    }
    case 'contract': {
      const { createdBy, responsible, person } = entry.contract
      return [createdBy, responsible, person]
    }
    case 'change':
      return [entry.entry.user]
  }
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

const wordsOf = (entry: TimelineEntry): string => {
  const files = filesOfEntry(entry).map(({ name }) => name)
  switch (entry.kind) {
    case 'message': {
      const { subject, text, author } = entry.message
      return [subject, text, author.name, author.address, ...files].join('\n')
    }
    case 'interaction':
      return [entry.interaction.text, ...files].join('\n')
    case 'task': {
      const { title, description, result } = entry.task
      return [title, description, result].join('\n')
    }
    case 'interest':
      return entry.interest.name
    case 'contract': {
      const { number, subject, description } = entry.contract
      return [number, subject, description, ...files].join('\n')
    }
    case 'change':
      return JSON.stringify(entry.entry.changes)
  }
}

/** Kinds of entries that a filter can let through, so that the others are not read at all. */
export const isRead = (kind: TimelineEntry['kind'], filter: TimelineFilter): boolean =>
  filter.kind === null ||
  filter.kind === `${kind}s` ||
  (filter.kind === 'files' && (kind === 'message' || kind === 'interaction' || kind === 'contract'))

/** `persons`: e-mail address → id of the contact person, for those who wrote from outside. */
export const matcher = (
  { kind, who, typed }: TimelineFilter,
  persons: ReadonlyMap<string, string>,
): ((entry: TimelineEntry) => boolean) => {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  return (entry) => {
    if (kind === 'files' && filesOfEntry(entry).length === 0) return false
    if (who !== '' && !peopleOf(entry, persons).includes(who)) return false
    if (words.length === 0) return true
    const text = plain(wordsOf(entry))
    return words.every((word) => text.includes(word))
  }
}

export const newestFirst = (a: TimelineEntry, b: TimelineEntry): number =>
  b.at - a.at || (a.key < b.key ? 1 : -1)

/** A row of the list: an entry, or the day that the entries under it are of. */
export type TimelineItem = { kind: 'day'; key: string; at: number } | TimelineEntry

/** First moments of the day of a time, and of the day after it. */
const dayAround = (at: number): [from: number, to: number] => {
  const date = new Date(at)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return [new Date(year, month, day).getTime(), new Date(year, month, day + 1).getTime()]
}

export const withDays = (entries: readonly TimelineEntry[]): TimelineItem[] => {
  const items: TimelineItem[] = []
  // Thousands of entries are of the same day as the one before: no calendar is asked for them.
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const entry of entries) {
    if (entry.at < from || entry.at >= to) {
      ;[from, to] = dayAround(entry.at)
      items.push({ kind: 'day', key: `day ${from}`, at: entry.at })
    }
    items.push(entry)
  }
  return items
}
