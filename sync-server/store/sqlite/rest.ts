import type { Database } from 'better-sqlite3'
import {
  audienceTokens,
  type DocumentHead,
  type RestStore,
  type StoredApiKey,
  type StoredApiToken,
} from '../store.ts'
import type { DocumentRow } from './documents.ts'

type TokenRow = Omit<StoredApiToken, 'writes' | 'resources'> & { writes: number; resources: string }

const tokenColumns = `id, name, employee, writes, resources, created_at AS createdAt,
  created_by AS createdBy, expires_at AS expiresAt, revoked_at AS revokedAt,
  revoked_by AS revokedBy, suspended_at AS suspendedAt, used_at AS lastUsedAt, used_from AS lastUsedFrom`

const toToken = ({ writes, resources, ...rest }: TokenRow): StoredApiToken => ({
  ...rest,
  writes: writes === 1,
  resources: resources.split(' '),
})

/** Tokens of the REST API, keys of what programs asked for, and records in the order of their changes. */
export const sqliteRest = (db: Database, workspace: string): RestStore => {
  const addToken = db.prepare(
    `INSERT INTO api_token (workspace, id, hash, name, employee, writes, resources, created_at,
       created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tokens = db.prepare<[string], TokenRow>(
    `SELECT ${tokenColumns} FROM api_token WHERE workspace = ? ORDER BY created_at DESC, id`,
  )
  const token = db.prepare<[string, string], TokenRow>(
    `SELECT ${tokenColumns} FROM api_token WHERE workspace = ? AND id = ?`,
  )
  const tokenByHash = db.prepare<[string, string], TokenRow>(
    `SELECT ${tokenColumns} FROM api_token WHERE workspace = ? AND hash = ?`,
  )
  const revoke = db.prepare(
    `UPDATE api_token SET revoked_at = ?, revoked_by = ?
     WHERE workspace = ? AND id = ? AND revoked_at IS NULL`,
  )
  const resume = db.prepare(
    `UPDATE api_token SET suspended_at = NULL
     WHERE workspace = ? AND id = ? AND suspended_at IS NOT NULL AND revoked_at IS NULL`,
  )
  const note = db.prepare(
    'UPDATE api_token SET used_at = ?, used_from = ? WHERE workspace = ? AND id = ?',
  )
  const key = db.prepare<[string, string, string, number], StoredApiKey>(
    'SELECT request, record FROM api_key WHERE workspace = ? AND token = ? AND key = ? AND at > ?',
  )
  const putKey = db.prepare(
    `INSERT INTO api_key (workspace, token, key, request, record, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (workspace, token, key) DO UPDATE SET
       request = excluded.request, record = excluded.record, at = excluded.at
     WHERE api_key.at <= ?`,
  )

  // The index alone answers both: 20,000 entries are a few milliseconds.
  const endOfSlice = db.prepare<[string, number, number], { seq: number }>(
    `SELECT seq FROM document INDEXED BY document_seq
     WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT 1 OFFSET ?`,
  )
  const slice = db.prepare<[string, number, number, string], DocumentHead>(
    `SELECT id, type, seq, audience FROM document INDEXED BY document_seq
     WHERE workspace = ? AND seq > ? AND seq <= ? AND type IN (SELECT value FROM json_each(?))
     ORDER BY seq`,
  )
  const row = db.prepare<[string, string], Omit<DocumentRow, 'state'>>(
    'SELECT id, type, seq, audience, row FROM document WHERE workspace = ? AND id = ?',
  )
  const time = db.prepare<[string, number], { at: number }>(
    'SELECT at FROM history WHERE workspace = ? AND seq = ?',
  )
  const firstTime = db.prepare<[string, number], { seq: number; at: number }>(
    'SELECT seq, at FROM history WHERE workspace = ? AND seq >= ? ORDER BY seq LIMIT 1',
  )
  const seqNow = db.prepare<[string], { seq: number }>('SELECT seq FROM workspace WHERE id = ?')
  const losses = db.prepare<[string, string, number], { token: string }>(
    `SELECT token FROM audience_loss INDEXED BY audience_loss_document
     WHERE workspace = ? AND document = ? AND seq > ?`,
  )

  const take = db.transaction(
    (
      by: string,
      named: string,
      { request, record, at }: StoredApiKey & { at: number },
      since: number,
    ): StoredApiKey => {
      putKey.run(workspace, by, named, request, record, at, since)
      return key.get(workspace, by, named, since) ?? { request, record }
    },
  )

  return {
    addApiToken: async (added, hash) => {
      const { id, name, employee, writes, resources, createdAt, createdBy, expiresAt } = added
      const list = resources.join(' ')
      const flag = writes ? 1 : 0
      addToken.run(
        ...[workspace, id, hash, name, employee, flag, list, createdAt, createdBy, expiresAt],
      )
    },
    apiTokens: async () => tokens.all(workspace).map(toToken),
    apiToken: async (id) => {
      const found = token.get(workspace, id)
      return found ? toToken(found) : null
    },
    apiTokenByHash: async (hash) => {
      const found = tokenByHash.get(workspace, hash)
      return found ? toToken(found) : null
    },
    revokeApiToken: async (id, by, at) => revoke.run(at, by, workspace, id).changes > 0,
    resumeApiToken: async (id) => resume.run(workspace, id).changes > 0,
    noteApiToken: async (id, at, from) => {
      note.run(at, from, workspace, id)
    },
    apiKey: async (by, named, since) => key.get(workspace, by, named, since) ?? null,
    takeApiKey: async (by, named, asked, since) => take.immediate(by, named, asked, since),
    headsOfTypes: async (types, from, scan) => {
      const reached = endOfSlice.get(workspace, from, scan - 1)?.seq ?? null
      const to = reached ?? Number.MAX_SAFE_INTEGER
      return { heads: slice.all(workspace, from, to, JSON.stringify(types)), reached }
    },
    rowsOf: async (ids) =>
      ids.flatMap((each) => {
        const found = row.get(workspace, each)
        if (!found) return []
        const { id, type, seq, audience, row: rowJson } = found
        return [{ id, type, seq, audience: audienceTokens(audience), rowJson }]
      }),
    timesOf: async (seqs) => {
      const found = new Map<number, number>()
      for (const seq of seqs) {
        const at = time.get(workspace, seq)?.at
        if (at !== undefined) found.set(seq, at)
      }
      return found
    },
    seqBefore: async (at) => {
      // The relay's clock may have been put back; then some more is told again, which does no harm.
      let [from, to] = [0, (seqNow.get(workspace)?.seq ?? 0) + 1]
      while (from + 1 < to) {
        const middle = Math.floor((from + to) / 2)
        const found = firstTime.get(workspace, middle)
        if (found && found.at < at) from = middle
        else to = middle
      }
      return from
    },
    lossesOf: async (document, from) =>
      losses.all(workspace, document, from).map((loss) => loss.token),
  }
}
