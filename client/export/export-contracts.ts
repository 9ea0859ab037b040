/** The contracts of a list as a table (F45), those only that this user may take out. Needs no network. */
import { fieldsOf, fieldValue } from '../../shared/fields/fields.ts'
import type { Names } from '../../shared/fields/words.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import { seenFields } from '../../shared/records/field.ts'
import { mayExport, type Subject } from '../../shared/rights.ts'
import { resolveRows } from '../replica/resolve.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import { type Cell, cellOf } from './cells.ts'
import { type TableFile, type TableFormat, tableFile, withoutEmpty } from './table-file.ts'

/** Rows read at once. */
const page = 500

/** What a contract links beside its client. */
const links = [
  { key: 'person', label: { ru: 'Подписант', en: 'Signatory' } },
  { key: 'interest', label: { ru: 'Интерес', en: 'Interest' } },
] as const

export const exportContracts = async (
  base: ReplicaBase,
  ids: readonly string[],
  subject: Subject,
  language: 'ru' | 'en',
  format: TableFormat,
): Promise<TableFile & { count: number; withheld: number }> => {
  const [entries, employees, definitions] = await Promise.all([
    base.directory.toArray(),
    base.employee.toArray(),
    base.field.toArray(),
  ])
  const known = new Map(employees.map(({ id, name }) => [id, name]))
  const names: Names = {
    language,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    records: known,
    currency: defaultCurrency(entries),
    today: new Date(),
  }
  const infos = fieldsOf('contract', seenFields(subject, definitions))
  const clientKeys = infos.filter(({ kind }) => kind === 'client')
  const rows: Cell[][] = []
  for (let at = 0; at < ids.length; at += page) {
    const some = (await base.contract.bulkGet(ids.slice(at, at + page))).flatMap(
      (row) => (row && mayExport(subject, 'contract', row as unknown as Row) ? [row] : []), // a stored row
    )
    const clients = some.flatMap((row) =>
      clientKeys.flatMap((info) => String(fieldValue(info, row) ?? '')),
    )
    await learnNames(base, subject, some, clients, known)
    for (const row of some)
      rows.push([
        ...infos.map((info) => cellOf(info, fieldValue(info, row), names)),
        ...links.map(({ key }) => known.get(row[key] ?? '') ?? ''),
        row.id,
      ])
  }
  const heads = [...infos, ...links].map(({ label }) => label[language])
  return {
    ...tableFile(withoutEmpty([...heads, 'ID'], rows), format, language),
    count: rows.length,
    withheld: ids.length - rows.length,
  }
}

/** Names of what the rows link, as far as it may be taken out. */
const learnNames = async (
  base: ReplicaBase,
  subject: Subject,
  rows: readonly StoredRow<'contract'>[],
  clients: readonly string[],
  known: Map<string, string>,
): Promise<void> => {
  for (const [type, ids] of [
    ['client', clients],
    ['person', rows.flatMap(({ person }) => person ?? [])],
  ] as const)
    for (const [id, row] of await resolveRows(base, type, ids))
      if (mayExport(subject, type, { ...row })) known.set(id, row.name)
  for (const row of await base.interest.bulkGet(rows.flatMap(({ interest }) => interest ?? [])))
    if (row && mayExport(subject, 'interest', { ...row })) known.set(row.id, row.name)
}
