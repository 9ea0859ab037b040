/** The contracts of a list as a table (F45), those only that this user may take out. Needs no network. */
import { withLapsed } from '../../shared/contracts.ts'
import { dayOf } from '../../shared/fields/days.ts'
import {
  type FieldInfo,
  fieldsOf,
  fieldValue,
  type ReferenceKind,
} from '../../shared/fields/fields.ts'
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
  const infos = withLapsed(
    fieldsOf('contract', seenFields(subject, definitions)),
    dayOf(names.today),
  )
  const rows: Cell[][] = []
  for (let at = 0; at < ids.length; at += page) {
    const some = (await base.contract.bulkGet(ids.slice(at, at + page))).flatMap(
      (row) => (row && mayExport(subject, 'contract', row as unknown as Row) ? [row] : []), // a stored row
    )
    await learnNames(base, subject, some, infos, known)
    for (const row of some)
      rows.push([...infos.map((info) => cellOf(info, fieldValue(info, row), names)), row.id])
  }
  const heads = infos.map(({ label }) => label[language])
  return {
    ...tableFile(withoutEmpty([...heads, 'ID'], rows), format, language),
    count: rows.length,
    withheld: ids.length - rows.length,
  }
}

/** Names of what the rows refer to, as far as it may be taken out. */
const learnNames = async (
  base: ReplicaBase,
  subject: Subject,
  rows: readonly StoredRow<'contract'>[],
  infos: readonly FieldInfo[],
  known: Map<string, string>,
): Promise<void> => {
  const idsOf = (kind: ReferenceKind): string[] =>
    infos
      .filter((info) => info.kind === kind)
      .flatMap((info) => rows.flatMap((row) => String(fieldValue(info, row) ?? '')))
  for (const kind of ['client', 'person'] as const)
    for (const [id, row] of await resolveRows(base, kind, idsOf(kind)))
      if (mayExport(subject, kind, { ...row })) known.set(id, row.name)
  for (const row of await base.interest.bulkGet(idsOf('interest')))
    if (row && mayExport(subject, 'interest', { ...row })) known.set(row.id, row.name)
}
