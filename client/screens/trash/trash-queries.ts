/** What lies in the trash, newest first. */
import type { RecordType } from '../../../shared/records/index.ts'
import type { Subject } from '../../../shared/rights.ts'
import type { ReplicaBase, StoredRow } from '../../replica/index.ts'

export interface Trashed {
  table: (typeof trashTables)[number] | 'template'
  row: StoredRow<Trashed['table']>
  /** What people know it by. */
  name: string
  /** Where it is looked at. */
  path: string
  deletedAt: number
}

/** Of these the relay erases what was deleted long ago (`trash` of their declarations). */
const trashTables = [
  'client',
  'person',
  'interest',
  'contract',
  'task',
  'interaction',
  'product',
] as const satisfies RecordType[]

/** Characters of an event's text that tell it from others. */
const shownOfText = 80

/**
 * Deleted templates. They are a handful, administrators alone can do anything with them, and the relay
 * keeps them: a sample that is added again is the one that was deleted, and an erased id never comes back.
 */
const trashedTemplates = async (
  base: ReplicaBase,
  { administrator }: Pick<Subject, 'administrator'>,
): Promise<StoredRow<'template'>[]> =>
  administrator
    ? (await base.template.toArray()).filter(({ deletedAt }) => deletedAt !== undefined)
    : []

/** An index holds no row that lacks its column: only what is deleted is read. */
export const trashedRows = async (
  base: ReplicaBase,
  subject: Pick<Subject, 'administrator'>,
): Promise<Trashed[]> => {
  const [clients, persons, interests, contracts, tasks, interactions, products, templates] =
    await Promise.all([
      base.client.orderBy('deletedAt').toArray(),
      base.person.orderBy('deletedAt').toArray(),
      base.interest.orderBy('deletedAt').toArray(),
      base.contract.orderBy('deletedAt').toArray(),
      base.task.orderBy('deletedAt').toArray(),
      base.interaction.orderBy('deletedAt').toArray(),
      base.product.orderBy('deletedAt').toArray(),
      trashedTemplates(base, subject),
    ])
  const one = <T extends Trashed['table']>(
    table: T,
    row: StoredRow<T>,
    name: string,
    path = `/${table}s/${row.id}`,
  ) => ({ table, row, name, path })
  const found: Omit<Trashed, 'deletedAt'>[] = [
    ...clients.map((row) => one('client', row, row.name)),
    ...persons.map((row) => one('person', row, row.name)),
    ...interests.map((row) => one('interest', row, row.name)),
    ...contracts.map((row) => one('contract', row, row.subject, `/documents/${row.id}`)),
    ...tasks.map((row) => one('task', row, row.title)),
    ...products.map((row) => one('product', row, row.name)),
    ...templates.map((row) => one('template', row, row.name, `/settings/templates/${row.id}`)),
    ...interactions.map((row) => {
      const words = row.text || (row.files?.[0]?.name ?? '')
      const path = `/${row.contactType}s/${row.contact}`
      return one('interaction', row, words.slice(0, shownOfText), path)
    }),
  ]
  return found
    .map((each) => ({ ...each, deletedAt: each.row.deletedAt ?? 0 }))
    .sort((a, b) => b.deletedAt - a.deletedAt)
}

export const trashCount = async (
  base: ReplicaBase,
  subject: Pick<Subject, 'administrator'>,
): Promise<number> => {
  const counts = await Promise.all(
    trashTables.map((table) => base.table(table).orderBy('deletedAt').count()),
  )
  const templates = await trashedTemplates(base, subject)
  return counts.reduce((sum, count) => sum + count, templates.length)
}
