/** Conditions in words, as chips above a list say them. */
import { type FieldInfo, isReference } from '../../shared/fields/fields.ts'
import {
  type Condition,
  type Filter,
  type Group,
  isGroup,
  me,
  type Operator,
} from '../../shared/fields/filter.ts'
import { type Names, wordsOf } from '../../shared/fields/words.ts'
import { labelOf, locale } from '../i18n/index.ts'
import { t } from './texts.ts'

const isDay = ({ kind }: FieldInfo): boolean =>
  kind === 'date' || kind === 'dates' || kind === 'moment'

const isChoice = ({ kind }: FieldInfo): boolean =>
  kind === 'oneOf' ||
  kind === 'manyOf' ||
  kind === 'entry' ||
  kind === 'tags' ||
  kind === 'employee' ||
  kind === 'employees' ||
  kind === 'segments' ||
  isReference(kind)

/** The operator as it reads of this kind of field: «раньше» of a day, «меньше» of a number. */
export const operatorWords = (info: FieldInfo, op: Operator): string => {
  if (isDay(info)) {
    if (op === 'is') return t('op.day')
    if (op === 'less') return t('op.before')
    if (op === 'more') return t('op.after')
  }
  if (isChoice(info)) {
    if (op === 'is') return t('op.oneOf')
    if (op === 'isNot') return t('op.noneOf')
  }
  return t(`op.${op}`)
}

const formatNumber = (value: number): string =>
  new Intl.NumberFormat(locale.value, { maximumFractionDigits: 10 }).format(value)

const one = (info: FieldInfo, value: unknown, names: Names): string => {
  if (typeof value === 'number') return formatNumber(value)
  if (value === me) return t('filter.me')
  if (typeof value === 'boolean') return t(value ? 'filter.yes' : 'filter.no')
  if (!isChoice(info)) return String(value)
  return wordsOf(info, info.kind === 'tags' ? [value] : value, names) || '…'
}

const valueWords = (info: FieldInfo, { op, value }: Condition, names: Names): string => {
  if (value === undefined) return ''
  if (op === 'past' || op === 'next') return t('filter.days', { count: Number(value) })
  if (op === 'between' && Array.isArray(value))
    return value.map((each) => one(info, each, names)).join(' – ')
  return Array.isArray(value)
    ? value.map((each) => one(info, each, names)).join(t('filter.or'))
    : one(info, value, names)
}

/** A whole filter, without the brackets that a group inside another one needs. */
export const ruleWords = (rule: Group, infos: readonly FieldInfo[], names: Names): string | null =>
  filterWords(rule, infos, names)?.slice(1, -1) ?? null

/** «Теплота: Горячий», «ИНН не заполнено», «(… или …)»; null where the field is no more. */
export const filterWords = (
  filter: Filter,
  infos: readonly FieldInfo[],
  names: Names,
): string | null => {
  if (isGroup(filter)) {
    const parts = filter.of.flatMap((each) => filterWords(each, infos, names) ?? [])
    return parts.length === 0
      ? null
      : `(${parts.join(t(filter.join === 'all' ? 'filter.and' : 'filter.or'))})`
  }
  const info = infos.find(({ key }) => key === filter.field)
  if (!info) return null
  const label = labelOf(info.label)
  const value = valueWords(info, filter, names)
  // The usual question needs no word for it.
  if (filter.op === 'is' || (filter.op === 'contains' && value !== '')) return `${label}: ${value}`
  return [label, operatorWords(info, filter.op), value].filter(Boolean).join(' ')
}
