import type { Database } from 'better-sqlite3'
import type { ConnectorStore, StoredHookRow, StoredQuarantine } from '../store.ts'

const hookColumns = 'id, account, at, method, path, headers AS headersJson, body'

/** What connectors keep at the relay: leases, secrets, cursors, quarantine, webhooks. */
export const sqliteConnectors = (db: Database, workspace: string): ConnectorStore => {
  const take = db.prepare(
    `INSERT INTO lease (workspace, account, holder, expires_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (workspace, account) DO UPDATE SET
       holder = excluded.holder, expires_at = excluded.expires_at
     WHERE lease.holder = excluded.holder OR lease.expires_at <= ?`,
  )
  const release = db.prepare('DELETE FROM lease WHERE workspace = ? AND account = ? AND holder = ?')
  const secret = db.prepare<[string, string], { sealed: Uint8Array }>(
    'SELECT sealed FROM secret WHERE workspace = ? AND account = ?',
  )
  const putSecret = db.prepare(
    `INSERT INTO secret (workspace, account, sealed) VALUES (?, ?, ?)
     ON CONFLICT (workspace, account) DO UPDATE SET sealed = excluded.sealed`,
  )
  const deleteSecret = db.prepare('DELETE FROM secret WHERE workspace = ? AND account = ?')
  const state = db.prepare<[string, string, string], { value: string }>(
    'SELECT value FROM connector_state WHERE workspace = ? AND account = ? AND key = ?',
  )
  const putState = db.prepare(
    `INSERT INTO connector_state (workspace, account, key, value) VALUES (?, ?, ?, ?)
     ON CONFLICT (workspace, account, key) DO UPDATE SET value = excluded.value`,
  )
  const addQuarantine = db.prepare(
    `INSERT OR IGNORE INTO quarantine (workspace, id, account, at, error, file, source)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const quarantine = db.prepare<[string, string, number], StoredQuarantine>(
    `SELECT id, account, at, error, file, source FROM quarantine
     WHERE workspace = ? AND account = ? ORDER BY at DESC LIMIT ?`,
  )
  const quarantined = db.prepare<[string, string], { id: string }>(
    'SELECT id FROM quarantine WHERE workspace = ? AND file = ? LIMIT 1',
  )
  const addHook = db.prepare(
    `INSERT INTO inbox (workspace, id, account, at, method, path, headers, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const hooks = db.prepare<[string, number], StoredHookRow>(
    `SELECT ${hookColumns} FROM inbox
     WHERE workspace = ? AND done_at IS NULL ORDER BY at, id LIMIT ?`,
  )
  const hooksOf = db.prepare<[string, string, number], StoredHookRow>(
    `SELECT ${hookColumns} FROM inbox
     WHERE workspace = ? AND done_at IS NULL AND account = ? ORDER BY at, id LIMIT ?`,
  )
  const hookDone = db.prepare('UPDATE inbox SET done_at = ? WHERE workspace = ? AND id = ?')

  const takeAll = db.transaction(
    (holder: string, accounts: string[], now: number, until: number): string[] =>
      accounts.filter((account) => take.run(workspace, account, holder, until, now).changes === 1),
  )

  return {
    lease: async (holder, accounts, now, until) => takeAll.immediate(holder, accounts, now, until),
    release: async (holder, accounts) => {
      for (const account of accounts) release.run(workspace, account, holder)
    },
    secret: async (account) => secret.get(workspace, account)?.sealed ?? null,
    putSecret: async (account, sealed) => {
      putSecret.run(workspace, account, sealed)
    },
    deleteSecret: async (account) => {
      deleteSecret.run(workspace, account)
    },
    state: async (account, key) => state.get(workspace, account, key)?.value ?? null,
    putState: async (account, key, valueJson) => {
      putState.run(workspace, account, key, valueJson)
    },
    addQuarantine: async ({ id, account, at, error, file, source }) => {
      addQuarantine.run(workspace, id, account, at, error, file, source)
    },
    quarantine: async (account, limit) => quarantine.all(workspace, account, limit),
    isQuarantined: async (hash) => quarantined.get(workspace, hash) !== undefined,
    addHook: async ({ id, account, at, method, path, headersJson, body }) => {
      addHook.run(workspace, id, account, at, method, path, headersJson, body)
    },
    hooks: async (account, limit) =>
      account === null ? hooks.all(workspace, limit) : hooksOf.all(workspace, account, limit),
    hookDone: async (id, at) => {
      hookDone.run(at, workspace, id)
    },
  }
}
