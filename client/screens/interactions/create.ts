/** A new event of a contact. */
import { newId } from '../../../shared/ids.ts'
import { fail, type Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { InteractionRow } from '../../../shared/records/interaction.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'

export type Whose = Pick<InteractionRow, 'contact' | 'contactType'>

/** With the first of the contacts that this user may write about. */
export const createInteraction = async (
  replica: Replica,
  contacts: readonly Whose[],
  values: Patch,
): Promise<Result<InteractionRow>> => {
  let result: Result<InteractionRow> = fail('forbidden')
  for (const whose of contacts) {
    const patch = { ...values, ...whose, ...(await accessOf(replica, whose)) }
    result = await replica.write('interaction', newId(), patch)
    if (result.ok || result.reason !== 'forbidden') break
  }
  return result
}

/** The contact's access, until the relay says it: without it the event would be nobody's. */
const accessOf = async (replica: Replica, { contact, contactType }: Whose): Promise<Patch> => {
  const row = await replica.base.table(contactType).get(contact)
  const { managers, open } = (row ?? {}) as Partial<StoredRow<'client'>> // both types of contacts have them
  return { ...(managers && { managers }), ...(open && { open }) }
}
