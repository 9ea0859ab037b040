/** The search field of the frame: clients, persons and dialogs by beginnings of words. */
import { formatPhone } from '../format/index.ts'
import type { ReplicaBase } from '../replica/index.ts'
import { suggest } from '../screens/clients/client-list.ts'
import { searchKeys } from '../screens/clients/search-keys.ts'

export interface Found {
  kind: 'client' | 'person' | 'dialog'
  id: string
  path: string
  title: string
  detail: string
}

/** Shown of each kind: together they fit a screen. */
const shownOfEach = 6
/** Dialogs looked at for one word; the newest of them are shown. */
const dialogsLookedAt = 200

export const find = async (base: ReplicaBase, typed: string): Promise<Found[]> => {
  const ways = searchKeys(typed)
  if (ways.length === 0) return []
  const [clients, persons, dialogs] = await Promise.all([
    suggest(base, 'client', typed, shownOfEach),
    suggest(base, 'person', typed, shownOfEach),
    findDialogs(base, ways),
  ])
  const employers = await base.client.bulkGet(persons.map(({ client }) => client ?? ''))
  return [
    ...clients.map(
      ({ id, name, inn, phones, emails }): Found => ({
        kind: 'client',
        id,
        path: `/clients/${id}`,
        title: name,
        detail: inn ?? reachedBy(phones, emails),
      }),
    ),
    ...persons.map(
      ({ id, name, position, phones, emails }, index): Found => ({
        kind: 'person',
        id,
        path: `/persons/${id}`,
        title: name,
        detail:
          [position, employers[index]?.name].filter(Boolean).join(', ') ||
          reachedBy(phones, emails),
      }),
    ),
    ...dialogs,
  ]
}

const reachedBy = (phones: { value: string }[], emails: { value: string }[]): string =>
  phones[0] ? formatPhone(phones[0].value) : (emails[0]?.value ?? '')

const findDialogs = async (base: ReplicaBase, ways: string[][]): Promise<Found[]> => {
  const found = new Map<string, Found>()
  for (const [first, ...rest] of ways) {
    if (first === undefined) continue
    await base.dialog
      .where('words')
      .startsWith(first)
      .distinct()
      .limit(dialogsLookedAt)
      .each((row) => {
        const words = 'words' in row && Array.isArray(row.words) ? row.words : []
        const fits = rest.every((key) => words.some((word) => String(word).startsWith(key)))
        if (!fits || row.deletedAt !== undefined || found.size >= shownOfEach) return
        found.set(row.id, {
          kind: 'dialog',
          id: row.id,
          path: `/dialogs/${row.id}`,
          title: row.subject || row.peer.name || row.peer.address,
          detail: row.subject ? (row.peer.name ?? row.peer.address) : row.peer.address,
        })
      })
  }
  return [...found.values()]
}
