/** What uses an entry of a directory, as far as this device knows. The relay has the last word. */
import type { DirectoryName } from '../../shared/records/directory.ts'
import type { ReplicaBase } from '../replica/index.ts'
import type { Entry } from './use-directory.ts'

/** How `facets` of contacts name the entries (see `contactColumns`). */
const facets: Readonly<Record<Exclude<DirectoryName, 'interactionKind' | 'taskCategory'>, string>> =
  {
    contactType: 'type',
    heat: 'heat',
    folder: 'folder',
    tag: 'tag',
    contactRole: 'role',
    dateKind: 'date',
    currency: 'currency',
    lossReason: 'lossReason',
    adChannel: 'channel',
    productCategory: 'category',
  }

export interface Uses {
  clients: number
  persons: number
  /** Events of that kind. */
  interactions: number
  tasks: number
  interests: number
  products: number
  /** Folders inside. */
  entries: number
  /** Entries that were deleted and that this one replaces. */
  replaced: number
}

export const usesOf = async (base: ReplicaBase, { id, directory }: Entry): Promise<Uses> => {
  const none: Uses = {
    clients: 0,
    persons: 0,
    interests: 0,
    products: 0,
    interactions: 0,
    tasks: 0,
    entries: 0,
    replaced: 0,
  }
  if (directory === 'interactionKind')
    return { ...none, interactions: await base.interaction.where('kind').equals(id).count() }
  if (directory === 'taskCategory') {
    // The relay's own rule (`uses` of the store): what lies in the trash does not count.
    const tasks = await base.task
      .filter(({ category, deletedAt }) => category === id && deletedAt === undefined)
      .count()
    const replaced = await base.directory
      .filter(({ mergedInto, deletedAt }) => mergedInto === id && deletedAt === undefined)
      .count()
    return { ...none, tasks, replaced }
  }
  const facet = `${facets[directory]}:${id}`
  const [clients, persons, interests, products, entries] = await Promise.all([
    base.client.where('facets').equals(facet).count(),
    base.person.where('facets').equals(facet).count(),
    base.interest.where('facets').equals(facet).count(),
    base.product.where('facets').equals(facet).count(),
    base.directory.filter((row) => row.parent === id && row.deletedAt === undefined).count(),
  ])
  return { ...none, clients, persons, interests, products, entries }
}

export const isUsed = (uses: Uses): boolean => Object.values(uses).some((count) => count > 0)
