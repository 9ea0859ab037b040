/**
 * The store on SQLite, in this process. Every method runs to its end before anything else of the
 * process does, so that a method is one step for everybody; writers never wait for each other.
 */
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sqliteArchive } from './sqlite/archive.ts'
import { sqliteAudit } from './sqlite/audit.ts'
import { sqliteCensus } from './sqlite/census.ts'
import { sqliteConnectors } from './sqlite/connectors.ts'
import { sqliteDocuments } from './sqlite/documents.ts'
import { sqliteErase } from './sqlite/erase.ts'
import { sqliteFiles } from './sqlite/files.ts'
import { sqlitePeople } from './sqlite/people.ts'
import { sqliteRest } from './sqlite/rest.ts'
import { migrate } from './sqlite/schema.ts'
import { earlierEpoch, type NewWorkspace, type Store, type WorkspaceFacts } from './store.ts'

/** Another process (a backup, an administrator's sqlite3) may hold the lock this long, ms. */
const busyTimeout = 5000
/** Pages kept in memory, KiB (negative in SQLite's pragma): 64 MB holds the hot part of a large base. */
const cacheKib = 64 * 1024

/** A checkpoint syncs the base twice over; at 16 MB of log it comes once in thousands of commits. */
const checkpointPages = 4_000

/** Opens or creates the base. `:memory:` gives one that lives as long as the object. */
export const openSqlite = (file: string): Store => {
  const db = new Database(file, { timeout: busyTimeout })
  db.pragma('journal_mode = WAL')
  // FULL, not NORMAL: an acknowledged change must outlive the machine's power cut.
  db.pragma('synchronous = FULL')
  db.pragma(`cache_size = -${cacheKib}`)
  db.pragma('foreign_keys = ON')
  // What is deleted or written over is zeroed: erased data must not be readable in the file.
  db.pragma('secure_delete = ON')
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
  migrate(db)

  const workspace = db.prepare<[], WorkspaceFacts>(
    'SELECT id, name, epoch, restored_at AS restoredAt FROM workspace LIMIT 1',
  )
  const create = db.prepare(
    'INSERT INTO workspace (id, name, epoch, facts, created_at) VALUES (?, ?, ?, ?, ?)',
  )
  const facts = db.prepare<[string], { facts: string }>('SELECT facts FROM workspace WHERE id = ?')
  const createAll = db.transaction((created: NewWorkspace) => {
    const { id, name, epoch, factsJson, createdAt, administrator } = created
    create.run(id, name, epoch, factsJson, createdAt)
    // Runs now: a method of this store is done when it returns.
    void sqlitePeople(db, id).addUser({ ...administrator, createdAt })
  })
  const setEpoch = db.prepare('UPDATE workspace SET epoch = ?, restored_at = ? WHERE id = ?')
  const retireWriters = db.prepare('UPDATE writer SET user = ? WHERE workspace = ?')
  const suspendTokens = db.prepare(
    'UPDATE api_token SET suspended_at = ? WHERE workspace = ? AND revoked_at IS NULL',
  )
  const startEpoch = db.transaction((id: string, epoch: string, at: number) => {
    setEpoch.run(epoch, at, id)
    suspendTokens.run(at, id)
    retireWriters.run(earlierEpoch, id)
  })
  const one = db.prepare('SELECT 1')
  const sessionsOver = db.prepare('DELETE FROM session WHERE expires_at <= ?')
  const deviceSessionsOver = db.prepare(
    `DELETE FROM device_session WHERE NOT EXISTS (
       SELECT 1 FROM session s WHERE s.workspace = device_session.workspace
         AND s.id = device_session.session)`,
  )
  const invitesOver = db.prepare('DELETE FROM invite WHERE expires_at <= ?')
  const hooksDone = db.prepare('DELETE FROM inbox WHERE done_at <= ?')
  const keysOver = db.prepare('DELETE FROM api_key WHERE at <= ?')
  const tidyAll = db.transaction((now: number, done: number) => {
    sessionsOver.run(now)
    deviceSessionsOver.run()
    invitesOver.run(now)
    hooksDone.run(done)
    keysOver.run(done)
  })

  return {
    workspace: async () => workspace.get() ?? null,
    facts: async (id) => facts.get(id)?.facts ?? null,
    startEpoch: async (id, epoch, at) => startEpoch.immediate(id, epoch, at),
    createWorkspace: async (created) => createAll.immediate(created),
    of: (id) => ({
      ...sqliteDocuments(db, id),
      ...sqliteAudit(db, id),
      ...sqliteArchive(db, id),
      ...sqlitePeople(db, id),
      ...sqliteConnectors(db, id),
      ...sqliteFiles(db, id),
      ...sqliteErase(db, id),
      ...sqliteCensus(db, id),
      ...sqliteRest(db, id),
    }),
    tidy: async (now, done) => {
      tidyAll.immediate(now, done)
      // One that was busy when something was erased left the old pages in the log.
      db.pragma('wal_checkpoint(TRUNCATE)')
    },
    sizes: async () => {
      const number = (name: string) => Number(db.pragma(name, { simple: true }))
      const pageSize = number('page_size')
      // There is no log in memory, nor before the first write.
      const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
      return {
        base: number('page_count') * pageSize,
        free: number('freelist_count') * pageSize,
        log,
      }
    },
    ping: async () => {
      one.get()
    },
    close: async () => {
      db.close()
    },
  }
}
