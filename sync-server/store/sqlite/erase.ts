import type { Database } from 'better-sqlite3'
import type { EraseStore } from '../store.ts'

/**
 * Erased records: nothing of them stays but the id, so that no device can bring them back. The base
 * overwrites what it deletes (`secure_delete`, see `../sqlite.ts`); the log still holds it until the
 * checkpoint at the end.
 */
export const sqliteErase = (db: Database, workspace: string): EraseStore => {
  const selectSeq = db.prepare<[string], { seq: number }>('SELECT seq FROM workspace WHERE id = ?')
  const setSeq = db.prepare('UPDATE workspace SET seq = ? WHERE id = ?')
  const tombstone = db.prepare<[string, string], { at: number }>(
    'SELECT at FROM tombstone WHERE workspace = ? AND document = ?',
  )
  const addTombstone = db.prepare(
    `INSERT OR IGNORE INTO tombstone (workspace, document, seq, at, user) VALUES (?, ?, ?, ?, ?)`,
  )
  const tombstones = db.prepare<[string, number, number], { document: string }>(
    'SELECT document FROM tombstone WHERE workspace = ? AND seq > ? AND seq <= ? ORDER BY seq',
  )
  const exists = db.prepare<[string, string], { id: string }>(
    'SELECT id FROM document WHERE workspace = ? AND id = ?',
  )
  const referring = db.prepare<[string, string, string], { id: string }>(
    `SELECT id FROM document WHERE workspace = ? AND type = ?
     AND ? IN (row ->> '$.client', row ->> '$.person', row ->> '$.interest')`,
  )
  // Entries of one type follow each other by rowid in the index: nothing is sorted.
  const firstOf = db.prepare<[string, string, number], { id: string; at: number | null }>(
    `SELECT id, row ->> '$.at' AS at FROM document INDEXED BY document_type
     WHERE workspace = ? AND type = ? ORDER BY rowid LIMIT ?`,
  )
  const trashed = db.prepare<[string, number, number], { document: string }>(
    'SELECT document FROM trash WHERE workspace = ? AND at <= ? ORDER BY at LIMIT ?',
  )
  const filesOf = db.prepare<[string, string], { hash: string }>(
    'SELECT hash FROM file_link WHERE workspace = ? AND document = ?',
  )
  const isNeeded = db.prepare<[string, string, string, string], { one: number }>(
    `SELECT 1 AS one FROM file_link WHERE workspace = ? AND hash = ?
     UNION ALL SELECT 1 FROM quarantine WHERE workspace = ? AND file = ? LIMIT 1`,
  )
  const dropFile = db.prepare('DELETE FROM file WHERE workspace = ? AND hash = ?')
  const dropOwners = db.prepare('DELETE FROM file_owner WHERE workspace = ? AND hash = ?')
  const dropReaders = db.prepare('DELETE FROM file_reader WHERE workspace = ? AND hash = ?')
  const doomFile = db.prepare('INSERT OR IGNORE INTO doomed_file (workspace, hash) VALUES (?, ?)')
  const doomed = db.prepare<[string], { hash: string }>(
    'SELECT hash FROM doomed_file WHERE workspace = ?',
  )
  const fileGone = db.prepare('DELETE FROM doomed_file WHERE workspace = ? AND hash = ?')
  // Every table that knows a record by its id.
  const deletions = [
    'history INDEXED BY history_document',
    'lookup INDEXED BY lookup_document',
    'file_link INDEXED BY file_link_document',
    'audience_loss INDEXED BY audience_loss_document',
    'trash',
  ].map((table) => db.prepare(`DELETE FROM ${table} WHERE workspace = ? AND document = ?`))
  const dropDocument = db.prepare('DELETE FROM document WHERE workspace = ? AND id = ?')

  const eraseAll = db.transaction((ids: string[], at: number, user: string): number => {
    let seq = selectSeq.get(workspace)?.seq ?? 0
    const files = new Set<string>()
    for (const id of ids) {
      for (const { hash } of filesOf.all(workspace, id)) files.add(hash)
      for (const deletion of deletions) deletion.run(workspace, id)
      dropDocument.run(workspace, id)
      addTombstone.run(workspace, id, ++seq, at, user)
    }
    for (const hash of files) {
      if (isNeeded.get(workspace, hash, workspace, hash)) continue
      dropFile.run(workspace, hash)
      dropOwners.run(workspace, hash)
      dropReaders.run(workspace, hash)
      doomFile.run(workspace, hash)
    }
    setSeq.run(seq, workspace)
    return seq
  })

  return {
    erasedAt: async (ids) => {
      const found = new Map<string, number>()
      for (const id of ids) {
        const stone = tombstone.get(workspace, id)
        if (stone) found.set(id, stone.at)
      }
      return found
    },
    erasures: async (from, to) =>
      tombstones.all(workspace, from, to).map(({ document }) => document),
    existing: async (ids) => ids.filter((id) => exists.get(workspace, id) !== undefined),
    referring: async (type, id) => referring.all(workspace, type, id).map((row) => row.id),
    firstOf: async (type, limit) => firstOf.all(workspace, type, limit),
    trashedBy: async (at, limit) =>
      trashed.all(workspace, at, limit).map(({ document }) => document),
    erase: async (ids, at, user) => {
      const seq = eraseAll.immediate(ids, at, user)
      // Until then the log holds the pages as they were. Busy with another reader (a backup) it does
      // what it can; `tidy` comes again.
      db.pragma('wal_checkpoint(TRUNCATE)')
      return seq
    },
    doomedFiles: async () => doomed.all(workspace).map(({ hash }) => hash),
    fileGone: async (hash) => {
      fileGone.run(workspace, hash)
    },
  }
}
