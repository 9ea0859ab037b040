/** What lies in the trash, newest first. */
import type { RecordType } from '../../../shared/records/index.ts'
import type { ReplicaBase, StoredRow } from '../../replica/index.ts'

export interface Trashed {
  table: (typeof trashTables)[number]
  row: StoredRow<'client' | 'person' | 'interest' | 'contract' | 'task' | 'interaction' | 'product'>
  /** What people know it by. */
  name: string
  /** Where it is looked at. */
  path: string
  deletedAt: number
}

export const trashTables = [
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

/** An index holds no row that lacks its column: only what is deleted is read. */
export const trashedRows = async (base: ReplicaBase): Promise<Trashed[]> => {
  const [clients, persons, interests, contracts, tasks, interactions, products] = await Promise.all(
    [
      base.client.orderBy('deletedAt').toArray(),
      base.person.orderBy('deletedAt').toArray(),
      base.interest.orderBy('deletedAt').toArray(),
      base.contract.orderBy('deletedAt').toArray(),
      base.task.orderBy('deletedAt').toArray(),
      base.interaction.orderBy('deletedAt').toArray(),
      base.product.orderBy('deletedAt').toArray(),
    ],
  )
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

export const trashCount = async (base: ReplicaBase): Promise<number> => {
  const counts = await Promise.all(
    trashTables.map((table) => base.table(table).orderBy('deletedAt').count()),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
