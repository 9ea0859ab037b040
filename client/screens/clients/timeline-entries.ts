/** What happened with a client, as one stream, newest first. */
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import type { MessageRow } from '../../replica/tables.ts'
import { isCreation } from '../history/restore.ts'

export type TimelineEntry =
  | { kind: 'message'; key: string; at: number; message: MessageRow }
  | { kind: 'note'; key: string; at: number; message: MessageRow }
  | {
      kind: 'change'
      key: string
      at: number
      entry: HistoryEntry
      fields: string[]
      created: boolean
    }

export type TimelineFilter = 'all' | 'messages' | 'notes' | 'changes'

/** Fields that say nothing to a reader, since another part of the line says it. */
const silent: ReadonlySet<string> = new Set(['createdAt', 'createdBy', 'deletedBy', 'id', 'type'])

const changeOf = (entry: HistoryEntry): TimelineEntry => ({
  kind: 'change',
  key: `change ${entry.seq}`,
  at: entry.at,
  entry,
  fields: Object.keys(entry.changes).filter((field) => !silent.has(field)),
  created: isCreation(entry),
})

export const timelineEntries = (
  messages: readonly MessageRow[],
  history: readonly HistoryEntry[],
  filter: TimelineFilter,
): TimelineEntry[] => {
  const entries: TimelineEntry[] = []
  for (const message of messages) {
    const kind = message.kind === 'note' ? 'note' : 'message'
    if (filter === 'all' || filter === `${kind}s`)
      entries.push({ kind, key: message.id, at: message.at, message })
  }
  if (filter === 'all' || filter === 'changes')
    for (const entry of history) {
      const change = changeOf(entry)
      if (change.kind === 'change' && (change.created || change.fields.length > 0))
        entries.push(change)
    }
  return entries.sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
}
