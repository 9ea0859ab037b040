/** What the form of a new Interest begins with when it is a copy of one that is there (F64). */
import { type FieldInfo, fieldValue, isEmpty } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { ownCopies } from '../clients/copy.ts'
import type { Entered } from '../clients/new-values.ts'
import type { Interest } from './queries.ts'

/** What the form does not ask for; not when it is closed and how likely it is: that is the one's own. */
const alsoCopied = [
  'person',
  'budget',
  'periods',
  'channel',
  'description',
  'tags',
  'restricted',
  'members',
  'amountBy',
] as const

export interface CopiedInterest {
  name: string
  client: string
  scenario: string
  amount: string
  responsible: string
  custom: Entered
  also: Patch
}

/** @param infos what the user may see and change of the record */
export const copyOfInterest = (
  row: Interest,
  infos: readonly FieldInfo[],
  names: Names,
): CopiedInterest => {
  const amount = infos.find(({ key }) => key === 'amount')
  return {
    name: row.name,
    client: row.client ?? '',
    scenario: row.scenario,
    amount: amount ? wordsOf(amount, fieldValue(amount, row), names) : '',
    responsible: row.responsible ?? '',
    custom: ownCopies(row, infos, names),
    also: {
      ...Object.fromEntries(
        alsoCopied.flatMap((name) => (isEmpty(row[name]) ? [] : [[name, row[name]]])),
      ),
      ...(row.lines.length > 0 && {
        lines: Object.fromEntries(row.lines.map(({ id: _, ...line }) => [newId(), line])),
      }),
    },
  }
}
