import type { Database } from 'better-sqlite3'
import type { CensusStore } from '../store.ts'

/** Statements run synchronously: see `../sqlite.ts`. */
export const sqliteCensus = (db: Database, workspace: string): Omit<CensusStore, 'seq'> => {
  const states = db.prepare<
    [string, string, number],
    { id: string; type: string; state: Uint8Array }
  >('SELECT id, type, state FROM document WHERE workspace = ? AND id > ? ORDER BY id LIMIT ?')
  const history = db.prepare<[string, number, number], { n: number }>(
    'SELECT count(*) AS n FROM history WHERE workspace = ? AND seq > ? AND seq <= ?',
  )
  return {
    statesAfter: async (id, limit) => states.all(workspace, id, limit),
    historyRows: async (from, to) => history.get(workspace, from, to)?.n ?? 0,
  }
}
