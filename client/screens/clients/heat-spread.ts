/** To whom a change of heat may go on (F62): from a person to the company, from a company to its people. */
import { mayWriteContact } from '../../../shared/records/contact.ts'
import type { Subject } from '../../../shared/rights.ts'
import { type ReplicaBase, resolveRow, type StoredRow, type Write } from '../../replica/index.ts'
import { personsOf } from './client-queries.ts'

export type HeatSpread =
  | { to: 'client'; name: string; writes: Write[] }
  | { to: 'persons'; count: number; writes: Write[] }

/** Null where nobody is left who has another heat and whom the user may change. */
export const heatSpread = async (
  { base, subject }: { base: ReplicaBase; subject: Subject },
  table: 'client' | 'person',
  contact: { id: string; client?: string },
  heat: string,
): Promise<HeatSpread | null> => {
  const differs = (row: StoredRow<'client'> | StoredRow<'person'>) =>
    row.heat !== heat && mayWriteContact(subject, row, row) === null
  if (table === 'person') {
    const client = await resolveRow(base, 'client', contact.client)
    if (!client || client.deletedAt !== undefined || !differs(client)) return null
    const writes: Write[] = [{ type: 'client', id: client.id, patch: { heat } }]
    return { to: 'client', name: client.name, writes }
  }
  const persons = (await personsOf(base, contact.id)).filter(differs)
  if (persons.length === 0) return null
  const writes = persons.map(({ id }): Write => ({ type: 'person', id, patch: { heat } }))
  return { to: 'persons', count: persons.length, writes }
}
