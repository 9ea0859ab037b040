import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from '../../../client/i18n/index.ts'
import { filterWords } from '../../../client/lists/filter-words.ts'
import { customField, fieldsOf } from '../../../shared/fields/fields.ts'
import type { Condition } from '../../../shared/fields/filter.ts'

beforeEach(() => {
  locale.value = 'ru'
})

const budget = customField({
  id: 'budget',
  type: 'field',
  recordType: 'client',
  kind: 'money',
  name: 'Бюджет',
  options: [],
})
const infos = [...fieldsOf('client', []), budget]
const names = {
  language: 'ru',
  entries: new Map(),
  records: new Map(),
  currency: 'RUB',
  today: new Date(2026, 10, 22),
} as const

const words = (asked: Condition) =>
  // Whichever space the formatter groups by.
  filterWords(asked, infos, names)?.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('a condition in words', () => {
  it('groups the digits of its numbers', () => {
    expect(words({ field: budget.key, op: 'more', value: 1_000_000 })).toBe(
      'Бюджет больше 1 000 000',
    )
    expect(words({ field: budget.key, op: 'between', value: [1_500.5, 20_000] })).toBe(
      'Бюджет в пределах 1 500,5 – 20 000',
    )
  })
  it('counts days as people do', () => {
    expect(words({ field: 'createdAt', op: 'past', value: 1 })).toBe('Создано за последние 1 день')
    expect(words({ field: 'createdAt', op: 'past', value: 3 })).toBe('Создано за последние 3 дня')
    expect(words({ field: 'createdAt', op: 'next', value: 30 })).toBe('Создано в ближайшие 30 дней')
  })
})
