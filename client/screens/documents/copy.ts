/** What the form of a new contract begins with when it is a copy of one that is there (F64). */
import { type FieldInfo, fieldValue, isEmpty } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { ownCopies } from '../clients/copy.ts'
import type { ContractForm } from './new-contract-dialog.tsx'
import type { Contract } from './queries.ts'

/** What the form does not ask for; not its files, number, dates and status: those are the one's own. */
const alsoCopied = [
  'person',
  'interest',
  'remindDays',
  'description',
  'tags',
  'restricted',
  'members',
] as const

/** @param infos what the user may see and change of the record */
export const copyOfContract = (
  row: Contract,
  infos: readonly FieldInfo[],
  names: Names,
): Partial<ContractForm> => {
  const amount = infos.find(({ key }) => key === 'amount')
  return {
    subject: row.subject,
    client: row.client,
    kind: row.kind ?? '',
    amount: amount ? wordsOf(amount, fieldValue(amount, row), names) : '',
    renews: row.renews === true,
    responsible: row.responsible ?? '',
    custom: ownCopies(row, infos, names),
    also: Object.fromEntries(
      alsoCopied.flatMap((name) => (isEmpty(row[name]) ? [] : [[name, row[name]]])),
    ),
  }
}
