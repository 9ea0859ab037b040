/** Rows of what is searched, of any kind, wherever the replica keeps them. */
import { messagesAfter, messagesById } from '../replica/message-store.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import type { SearchedRow } from './entries.ts'
import type { Kind } from './kinds.ts'

/** Kinds of which values that not everyone may see stay out of the index. */
const openKinds = ['task', 'dialog', 'contract', 'appeal', 'product'] as const
type OpenKind = (typeof openKinds)[number]

const isOpen = (kind: Kind): kind is OpenKind => openKinds.some((open) => open === kind)

/** The rows as they are now, in the order of their keys. */
export const searchedRows = async (
  base: ReplicaBase,
  kind: Kind,
  keys: string[],
): Promise<(SearchedRow | undefined)[]> =>
  kind === 'message'
    ? messagesById(base, keys)
    : isOpen(kind)
      ? openRows(base, kind, keys)
      : // A table named by a kind holds its rows.
        ((await base.table(kind).bulkGet(keys)) as (SearchedRow | undefined)[])

/**
 * Without the values that not everyone may see (see `private-values.ts`): of what was edited words stay
 * in the index for a while, and one of these may have to be forgotten at once. In one transaction, since
 * a value that is forgotten between two would be in the row and not among those left out.
 */
const openRows = <K extends OpenKind>(
  base: ReplicaBase,
  kind: K,
  keys: string[],
): Promise<(StoredRow<K> | undefined)[]> => {
  const table = base.table<StoredRow<K>, string>(kind)
  return base.transaction('r', table, base.privateValue, async () => {
    const rows = await table.bulkGet(keys)
    const own = rows.flatMap((row) => (row?.custom ? [row.id] : []))
    if (own.length === 0) return rows
    const hidden = new Map<string, Set<string>>()
    for (const { record, field } of await base.privateValue.where('record').anyOf(own).toArray())
      hidden.set(record, new Set([...(hidden.get(record) ?? []), field]))
    if (hidden.size === 0) return rows
    return rows.map((row) => {
      const fields = row && hidden.get(row.id)
      if (!fields) return row
      const open = Object.entries(row.custom ?? {}).filter(([field]) => !fields.has(field))
      return { ...row, custom: Object.fromEntries(open) }
    })
  })
}

/** Keys of the next rows of a kind, and from where to go on: a row's id, a segment's of messages. */
export const keysAfter = async (
  base: ReplicaBase,
  kind: Kind,
  after: string,
  count: number,
): Promise<{ keys: string[]; last: string | undefined }> => {
  if (kind === 'message') {
    const rows = await messagesAfter(base, after)
    return { keys: rows.map(({ id }) => id), last: rows.at(-1)?.segment }
  }
  const found = await base.table(kind).where('id').above(after).limit(count).primaryKeys()
  const keys = found.map(String)
  return { keys, last: keys.at(-1) }
}
