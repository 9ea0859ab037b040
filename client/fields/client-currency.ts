/** In which currency amounts of what is made for a client are typed (F53). */
import type { Names } from '../../shared/fields/words.ts'
import { resolveEntry } from '../../shared/records/directory.ts'
import { type Replica, type ReplicaBase, resolveRow, useLive } from '../replica/index.ts'
import { useNames } from './use-fields.ts'

type Currencies = Pick<Names, 'entries' | 'currency'>

const codeOf = (entry: string | undefined, { entries, currency }: Currencies): string =>
  resolveEntry(entries, entry)?.code ?? currency

/** Code of the client's own currency where one was chosen, else of the company's. */
export const clientCurrency = async (
  base: ReplicaBase,
  client: string | undefined,
  names: Currencies,
): Promise<string> => codeOf((await resolveRow(base, 'client', client))?.currency, names)

/** Names for the card or the form of something made for a client. */
export const useNamesFor = (replica: Replica, client: string | undefined): Names => {
  const names = useNames(replica)
  const entry = useLive(
    async () => (await resolveRow(replica.base, 'client', client))?.currency,
    [client, replica],
    undefined,
  ).value
  return { ...names, currency: codeOf(entry, names) }
}
