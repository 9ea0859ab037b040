/** A contract as people call it: «Договор № 12 от 01.02.2026»; and what it keeps from being deleted (F61). */
import { isLapsed } from '../../../shared/contracts.ts'
import { dayOf, formatDay } from '../../../shared/fields/days.ts'
import type { ContractRow } from '../../../shared/records/contract.ts'
import { t } from './title-texts.ts'

type Named = Pick<ContractRow, 'number' | 'date'>

export const contractName = ({ number, date }: Named): string => {
  const name = number === undefined ? t('unnumbered') : t('numbered', { number })
  return date === undefined ? name : t('dated', { name, date: formatDay(date) })
}

/** Within a sentence. */
const inSentence = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** Why a client is not deleted. `first`: one of the contracts that hold it, of `count`. */
export const heldWords = (
  first: Named & Pick<ContractRow, 'status' | 'validTo' | 'renews'>,
  count: number,
  today: Date,
): string => {
  const name = inSentence(contractName(first))
  const over = isLapsed(first, dayOf(today)) ? 'Lapsed' : ''
  return count > 1 ? t(`held${over}More`, { name, count: count - 1 }) : t(`held${over}`, { name })
}

/** The relay's answer, `<how many>:<id of one>`. */
export const heldBy = (field: string): { count: number; contract: string } => {
  const [count = '', contract = ''] = field.split(':')
  return { count: Number(count), contract }
}

/** What holds, beside the reason itself; `name` of one of them where the user may see it. */
export const inForceWords = (name: string | undefined, count: number): string => {
  if (name === undefined) return t('inForceUnknown', { count })
  return count > 1 ? t('inForceMore', { name, count: count - 1 }) : t('inForce', { name })
}
