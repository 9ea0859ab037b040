/** What a refusal is about, in words: the field, or what uses the entry that was to go. */

import type { Reason } from '../../../shared/reasons.ts'
import { declarationOf, isRecordType, type RecordType } from '../../../shared/records/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { heldBy, inForceWords } from '../documents/title.ts'
import type { Names } from './field-words.ts'
import { t } from './texts.ts'

interface Refusal {
  type: RecordType
  reason: Reason
  field?: string
}

/** Empty where the reason says it all. */
export const refusalWords = ({ type, reason, field }: Refusal, names: Names): string => {
  if (field === undefined) return ''
  if (reason === 'contractInForce') {
    const { count, contract } = heldBy(field)
    return inForceWords(names.get(contract), count)
  }
  if (reason === 'inUse') return t('usedBy', { uses: usesIn(field) })
  const label = field.startsWith('custom/')
    ? names.get(field.slice('custom/'.length))
    : declaredLabel(type, field)
  return label === undefined ? '' : t('field', { name: label })
}

const declaredLabel = (type: RecordType, field: string): string | undefined => {
  const declared = declarationOf(type).fields[field]
  return declared && labelOf(declared.label)
}

/** `client:3,person:1`, as the relay says it, as `3 клиента, 1 контактное лицо`. */
const usesIn = (field: string): string =>
  field
    .split(',')
    .map((each) => {
      const [type = '', count = ''] = each.split(':')
      if (type === 'client' || type === 'person') return t(`uses.${type}`, { count: Number(count) })
      return `${isRecordType(type) ? labelOf(declarationOf(type).label) : type}: ${count}`
    })
    .join(', ')
