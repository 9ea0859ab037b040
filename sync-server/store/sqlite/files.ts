import type { Database } from 'better-sqlite3'
import type { FileStore, StoredFile } from '../store.ts'

/** What is known of stored files; their bytes lie in a folder, see `files/disk.ts`. */
export const sqliteFiles = (db: Database, workspace: string): FileStore => {
  const file = db.prepare<[string, string], StoredFile>(
    'SELECT hash, size, type FROM file WHERE workspace = ? AND hash = ?',
  )
  const putFile = db.prepare(
    'INSERT OR IGNORE INTO file (workspace, hash, size, type, at) VALUES (?, ?, ?, ?, ?)',
  )
  const addOwner = db.prepare(
    'INSERT OR IGNORE INTO file_owner (workspace, hash, user) VALUES (?, ?, ?)',
  )
  const owner = db.prepare<[string, string, string], { user: string }>(
    'SELECT user FROM file_owner WHERE workspace = ? AND hash = ? AND user = ?',
  )
  const addReader = db.prepare(
    'INSERT OR IGNORE INTO file_reader (workspace, hash, user) VALUES (?, ?, ?)',
  )
  const fileReader = db.prepare<[string, string, string], { user: string }>(
    'SELECT user FROM file_reader WHERE workspace = ? AND hash = ? AND user = ?',
  )
  const audiences = db.prepare<[string, string], { audience: string }>(
    `SELECT DISTINCT d.audience FROM file_link l
     JOIN document d ON d.workspace = l.workspace AND d.id = l.document
     WHERE l.workspace = ? AND l.hash = ?`,
  )

  const put = db.transaction(({ hash, size, type }: StoredFile, user: string, at: number) => {
    putFile.run(workspace, hash, size, type, at)
    addOwner.run(workspace, hash, user)
  })

  return {
    file: async (hash) => file.get(workspace, hash) ?? null,
    putFile: async (stored, user, at) => put.immediate(stored, user, at),
    isFileOwner: async (hash, user) => owner.get(workspace, hash, user) !== undefined,
    noteFileReader: async (hash, user) => {
      addReader.run(workspace, hash, user)
    },
    isFileReader: async (hash, user) => fileReader.get(workspace, hash, user) !== undefined,
    fileAudiences: async (hash) => audiences.all(workspace, hash).map(({ audience }) => audience),
  }
}
