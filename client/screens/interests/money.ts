/** Sums of Interests as the board shows them: whole units, each currency by itself. */
import { totalOf } from '../../../shared/interests/moves.ts'
import type { InterestRow } from '../../../shared/records/interest.ts'
import { locale } from '../../i18n/index.ts'

// Making an Intl format costs more than using it a thousand times.
const formats = new Map<string, Intl.NumberFormat>()

/** `1 250 000 ₽` */
export const formatSum = (amount: number, currency: string): string => {
  const key = `${locale.value} ${currency}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale.value === 'ru' ? 'ru-RU' : 'en-GB', {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
    })
    formats.set(key, format)
  }
  return format.format(amount)
}

type Summed = Pick<InterestRow, 'amount' | 'budget' | 'periods'>

/** What they are worth together, by currency, the largest first. */
const sumsOf = (rows: readonly Summed[]): { currency: string; sum: number }[] => {
  const sums = new Map<string, number>()
  for (const row of rows)
    if (row.amount)
      sums.set(row.amount.currency, (sums.get(row.amount.currency) ?? 0) + totalOf(row))
  return [...sums].map(([currency, sum]) => ({ currency, sum })).sort((a, b) => b.sum - a.sum)
}

export const sumsText = (rows: readonly Summed[]): string =>
  sumsOf(rows)
    .map(({ currency, sum }) => formatSum(sum, currency))
    .join(' · ')
