/** What happened with a client, as one stream, newest first. */
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import type { MessageRow } from '../../replica/tables.ts'

export type TimelineEntry =
  | { kind: 'message'; key: string; at: number; message: MessageRow }
  | { kind: 'note'; key: string; at: number; message: MessageRow }
  | { kind: 'change'; key: string; at: number; user: string; fields: string[]; created: boolean }

export type TimelineFilter = 'all' | 'messages' | 'notes' | 'changes'

/** Fields that say nothing to a reader, since another part of the line says it. */
const silent: ReadonlySet<string> = new Set(['createdAt', 'createdBy', 'id', 'type'])

const changeOf = ({ seq, at, user, changes }: HistoryEntry): TimelineEntry => ({
  kind: 'change',
  key: `change ${seq}`,
  at,
  user,
  fields: Object.keys(changes).filter((field) => !silent.has(field)),
  // A name is required of every contact: only creation finds none before.
  created: changes.name !== undefined && !changes.name[0],
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
