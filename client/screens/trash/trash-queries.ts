/** What lies in the trash, newest first. */
import type { RecordType } from '../../../shared/records/index.ts'
import type { ReplicaBase, StoredRow } from '../../replica/index.ts'

export interface Trashed {
  table: (typeof trashTables)[number]
  row: StoredRow<'client' | 'person' | 'task'>
  name: string
  deletedAt: number
}

export const trashTables = ['client', 'person', 'task'] as const satisfies RecordType[]

/** An index holds no row that lacks its column: only what is deleted is read. */
export const trashedRows = async (base: ReplicaBase): Promise<Trashed[]> => {
  const [clients, persons, tasks] = await Promise.all([
    base.client.orderBy('deletedAt').toArray(),
    base.person.orderBy('deletedAt').toArray(),
    base.task.orderBy('deletedAt').toArray(),
  ])
  const found: Omit<Trashed, 'deletedAt'>[] = [
    ...clients.map((row) => ({ table: 'client' as const, row, name: row.name })),
    ...persons.map((row) => ({ table: 'person' as const, row, name: row.name })),
    ...tasks.map((row) => ({ table: 'task' as const, row, name: row.title })),
  ]
  return found
    .map((one) => ({ ...one, deletedAt: one.row.deletedAt ?? 0 }))
    .sort((a, b) => b.deletedAt - a.deletedAt)
}

export const trashCount = async (base: ReplicaBase): Promise<number> => {
  const counts = await Promise.all(
    trashTables.map((table) => base.table(table).orderBy('deletedAt').count()),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
