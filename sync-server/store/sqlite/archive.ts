import type { Database } from 'better-sqlite3'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import type { ArchivedChange, ArchiveStore } from '../store.ts'

/** The history of all records, oldest first. */
export const sqliteArchive = (
  db: Database,
  workspace: string,
): Pick<ArchiveStore, 'historyAbove'> => {
  const above = db.prepare<
    [string, number, number],
    Omit<ArchivedChange, 'changes'> & { changes: string }
  >(
    `SELECT h.seq, h.at, h.user, h.device, h.changes, h.document, d.type, d.audience
     FROM history h JOIN document d ON d.workspace = h.workspace AND d.id = h.document
     WHERE h.workspace = ? AND h.seq > ? ORDER BY h.seq LIMIT ?`,
  )
  return {
    historyAbove: async (after, limit) =>
      above.all(workspace, after, limit).map((entry) => ({
        ...entry,
        changes: JSON.parse(entry.changes) as HistoryEntry['changes'], // written by `commit`
      })),
  }
}
