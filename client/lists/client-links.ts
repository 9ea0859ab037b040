/**
 * Links to clients as lists filter and sort by them: one to a client that was merged into another leads
 * to that one, as it does everywhere (F239).
 */
import { resolve } from '../../shared/duplicates/resolve.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import type { FilterContext } from '../../shared/fields/filter.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { ReplicaBase } from '../replica/index.ts'
import type { NameOrder } from './name-order.ts'

export interface SameClients {
  /** The one that a link leads to. */
  mainOf: (id: string) => string
  /** Others that mean the same client. */
  same: (id: string) => readonly string[]
}

export interface ClientLinks extends SameClients {
  /** Place among all clients by name; null: it is not on this device. */
  place: (id: string) => number | null
}

export const isClientLink = ({ kind }: Pick<FieldInfo, 'kind'>): boolean => kind === 'client'

/** What a filter by a client asks for: all that were merged with it too. */
export const throughMerges = (context: FilterContext, { same }: SameClients): FilterContext => ({
  ...context,
  below: (id) => [...(context.below?.(id) ?? []), ...same(id)],
})

export const readSameClients = async (base: ReplicaBase): Promise<SameClients> => {
  const [duplicates, mains] = await Promise.all([
    base.client.orderBy('mergedInto').toArray(),
    base.client.where('hasMerges').equals(1).toArray(),
  ])
  const into = new Map<string, string>()
  // What a main record says of one that this user may not read; what it says itself comes after.
  for (const main of mains) for (const id of mergedHere(main)) into.set(id, main.id)
  for (const { id, mergedInto } of duplicates) if (mergedInto) into.set(id, mergedInto)
  const mainOf = (id: string) => resolve(id, (one) => into.get(one))
  const alike = new Map<string, string[]>()
  for (const id of into.keys()) {
    const main = mainOf(id)
    alike.set(main, [...(alike.get(main) ?? [main]), id])
  }
  return { mainOf, same: (id) => (alike.get(mainOf(id)) ?? []).filter((one) => one !== id) }
}

export const readClientLinks = async (
  base: ReplicaBase,
  order: NameOrder,
): Promise<ClientLinks> => {
  const [ids, clients] = await Promise.all([order.all(), readSameClients(base)])
  let places: Map<string, number> | null = null
  return {
    ...clients,
    place: (id) => {
      places ??= new Map(ids.map((one, place) => [one, place]))
      return places.get(clients.mainOf(id)) ?? null
    },
  }
}
