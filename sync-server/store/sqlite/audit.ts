import type { Database } from 'better-sqlite3'
import { type AuditStore, audienceText, type Reaudited } from '../store.ts'
import { type DocumentRow, toDocument } from './documents.ts'

/** What a change of the rules asks of the base. */
export const sqliteAudit = (db: Database, workspace: string): AuditStore => {
  const facts = db.prepare<[string], { rules: number; seq: number }>(
    'SELECT rules, seq FROM workspace WHERE id = ?',
  )
  const setRules = db.prepare('UPDATE workspace SET rules = ? WHERE id = ?')
  const setSeq = db.prepare('UPDATE workspace SET seq = ? WHERE id = ?')
  const above = db.prepare<[string, string, number], DocumentRow>(
    `SELECT id, type, seq, audience, state, row FROM document
     WHERE workspace = ? AND id > ? ORDER BY id LIMIT ?`,
  )
  const setAudience = db.prepare('UPDATE document SET audience = ? WHERE workspace = ? AND id = ?')
  const setDocumentSeq = db.prepare('UPDATE document SET seq = ? WHERE workspace = ? AND id = ?')
  const addLoss = db.prepare(
    'INSERT OR IGNORE INTO audience_loss (workspace, seq, document, token) VALUES (?, ?, ?, ?)',
  )
  const addLookup = db.prepare(
    'INSERT OR IGNORE INTO lookup (workspace, key, value, document) VALUES (?, ?, ?, ?)',
  )
  const reauditAll = db.transaction((records: Reaudited[]) => {
    let seq = facts.get(workspace)?.seq ?? 0
    for (const { id, audience, lostTokens, lookups } of records) {
      setAudience.run(audienceText(audience), workspace, id)
      for (const { key, value } of lookups) addLookup.run(workspace, key, value, id)
      if (lostTokens.length === 0) continue
      setDocumentSeq.run(++seq, workspace, id)
      for (const token of lostTokens) addLoss.run(workspace, seq, id, token)
    }
    setSeq.run(seq, workspace)
  })
  return {
    rules: async () => facts.get(workspace)?.rules ?? 0,
    setRules: async (version) => {
      setRules.run(version, workspace)
    },
    documentsAbove: async (after, limit) => above.all(workspace, after, limit).map(toDocument),
    reaudit: async (records) => reauditAll.immediate(records),
  }
}
