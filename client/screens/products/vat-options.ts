import { type VatRate, vatRates } from '../../../shared/interests/lines.ts'
import { labelOf } from '../../i18n/index.ts'

/** Rates to choose from, the least first; `none` is what an empty choice is called. */
export const vatOptions = (none: string): { value: VatRate | ''; label: string }[] => [
  { value: '', label: none },
  // Object.entries forgets the key type, and puts what looks like a number first.
  ...(Object.entries(vatRates) as [VatRate, { ru: string; en: string }][])
    .sort(([a], [b]) => (a === 'none' ? -1 : Number(a)) - (b === 'none' ? -1 : Number(b)))
    .map(([value, label]) => ({ value, label: labelOf(label) })),
]
