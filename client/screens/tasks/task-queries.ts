/** Tasks as screens read them from the replica. */
import { identitiesOf, type ReplicaBase, resolveRows, type StoredRow } from '../../replica/index.ts'

export interface TaskEntry {
  task: StoredRow<'task'>
  client: StoredRow<'client'> | undefined
  person: StoredRow<'person'> | undefined
}

/** Closed tasks that a list shows at most: who looks for older ones searches. */
const closedShown = 500

export const openTasks = (base: ReplicaBase): Promise<StoredRow<'task'>[]> =>
  base.task.orderBy('openAt').toArray()

export const closedTasks = (base: ReplicaBase): Promise<StoredRow<'task'>[]> =>
  base.task.orderBy('closedAt').reverse().limit(closedShown).toArray()

/** With the contacts behind their links, as far as this user may read them. */
export const withContacts = async (
  base: ReplicaBase,
  tasks: readonly StoredRow<'task'>[],
): Promise<TaskEntry[]> => {
  const [clients, persons] = await Promise.all([
    resolveRows(base, 'client', new Set(tasks.map(({ client }) => client ?? ''))),
    resolveRows(base, 'person', new Set(tasks.map(({ person }) => person ?? ''))),
  ])
  return tasks.map((task) => ({
    task,
    client: clients.get(task.client ?? ''),
    person: persons.get(task.person ?? ''),
  }))
}

/** What is planned with a contact: `table` says which link. Those of merged cards are its own. */
export const tasksOf = async (
  base: ReplicaBase,
  table: 'client' | 'person' | 'interest',
  id: string,
): Promise<StoredRow<'task'>[]> => {
  const ids = table === 'interest' ? [id] : await identitiesOf(base, table, id)
  const found = await base.task.where(table).anyOf(ids).toArray()
  return found.filter(({ deletedAt }) => deletedAt === undefined)
}
