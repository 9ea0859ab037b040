/** Records of new clients and contact persons, from what a form or a letter gave. */
import { generateKeyBetween } from 'fractional-indexing'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { Part } from '../../../shared/records/declaration.ts'
import type { NameParts } from '../../../shared/records/name-parts.ts'
import type { Write } from '../../replica/index.ts'

export interface NewContact {
  /** Whole; shown where there are no parts. */
  name: string
  names?: NameParts
  /** E.164, or as typed where it is an internal number. */
  phone?: string
  email?: string
  /** Further ones: a client may have written from several. */
  moreEmails?: readonly string[]
}

export interface NewClient extends NewContact {
  kind: ClientRow['kind']
  inn?: string
}

/** A patch that adds a part at the end of a list. */
export const newPart = <T extends object>(
  list: readonly { order: string }[],
  value: T,
): Record<string, T & { order: string }> => ({
  [newId()]: { ...value, order: generateKeyBetween(list.at(-1)?.order ?? null, null) },
})

const ways = ({ phone, email, moreEmails = [] }: NewContact): Patch => {
  const emails: Part<{ value: string }>[] = []
  for (const value of new Set([...(email ? [email] : []), ...moreEmails])) {
    const part = newPart(emails, { value, kind: 'work' })
    emails.push(...Object.entries(part).map(([id, made]) => ({ id, ...made })))
  }
  return {
    ...(phone && { phones: newPart([], { value: phone, kind: 'work' }) }),
    ...(emails.length > 0 && {
      emails: Object.fromEntries(emails.map(({ id, ...part }) => [id, part])),
    }),
  }
}

/** The creator is always among the managers: who could not read a record may not create it. */
export const clientWrite = (client: NewClient, managers: readonly string[]): Write => ({
  type: 'client',
  id: newId(),
  patch: {
    kind: client.kind,
    name: client.name,
    ...client.names,
    managers: [...new Set(managers)],
    ...(client.inn && { inn: client.inn }),
    ...ways(client),
  },
})

/** A person's access is taken from the client when created (F57). */
export const personWrite = (
  person: NewContact & { position?: string },
  of: Pick<ClientRow, 'id' | 'managers' | 'open'> | null,
  self: string,
): Write => ({
  type: 'person',
  id: newId(),
  patch: {
    name: person.name,
    ...person.names,
    managers: [...new Set([self, ...(of?.managers ?? [])])],
    ...(of && { client: of.id }),
    ...(of?.open && { open: of.open }),
    ...(person.position && { position: person.position }),
    ...ways(person),
  },
})
