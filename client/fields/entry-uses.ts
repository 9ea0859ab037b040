/** What uses an entry of a directory, as far as this device knows. The relay has the last word. */
import type { DirectoryName } from '../../shared/records/directory.ts'
import type { ReplicaBase } from '../replica/index.ts'
import type { Entry } from './use-directory.ts'

/** How `facets` of contacts name the entries (see `contactColumns`). */
const facets: Readonly<Record<Exclude<DirectoryName, 'interactionKind'>, string>> = {
  contactType: 'type',
  heat: 'heat',
  folder: 'folder',
  tag: 'tag',
  contactRole: 'role',
  dateKind: 'date',
  currency: 'currency',
}

export interface Uses {
  clients: number
  persons: number
  /** Events of that kind. */
  interactions: number
  /** Folders inside. */
  entries: number
}

export const usesOf = async (base: ReplicaBase, { id, directory }: Entry): Promise<Uses> => {
  if (directory === 'interactionKind') {
    const interactions = await base.interaction.where('kind').equals(id).count()
    return { clients: 0, persons: 0, interactions, entries: 0 }
  }
  const facet = `${facets[directory]}:${id}`
  const [clients, persons, entries] = await Promise.all([
    base.client.where('facets').equals(facet).count(),
    base.person.where('facets').equals(facet).count(),
    base.directory.filter((row) => row.parent === id && row.deletedAt === undefined).count(),
  ])
  return { clients, persons, interactions: 0, entries }
}

export const isUsed = ({ clients, persons, interactions, entries }: Uses): boolean =>
  clients + persons + interactions + entries > 0
