/**
 * F45: the clients or contact persons of a list as a file, those only that this user may take out.
 * Needs no network.
 */

import { fieldValue } from '../../shared/fields/fields.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import { seenFields } from '../../shared/records/field.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import { type ImportField, importedFieldsOf } from '../import/targets.ts'
import { resolveRows } from '../replica/resolve.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import { type ContactsTable, contactsTable } from './contacts-table.ts'
import { type TableFile, type TableFormat, tableFile } from './table-file.ts'

export interface ExportedContacts extends TableFile {
  count: number
  /** Seen in the list, and not this user's to take out. */
  withheld: number
}

/** Rows read at once. */
const page = 500

type Client = StoredRow<'client'>
type Person = StoredRow<'person'>

interface Source {
  base: ReplicaBase
  subject: Subject
  table: ContactsTable
  fields: readonly ImportField[]
  /** Names of employees, of segments by hand, and of the clients that fields name. */
  names: Map<string, string>
}

export const exportContacts = async (
  base: ReplicaBase,
  of: 'client' | 'person',
  ids: readonly string[],
  subject: Subject,
  language: 'ru' | 'en',
  format: TableFormat,
): Promise<ExportedContacts> => {
  const [entries, employees, segments, definitions] = await Promise.all([
    base.directory.toArray(),
    base.employee.toArray(),
    base.clientSegment.toArray(),
    base.field.toArray(),
  ])
  // Nobody is put into a segment by rule: what it holds follows from the other columns.
  const byHand = segments.filter(
    ({ deletedAt, filter }) => deletedAt === undefined && filter === undefined,
  )
  const names = new Map([...employees, ...byHand].map(({ id, name }) => [id, name]))
  const fields = importedFieldsOf(seenFields(subject, definitions), entries)
  const table = contactsTable(fields, {
    language,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    records: names,
    currency: defaultCurrency(entries),
    today: new Date(),
  })
  const source: Source = { base, subject, table, fields, names }
  let count = 0
  for (let at = 0; at < ids.length; at += page) {
    const slice = ids.slice(at, at + page)
    count += await (of === 'client' ? addClients(source, slice) : addPersons(source, slice))
  }
  return { ...tableFile(table.end(), format, language), count, withheld: ids.length - count }
}

const mayTake = (subject: Subject, row: Client | Person): boolean =>
  mayExport(subject, row.type, { ...row })

const isLive = ({ deletedAt, mergedInto }: Person | Client): boolean =>
  deletedAt === undefined && mergedInto === undefined

const addClients = async (source: Source, ids: string[]): Promise<number> => {
  const { base, subject, table } = source
  const clients = (await base.client.bulkGet(ids)).flatMap((row) =>
    row && mayTake(subject, row) ? [row] : [],
  )
  /** Of a client that was merged into another its persons are the other's. */
  const owner = new Map(
    clients.flatMap((row) => [row.id, ...mergedHere(row)].map((id) => [id, row.id])),
  )
  const persons = await base.person
    .where('client')
    .anyOf([...owner.keys()])
    .toArray()
  const byClient = new Map<string, Person[]>()
  for (const person of persons) {
    if (!isLive(person) || !mayTake(subject, person)) continue
    const client = owner.get(person.client ?? '') ?? ''
    byClient.set(client, [...(byClient.get(client) ?? []), person])
  }
  await learnNames(source, [...clients, ...[...byClient.values()].flat()])
  for (const client of clients) table.addClient(client, byClient.get(client.id) ?? [])
  return clients.length
}

const addPersons = async (source: Source, ids: string[]): Promise<number> => {
  const { base, subject, table } = source
  const persons = (await base.person.bulkGet(ids)).flatMap((row) =>
    row && mayTake(subject, row) ? [row] : [],
  )
  const owners = await resolveRows(
    base,
    'client',
    persons.flatMap(({ client }) => client ?? []),
  )
  await learnNames(source, persons)
  for (const person of persons) {
    const owner = owners.get(person.client ?? '')
    table.addPerson(person, owner && isLive(owner) && mayTake(subject, owner) ? owner : null)
  }
  return persons.length
}

/** Names of the clients that fields of these rows name. */
const learnNames = async (
  { base, subject, fields, names }: Source,
  rows: readonly (Client | Person)[],
): Promise<void> => {
  const named = fields.filter(({ info }) => info.kind === 'client')
  const ids = new Set(
    rows.flatMap((row) =>
      named.flatMap(({ info }) => {
        const id = fieldValue(info, { ...row })
        return typeof id === 'string' && !names.has(id) ? [id] : []
      }),
    ),
  )
  for (const [id, row] of await resolveRows(base, 'client', [...ids]))
    if (mayTake(subject, row)) names.set(id, row.name)
}
