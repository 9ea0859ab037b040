import type { ReadonlySignal } from '@preact/signals'
import { useReplica } from '../../frame/app-context.ts'
import { type StoredRow, useLive } from '../../replica/index.ts'

export type Account = StoredRow<'account'>
export type Employee = StoredRow<'employee'>

/** Connected mailboxes that the person may see, oldest first; null before they were read. */
export const useMailAccounts = (): ReadonlySignal<Account[] | null> => {
  const { base } = useReplica()
  return useLive<Account[] | null>(
    async () =>
      (await base.account.toArray())
        .filter(({ channel, deletedAt }) => channel === 'mail' && deletedAt === undefined)
        .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)),
    [base],
    null,
  )
}

/** Employees by name. */
export const useEmployees = (): ReadonlySignal<Employee[]> => {
  const { base } = useReplica()
  return useLive<Employee[]>(
    async () =>
      (await base.employee.toArray())
        .filter(({ deletedAt }) => deletedAt === undefined)
        .sort((a, b) => a.name.localeCompare(b.name, 'ru')),
    [base],
    [],
  )
}
