/** F45: the clients of a list as a file, those only that this user may take out. Needs no network. */
import { defaultCurrency } from '../../shared/records/directory.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import { importedFieldsOf } from '../import/targets.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { clientsTable } from './clients-table.ts'
import { byteOrderMark, csvLine } from './csv.ts'
import { xlsxFile } from './xlsx.ts'

export type TableFormat = 'csv' | 'xlsx'

export interface ExportedClients {
  blob: Blob
  clients: number
  /** Seen in the list, and not this user's to take out. */
  withheld: number
}

/** Clients read at once. */
const page = 500

export const exportClients = async (
  base: ReplicaBase,
  ids: readonly string[],
  subject: Subject,
  language: 'ru' | 'en',
  format: TableFormat,
): Promise<ExportedClients> => {
  const [entries, employees, definitions] = await Promise.all([
    base.directory.toArray(),
    base.employee.toArray(),
    base.field.toArray(),
  ])
  const table = clientsTable(importedFieldsOf(definitions), {
    language,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    records: new Map(employees.map(({ id, name }) => [id, name])),
    currency: defaultCurrency(entries),
    today: new Date(),
  })
  let clients = 0
  let withheld = 0
  for (let at = 0; at < ids.length; at += page) {
    const slice = ids.slice(at, at + page)
    const [rows, persons] = await Promise.all([
      base.client.bulkGet(slice),
      base.person.where('client').anyOf(slice).toArray(),
    ])
    const may = (row: { id: string; type: string }) => mayExport(subject, row.type, { ...row })
    const byClient = new Map<string, typeof persons>()
    for (const person of persons) {
      if (person.deletedAt !== undefined || person.mergedInto !== undefined || !may(person))
        continue
      const { client = '' } = person
      byClient.set(client, [...(byClient.get(client) ?? []), person])
    }
    for (const row of rows) {
      if (!row) continue
      if (!may(row)) {
        withheld++
        continue
      }
      table.add(row, byClient.get(row.id) ?? [])
      clients++
    }
  }
  const rows = table.end()
  const blob =
    format === 'xlsx'
      ? xlsxFile(rows)
      : new Blob([byteOrderMark, ...rows.map(csvLine)], { type: 'text/csv;charset=utf-8' })
  return { blob, clients, withheld }
}
