/** The employees by id, and the names under messages. */
import type { Message } from '../../../shared/records/segment.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { t } from './list-texts.ts'

export type Employees = ReadonlyMap<string, StoredRow<'employee'>>

export const useEmployees = (replica: Replica): Employees => replica.known.employees.value

/** Whose face stands beside a message: the real name, of oneself too. */
export const faceName = ({ author }: Pick<Message, 'author'>, employees: Employees): string =>
  employees.get(author.employee ?? '')?.name ?? author.name ?? author.address ?? ''

/** Who wrote a message: a colleague by their present name, others as the channel names them. */
export const authorName = (
  { author }: Pick<Message, 'author'>,
  employees: Employees,
  self: string,
): string => {
  if (author.employee === self) return t('message.you')
  const colleague = author.employee ? employees.get(author.employee)?.name : undefined
  return colleague ?? author.name ?? author.address ?? t('message.employee')
}
