/** Contracts in force hold their clients: such are not deleted (F61, decision 13). */

import { type ContractRow, isInForce } from '../../shared/records/contract.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { DocumentStore } from '../store/store.ts'
import { type FollowedRecords, withMerged } from './follow.ts'

/** Looked for of one client; what is counted beyond is «many». */
const most = 1_000

export interface HeldClients extends Pick<FollowedRecords, 'row'> {
  lookup: DocumentStore['lookup']
  /** Rows that changes before this one made in the same group. */
  made: () => Iterable<Row>
}

/** `<how many>:<id of one>` where contracts hold the client that a change deletes; null otherwise. */
export const heldBy = async (
  before: Row | null,
  after: Row,
  { row, lookup, made }: HeldClients,
): Promise<string | null> => {
  if (after.type !== 'client' || after.deletedAt === undefined) return null
  if (!before || before.deletedAt !== undefined) return null
  const clients = await withMerged(after, { row })
  const found = new Set<string>()
  for (const client of clients)
    for (const { id } of await lookup('inForce', client, most)) found.add(id)
  for (const each of made()) if (each.type === 'contract') found.add(each.id)
  const holding: string[] = []
  for (const id of found) {
    // As the group has made it so far: ended, or signed, a moment ago.
    const contract = (await row(id)) as ContractRow | null // found as one
    if (contract && isInForce(contract) && clients.has(contract.client)) holding.push(id)
  }
  return holding.length > 0 ? `${holding.length}:${holding.sort().at(-1)}` : null
}
