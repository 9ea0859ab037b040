/**
 * The firm's feed (F69): what people did with clients, contact persons and contracts, newest first, as far as
 * the asker may read them now. What one person did alike in one go is one line: an import of
 * thousands is not thousands of lines.
 *
 *     GET /api/history?before=<seq>&user=<id>&client=<id>  → News
 *
 *     without `before`: from the newest; with `user`: what this one did; with `client`: what was done
 *     with this client, those merged into it, their contact persons and contracts
 */

/** Records whose changes are news. */
export const newsTypes = ['client', 'person', 'contract'] as const
export type NewsType = (typeof newsTypes)[number]

export type Deed = 'created' | 'changed' | 'deleted' | 'restored' | 'merged'

export interface NewsLine {
  /** Of its newest change; a line has this as its identity. */
  seq: number
  user: string
  type: NewsType
  deed: Deed
  /** When its newest and its oldest change were stored, ms. */
  at: number
  since: number
  /** How many changes are in it. */
  count: number
  /** The first few of the records, newest first. */
  records: { id: string; name: string }[]
  /** What was changed, each once; empty for other deeds. */
  fields: string[]
}

export interface News {
  lines: NewsLine[]
  /** Where to go on; null at the beginning of history. */
  next: number | null
}

/** Changes further apart than this, ms, are two deeds. */
export const oneGo = 10 * 60 * 1000
/** Records that a line names. */
export const namedRecords = 3

/** Whether a change, older than all of a line, is part of it. */
const continues = (line: NewsLine, older: NewsLine): boolean =>
  line.user === older.user &&
  line.type === older.type &&
  line.deed === older.deed &&
  line.since - older.at <= oneGo &&
  // Edits of one card are a line; edits of many cards say what was done to which.
  (line.deed !== 'changed' || line.records[0]?.id === older.records[0]?.id)

/** Joins lines, newest first, where one goes on in the next: also over the edge of two pages. */
export const joinLines = (lines: readonly NewsLine[]): NewsLine[] => {
  const joined: NewsLine[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (!last || !continues(last, line)) {
      joined.push({ ...line, records: [...line.records], fields: [...line.fields] })
      continue
    }
    last.since = line.since
    last.count += line.count
    last.fields = [...new Set([...last.fields, ...line.fields])]
    for (const record of line.records)
      if (last.records.length < namedRecords && !last.records.some(({ id }) => id === record.id))
        last.records.push(record)
  }
  return joined
}
