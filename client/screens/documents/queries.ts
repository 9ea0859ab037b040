/** What the screens of documents read from the replica. */
import { isInForce } from '../../../shared/records/contract.ts'
import {
  type NumberedType,
  type NumberFormat,
  numberingId,
  numberKey,
  usualFormats,
} from '../../../shared/records/numbering.ts'
import { identitiesOf, type ReplicaBase, type StoredRow } from '../../replica/index.ts'

export type Contract = StoredRow<'contract'>

/** The newest first; what lies in the trash is left out. */
const living = (rows: readonly Contract[]): Contract[] =>
  rows
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort(
      (a, b) =>
        (b.date ?? '').localeCompare(a.date ?? '') || (b.createdAt ?? 0) - (a.createdAt ?? 0),
    )

/** Contracts with a client and with what was merged into it. */
export const contractsOf = async (base: ReplicaBase, client: string): Promise<Contract[]> =>
  living(
    await base.contract
      .where('client')
      .anyOf(await identitiesOf(base, 'client', client))
      .toArray(),
  )

export const contractsOfInterest = async (
  base: ReplicaBase,
  interest: string,
): Promise<Contract[]> => living(await base.contract.where('interest').equals(interest).toArray())

/** Contracts in force with any of these clients, which hold them (F61); by the client. */
export const holdingContracts = async (
  base: ReplicaBase,
  clients: readonly string[],
): Promise<Map<string, Contract[]>> => {
  const found = new Map<string, Contract[]>()
  // Nearly all clients have none: those that hold are fewer than those that may be held.
  const inForce = await base.contract.where('facets').equals('status:signed').toArray()
  const named = new Set(inForce.filter(isInForce).map(({ client }) => client))
  if (named.size === 0) return found
  for (const client of clients) {
    const ids = new Set(await identitiesOf(base, 'client', client))
    const holding = inForce.filter((row) => ids.has(row.client))
    if (holding.length > 0) found.set(client, living(holding))
  }
  return found
}

/** Another contract that has this number, as far as this device knows; the relay has the last word. */
export const withNumber = async (
  base: ReplicaBase,
  number: string,
  except?: string,
): Promise<Contract | undefined> =>
  base.contract
    .where('number')
    .notEqual('')
    .filter((row) => row.id !== except && numberKey(row.number ?? '') === numberKey(number))
    .first()

export const formatOf = async (base: ReplicaBase, type: NumberedType): Promise<NumberFormat> =>
  (await base.numbering.get(numberingId(type)))?.format ?? usualFormats[type]
