/** What the form of a new contract begins with: of a copy (F64), of an Interest that it is about. */
import { type FieldInfo, fieldValue, isEmpty } from '../../../shared/fields/fields.ts'
import { formatMoney, type Names, wordsOf } from '../../../shared/fields/words.ts'
import { totalOf } from '../../../shared/interests/moves.ts'
import { ownCopies } from '../clients/copy.ts'
import type { Interest } from '../interests/queries.ts'
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

/** Worth what the Interest is worth altogether, and in its currency. */
export const contractOfInterest = (
  interest: Pick<Interest, 'id' | 'amount' | 'budget' | 'periods'>,
  language: Names['language'],
): Partial<ContractForm> => ({
  interest: interest.id,
  ...(interest.amount && {
    amount: formatMoney({ ...interest.amount, amount: totalOf(interest) }, language),
  }),
})
