import { afterEach, describe, expect, it } from 'vitest'
import { catalogue, locale } from '../../../client/i18n/index.ts'
import { initialLocale } from '../../../client/i18n/locale.ts'
import { reasonText } from '../../../client/i18n/reasons.ts'

afterEach(() => {
  locale.value = 'ru'
})

const t = catalogue({
  plain: { ru: 'Диалоги', en: 'Dialogs' },
  found: {
    ru: { one: '{count} клиент', few: '{count} клиента', other: '{count} клиентов' },
    en: { one: '{count} client', other: '{count} clients' },
  },
  named: { ru: 'Привет, {name}', en: 'Hello {name}' },
})

describe('texts', () => {
  it.each([
    [1, '1 клиент'],
    [2, '2 клиента'],
    [5, '5 клиентов'],
    [11, '11 клиентов'],
    [21, '21 клиент'],
    [104, '104 клиента'],
    [0, '0 клиентов'],
  ])('decline %i in Russian', (count, text) => {
    locale.value = 'ru'
    expect(t('found', { count })).toBe(text)
  })

  it('decline in English', () => {
    locale.value = 'en'
    expect(t('found', { count: 1 })).toBe('1 client')
    expect(t('found', { count: 21 })).toBe('21 clients')
  })

  it('group the digits of large numbers as the language does', () => {
    locale.value = 'ru'
    expect(t('found', { count: 10_000 }).replace(/\s/g, ' ')).toBe('10 000 клиентов')
    locale.value = 'en'
    expect(t('found', { count: 10_000 })).toBe('10,000 clients')
  })

  it('follow the language of the interface', () => {
    locale.value = 'ru'
    expect(t('plain')).toBe('Диалоги')
    locale.value = 'en'
    expect(t('plain')).toBe('Dialogs')
  })

  it('put values in as they are, signs of patterns too', () => {
    locale.value = 'ru'
    expect(t('named', { name: '$& {count}' })).toBe('Привет, $& {count}')
  })

  it('say a reason in the language of the interface', () => {
    locale.value = 'en'
    expect(reasonText('unreachable')).toMatch(/not lost/)
    locale.value = 'ru'
    expect(reasonText('unreachable')).toMatch(/не потеряно/)
  })
})

describe('the language at first', () => {
  it('is the one chosen on this device', () => {
    expect(initialLocale('en', ['ru-RU'])).toBe('en')
  })
  it('is Russian where the browser says ru', () => {
    expect(initialLocale(null, ['ru-RU', 'en'])).toBe('ru')
  })
  it('is the first of the browser’s that there is', () => {
    expect(initialLocale('de', ['de-DE', 'ru', 'en'])).toBe('ru')
  })
  it('is English for everyone else', () => {
    expect(initialLocale(null, ['de-DE', 'fr'])).toBe('en')
  })
})
