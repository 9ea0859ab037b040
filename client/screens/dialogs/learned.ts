/** A client's card learns from the channel where its people write from (F70). */
import { normaliseEmail } from '../../../shared/emails.ts'
import type { Channel } from '../../../shared/records/account.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import type { Subject } from '../../../shared/rights.ts'
import { type ReplicaBase, resolveRow, type Write } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import { newPart } from '../clients/new-contact.ts'

/** The list of a card that an address of the channel belongs to; every channel has to say so. */
const lists: Readonly<
  Record<Channel, { field: 'emails'; kind: string; normal: (address: string) => string | null }>
> = {
  mail: { field: 'emails', kind: 'work', normal: normaliseEmail },
}

interface Peer {
  channel: Channel
  address: string
}

/**
 * What the client's card is told when a dialog turns out to be the client's; nothing where it, or one of
 * its people, is known by the address, or the user may not change the card.
 */
export const learnedWrites = async (
  { base, subject }: { base: ReplicaBase; subject: Subject },
  { channel, address }: Peer,
  id: string,
): Promise<Write[]> => {
  const { field, kind, normal } = lists[channel]
  const value = normal(address)
  const client = await resolveRow(base, 'client', id)
  if (!value || !client || mayWriteContact(subject, client, client) !== null) return []
  const known = [client, ...(await personsOf(base, client.id))]
  if (known.some((row) => row[field].some((part) => normal(part.value) === value))) return []
  return [
    { type: 'client', id: client.id, patch: { [field]: newPart(client[field], { value, kind }) } },
  ]
}

/** Takes back what `learnedWrites` added. */
export const forgottenWrites = (learned: readonly Write[]): Write[] =>
  learned.map(({ type, id, patch }) => ({
    type,
    id,
    patch: Object.fromEntries(
      Object.entries(patch).map(([field, parts]): [string, Patch] => [
        field,
        Object.fromEntries(Object.keys(parts ?? {}).map((part) => [part, null])),
      ]),
    ),
  }))
