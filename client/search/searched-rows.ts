/** Rows of what is searched, of any kind, wherever the replica keeps them. */
import { messagesAfter, messagesById } from '../replica/message-store.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import type { SearchedRow } from './entries.ts'
import type { Kind } from './kinds.ts'

/** The rows as they are now, in the order of their keys. */
export const searchedRows = async (
  base: ReplicaBase,
  kind: Kind,
  keys: string[],
): Promise<(SearchedRow | undefined)[]> =>
  kind === 'message'
    ? messagesById(base, keys)
    : // A table named by a kind holds its rows.
      ((await base.table(kind).bulkGet(keys)) as (SearchedRow | undefined)[])

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
