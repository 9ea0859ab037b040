import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useReplica } from '../../frame/app-context.ts'
import type { StoredRow } from '../../replica/index.ts'

export type Account = StoredRow<'account'>
export type Employee = StoredRow<'employee'>

/** Connected mailboxes that the person may see, oldest first. */
export const useMailAccounts = (): ReadonlySignal<Account[]> => {
  const { known } = useReplica()
  return useComputed(() =>
    known.accounts.value
      .filter(({ channel, deletedAt }) => channel === 'mail' && deletedAt === undefined)
      .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
  )
}

/** Employees by name. */
export const useEmployees = (): ReadonlySignal<Employee[]> => {
  const { known } = useReplica()
  return useComputed(() =>
    [...known.employees.value.values()]
      .filter(({ deletedAt }) => deletedAt === undefined)
      .sort((a, b) => a.name.localeCompare(b.name, 'ru')),
  )
}
