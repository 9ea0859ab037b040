/**
 * Who owns which Yjs client id. The first change with an id binds it to its user for ever; another
 * user's structs under it could make the owner's edits vanish without a trace.
 */
import type { DocumentStore } from '../store/store.ts'

export interface WriterBook {
  /** Makes the owners of these clients known, where they have one. */
  load(clients: number[]): Promise<void>
  ownerOf(client: number): string | undefined
  claim(client: number, user: string): void
}

/** One page load is one client id: the last day of a large company. */
const maxKept = 50_000

export const writerBook = (store: Pick<DocumentStore, 'writers'>): WriterBook => {
  const owners = new Map<number, string>()
  const claim = (client: number, user: string) => {
    owners.delete(client)
    owners.set(client, user)
  }
  return {
    load: async (clients) => {
      // Only before a group is judged, so that no owner it needs is thrown out meanwhile.
      for (const client of owners.keys()) {
        if (owners.size <= maxKept) break
        owners.delete(client)
      }
      const unknown = clients.filter((client) => !owners.has(client))
      if (unknown.length > 0)
        for (const [client, user] of await store.writers(unknown)) claim(client, user)
    },
    ownerOf: (client) => owners.get(client),
    claim,
  }
}
