/** What is said of a row of the file: its mistakes, the record it is about, what differs there. */

import { formatDay } from '../../../shared/fields/days.ts'
import { formatPhone } from '../../../shared/phones.ts'
import type { Field } from '../../../shared/records/declaration.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import type { Found } from '../../import/pass.ts'
import type { Changed, ImportedType } from '../../import/plan.ts'
import type { Problem } from '../../import/values.ts'
import { t } from './texts.ts'

export const problemWords = ({ code, value }: Problem): string => {
  const words = t(`problem.${code}`)
  return value === '' ? words : `${words}: ${value}`
}

export const foundWords = ({ name, key, line }: Found): string => {
  const [kind, value = ''] = splitKey(key)
  const by =
    kind === 'name' || kind === 'id'
      ? t(`by.${kind}`)
      : `${t(`by.${kind}`)} ${kind === 'phone' ? formatPhone(value) : value}`
  return line === undefined ? t('found.base', { name, by }) : t('found.file', { line, name, by })
}

const splitKey = (key: Found['key']): ['id' | 'phone' | 'email' | 'inn' | 'name', string] => {
  const kinds = ['id', 'phone', 'email', 'inn', 'name'] as const
  const kind = kinds.find((each) => key.startsWith(`${each}:`)) ?? 'name'
  return [kind, key.slice(kind.length + 1)]
}

export interface Difference {
  field: string
  before: string
  after: string
}

/** Field by field: what is there, and what the file says. `names` are those of employees and tags by id. */
export const differencesOf = (
  type: ImportedType,
  changed: Changed,
  names: ReadonlyMap<string, string>,
): Difference[] =>
  // When it came to a stage goes with the stage.
  Object.entries(changed)
    .filter(([path]) => !path.startsWith('entered/'))
    .map(([path, [before, after]]) => {
      const name = path.split('/', 1)[0] ?? ''
      const field = declarationOf(type).fields[name]
      const words = (value: unknown) => {
        const text = valueWords(field, value, names, name)
        return name === 'phones' ? formatPhone(text) : text
      }
      return {
        field: field ? labelOf(field.label) : name,
        before: words(before),
        after: words(after),
      }
    })

const moments: ReadonlySet<string> = new Set(['due', 'at'])

const valueWords = (
  field: Field | undefined,
  value: unknown,
  names: ReadonlyMap<string, string>,
  name: string,
): string => {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value))
    return value.map((each) => valueWords(field, each, names, name)).join(', ')
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number' && moments.has(name)) return formatDateTime(value)
  if (typeof value === 'object') {
    // A part, an amount, where an Interest stands, when a task was closed, or when it came to a stage.
    const { value: words, amount, currency, stage, at } = value as Record<string, unknown>
    if (typeof amount === 'number') return `${amount.toLocaleString(locale.value)} ${currency}`
    if (typeof stage === 'string') return names.get(stage) ?? ''
    return words === undefined && typeof at === 'number' ? formatDateTime(at) : String(words ?? '')
  }
  const text = String(value)
  if (name === 'closeDate') return formatDay(text)
  const option = field?.kind === 'scalar' ? field.options?.[text] : undefined
  return option ? labelOf(option) : (names.get(text) ?? text)
}
