/** What the card of a client reads from the replica. */
import type { FileRef } from '../../../shared/records/segment.ts'
import {
  identitiesOf,
  type MessageRow,
  newestMessages,
  type ReplicaBase,
  type StoredRow,
} from '../../replica/index.ts'

/** Dialogs of a client, or of one contact person. */
export type Whose = { client: string } | { person: string }

export const dialogsOf = async (
  base: ReplicaBase,
  whose: Whose,
): Promise<StoredRow<'dialog'>[]> => {
  const [field, id] =
    'client' in whose ? (['client', whose.client] as const) : (['person', whose.person] as const)
  return base.dialog
    .where(field)
    .anyOf(await identitiesOf(base, field, id))
    .toArray()
}

/** The newest `limit` messages of all dialogs of a client, newest first. */
export const messagesOf = async (
  base: ReplicaBase,
  whose: Whose,
  limit: number,
): Promise<MessageRow[]> => {
  const dialogs = await dialogsOf(base, whose)
  const lists = await Promise.all(
    dialogs
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map(({ id }) => newestMessages(base, id, limit)),
  )
  return lists
    .flat()
    .sort((a, b) => b.at - a.at)
    .slice(0, limit)
}

/** Files of those messages, each once, newest first; pictures inside letters are none. */
export const filesOf = (messages: readonly MessageRow[]): FileRef[] => {
  const byHash = new Map<string, FileRef>()
  for (const { files } of messages)
    for (const file of files ?? [])
      if (!file.cid && !byHash.has(file.hash)) byHash.set(file.hash, file)
  return [...byHash.values()]
}

/** Key persons first. */
export const personsOf = async (
  base: ReplicaBase,
  client: string,
): Promise<StoredRow<'person'>[]> =>
  (
    await base.person
      .where('client')
      .anyOf(await identitiesOf(base, 'client', client))
      .toArray()
  )
    .filter(({ deletedAt, mergedInto }) => deletedAt === undefined && mergedInto === undefined)
    .sort(
      (a, b) =>
        Number(b.keyPerson === true) - Number(a.keyPerson === true) ||
        a.name.localeCompare(b.name, 'ru'),
    )
