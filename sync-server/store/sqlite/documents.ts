import type { Database } from 'better-sqlite3'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { type NewsType, newsTypes } from '../../../shared/protocol/news.ts'
import {
  audienceText,
  audienceTokens,
  type DocumentHead,
  type DocumentStore,
  type DocumentWrite,
  type LookedUp,
  type StoredDocument,
} from '../store.ts'

export interface DocumentRow {
  id: string
  type: string
  seq: number
  audience: string
  state: Uint8Array
  row: string
}

export const toDocument = ({
  id,
  type,
  seq,
  audience,
  state,
  row,
}: DocumentRow): StoredDocument => ({
  id,
  type,
  seq,
  audience: audienceTokens(audience),
  state,
  rowJson: row,
})

/** Records, their history and what is found by them. Statements run synchronously: see `../sqlite.ts`. */
const isNews = (type: string | null): type is NewsType => newsTypes.some((one) => one === type)
const newsTypesText = `(${newsTypes.map((type) => `'${type}'`).join(', ')})`

export const sqliteDocuments = (db: Database, workspace: string): DocumentStore => {
  const selectSeq = db.prepare<[string], { seq: number }>('SELECT seq FROM workspace WHERE id = ?')
  const setSeq = db.prepare('UPDATE workspace SET seq = ? WHERE id = ?')
  const select = db.prepare<[string, string], DocumentRow>(
    'SELECT id, type, seq, audience, state, row FROM document WHERE workspace = ? AND id = ?',
  )
  const selectType = db.prepare<[string, string], DocumentRow>(
    'SELECT id, type, seq, audience, state, row FROM document WHERE workspace = ? AND type = ?',
  )
  const upsert = db.prepare(
    `INSERT INTO document (workspace, id, type, seq, audience, state, row) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (workspace, id) DO UPDATE SET
       seq = excluded.seq, audience = excluded.audience, state = excluded.state, row = excluded.row`,
  )
  const selectWriter = db.prepare<[string, number], { user: string }>(
    'SELECT user FROM writer WHERE workspace = ? AND client = ?',
  )
  // No `OR IGNORE`: two users claiming one client id must fail the transaction, not share it.
  const claim = db.prepare(
    'INSERT INTO writer (workspace, client, user, device) VALUES (?, ?, ?, ?)',
  )
  const addHistory = db.prepare(
    `INSERT INTO history (workspace, seq, document, user, device, at, made_at, changes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const dropHistory = db.prepare('DELETE FROM history WHERE workspace = ? AND seq = ?')
  const addLoss = db.prepare(
    'INSERT OR IGNORE INTO audience_loss (workspace, seq, document, token) VALUES (?, ?, ?, ?)',
  )
  const addLookup = db.prepare(
    'INSERT OR IGNORE INTO lookup (workspace, key, value, document) VALUES (?, ?, ?, ?)',
  )
  const dropLookup = db.prepare(
    'DELETE FROM lookup WHERE workspace = ? AND key = ? AND value = ? AND document = ?',
  )
  const addLink = db.prepare(
    'INSERT OR IGNORE INTO file_link (workspace, hash, document) VALUES (?, ?, ?)',
  )
  const dropLink = db.prepare(
    'DELETE FROM file_link WHERE workspace = ? AND hash = ? AND document = ?',
  )
  const toTrash = db.prepare(
    'INSERT OR IGNORE INTO trash (workspace, document, at) VALUES (?, ?, ?)',
  )
  const fromTrash = db.prepare('DELETE FROM trash WHERE workspace = ? AND document = ?')
  const selectHeads = (order: 'ASC' | 'DESC') =>
    db.prepare<[string, number, number, number], DocumentHead>(
      `SELECT id, type, seq, audience FROM document INDEXED BY document_seq
       WHERE workspace = ? AND seq > ? AND seq < ? ORDER BY seq ${order} LIMIT ?`,
    )
  const headsUp = selectHeads('ASC')
  const headsDown = selectHeads('DESC')
  const selectCounts = db.prepare<
    [string, number, number],
    { audience: string; type: string; n: number }
  >(
    `SELECT audience, type, count(*) AS n FROM document INDEXED BY document_seq
     WHERE workspace = ? AND (seq > ? OR seq < ?) GROUP BY audience, type`,
  )
  const selectLosses = db.prepare<[string, number, number], { document: string; token: string }>(
    'SELECT document, token FROM audience_loss WHERE workspace = ? AND seq > ? AND seq <= ?',
  )
  // CROSS JOIN: with no statistics SQLite walks all documents and asks of each whether it is looked up.
  const selectLookup = db.prepare<[string, string, string, number], LookedUp>(
    `SELECT d.id, d.type, d.row ->> '$.account' AS account, d.row ->> '$.dialog' AS dialog,
       d.row ->> '$.client' AS client, d.row ->> '$.deletedAt' AS deletedAt
     FROM lookup l CROSS JOIN document d ON d.workspace = l.workspace AND d.id = l.document
     WHERE l.workspace = ? AND l.key = ? AND l.value = ? ORDER BY l.document LIMIT ?`,
  )
  // Ids are random enough that one inside a row is the id and nothing else.
  const selectNaming = db.prepare<[string, string, string], { id: string }>(
    `SELECT id FROM document INDEXED BY document_type
     WHERE workspace = ? AND type = ? AND instr(row, ?) > 0 ORDER BY id`,
  )
  const selectUses = db.prepare<[string, string, string], { type: string; n: number }>(
    `SELECT type, count(*) AS n FROM document
     WHERE workspace = ? AND id <> ? AND type NOT IN ('segment', 'layout', 'view', 'clientSegment', 'completeness')
       AND instr(row, ?) > 0 AND row ->> '$.deletedAt' IS NULL GROUP BY type ORDER BY type`,
  )
  const selectHistory = db.prepare<
    [string, string, number],
    Omit<HistoryEntry, 'changes'> & { changes: string }
  >(
    `SELECT seq, at, user, device, changes FROM history INDEXED BY history_document
     WHERE workspace = ? AND document = ? ORDER BY seq DESC LIMIT ?`,
  )

  interface RecentRow {
    seq: number
    at: number
    user: string
    document: string
    type: string | null
    name: string | null
    audience: string | null
    changes: string | null
  }
  // Bodies of other types stay on their pages: a month of messages weighs megabytes.
  const recent = (where: string) =>
    `SELECT h.seq, h.at, h.user, h.document, d.type, d.audience,
       CASE WHEN d.type IN ${newsTypesText}
         THEN coalesce(d.row ->> '$.name', d.row ->> '$.subject') END AS name,
       CASE WHEN d.type IN ${newsTypesText} THEN h.changes END AS changes
     FROM history h LEFT JOIN document d ON d.workspace = h.workspace AND d.id = h.document
     WHERE h.workspace = ? AND h.seq < ? ${where} ORDER BY h.seq DESC LIMIT ?`
  const selectRecent = db.prepare<[string, number, number], RecentRow>(recent(''))
  const selectRecentOf = db.prepare<[string, number, string, number], RecentRow>(
    recent('AND h.document IN (SELECT value FROM json_each(?))'),
  )

  const seqNow = () => selectSeq.get(workspace)?.seq ?? 0

  const write = (change: DocumentWrite, seq: number, isLast: boolean): void => {
    const { id, type, user, device } = change
    if (isLast)
      upsert.run(
        workspace,
        id,
        type,
        seq,
        audienceText(change.audience),
        change.state,
        change.rowJson,
      )
    for (const client of change.claims) claim.run(workspace, client, change.claimant, device)
    if (change.takesIn !== null) dropHistory.run(workspace, change.takesIn)
    addHistory.run(workspace, seq, id, user, device, change.at, change.madeAt, change.changesJson)
    for (const token of change.lostTokens) addLoss.run(workspace, seq, id, token)
    for (const { key, value } of change.lookups.removed) dropLookup.run(workspace, key, value, id)
    for (const { key, value } of change.lookups.added) addLookup.run(workspace, key, value, id)
    for (const hash of change.files.removed) dropLink.run(workspace, hash, id)
    for (const hash of change.files.added) addLink.run(workspace, hash, id)
    if (change.trash === 'in') toTrash.run(workspace, id, change.at)
    else if (change.trash === 'out') fromTrash.run(workspace, id)
  }

  const commitAll = db.transaction((writes: DocumentWrite[]): number[] => {
    const before = seqNow()
    const lastById = new Map(writes.map(({ id }, index) => [id, index]))
    const seqs = writes.map((change, index) => {
      const seq = before + index + 1
      write(change, seq, lastById.get(change.id) === index)
      return seq
    })
    setSeq.run(before + writes.length, workspace)
    return seqs
  })

  return {
    seq: async () => seqNow(),
    documents: async (ids) => {
      const found = new Map<string, StoredDocument>()
      for (const id of ids) {
        const row = select.get(workspace, id)
        if (row) found.set(id, toDocument(row))
      }
      return found
    },
    documentsOfType: async (type) => selectType.all(workspace, type).map(toDocument),
    writers: async (clients) => {
      const found = new Map<number, string>()
      for (const client of clients) {
        const row = selectWriter.get(workspace, client)
        if (row) found.set(client, row.user)
      }
      return found
    },
    commit: async (writes) => commitAll.immediate(writes),
    heads: async ({ from, below, order, limit }) =>
      (order === 'up' ? headsUp : headsDown).all(workspace, from, below, limit),
    counts: async (head, below) => selectCounts.all(workspace, head, below),
    losses: async (from, to) => selectLosses.all(workspace, from, to),
    lookup: async (key, value, limit) => selectLookup.all(workspace, key, value, limit),
    naming: async (type, id) => selectNaming.all(workspace, type, id).map((row) => row.id),
    uses: async (id) =>
      Object.fromEntries(selectUses.all(workspace, id, id).map(({ type, n }) => [type, n])),
    history: async (document, limit) =>
      selectHistory.all(workspace, document, limit).map((entry) => ({
        ...entry,
        changes: JSON.parse(entry.changes) as HistoryEntry['changes'], // written by `commit`
      })),
    recentChanges: async (before, limit, documents) => {
      const read = documents
        ? selectRecentOf.all(workspace, before, JSON.stringify(documents), limit)
        : selectRecent.all(workspace, before, limit)
      const last = read.at(-1)
      return {
        changes: read.flatMap(({ type, name, audience, changes, ...entry }) => {
          if (!isNews(type) || !changes || audience === null) return []
          const fields = JSON.parse(changes) as HistoryEntry['changes'] // written by `commit`
          return [
            {
              ...entry,
              type,
              audience,
              name: name ?? '',
              fields: Object.keys(fields),
              // A name is required of contacts, a subject of contracts: only a creation finds none before.
              creation: [fields.name, fields.subject].some((change) => change && !change[0]),
              deletion: fields.deletedAt ? fields.deletedAt[1] !== null : null,
            },
          ]
        }),
        next: last && read.length === limit ? last.seq : null,
      }
    },
  }
}
