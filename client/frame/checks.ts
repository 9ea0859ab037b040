/** What is wrong with a typed value, in words; undefined where nothing is. */
import { normaliseEmail } from '../../shared/emails.ts'
import { isInn } from '../../shared/inn.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { minPasswordLength } from '../../shared/protocol/api.ts'
import { catalogue } from '../i18n/index.ts'

const t = catalogue({
  empty: { ru: 'Заполните это поле', en: 'Fill this in' },
  email: { ru: 'Некорректный email', en: 'This is not an e-mail address' },
  phone: { ru: 'Недопустимый номер телефона', en: 'This is not a phone number' },
  inn: {
    ru: 'В ИНН 10 или 12 цифр, и контрольные цифры должны сойтись',
    en: 'An INN has 10 or 12 digits, and its check digits must agree',
  },
  password: {
    ru: { one: 'Пароль короче {count} знака', other: 'Пароль короче {count} знаков' },
    en: 'The password has fewer than {count} characters',
  },
  port: { ru: 'Порт от 1 до 65535', en: 'A port from 1 to 65535' },
  people: { ru: 'Целое число, не меньше 1', en: 'A whole number, at least 1' },
})

type Check = (typed: string) => string | undefined

export const filled: Check = (typed) => (typed.trim() === '' ? t('empty') : undefined)
export const emailTyped: Check = (typed) =>
  filled(typed) ?? (normaliseEmail(typed) === null ? t('email') : undefined)
export const phoneOrEmpty: Check = (typed) =>
  typed.trim() !== '' && normalisePhone(typed) === null ? t('phone') : undefined
export const innOrEmpty: Check = (typed) =>
  typed.trim() !== '' && !isInn(typed.trim()) ? t('inn') : undefined
export const longPassword: Check = (typed) =>
  typed.length < minPasswordLength ? t('password', { count: minPasswordLength }) : undefined
export const portTyped: Check = (typed) => {
  const port = Number(typed)
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? undefined : t('port')
}
export const peopleOrEmpty: Check = (typed) => {
  const count = Number(typed)
  return typed.trim() === '' || (Number.isInteger(count) && count >= 1 && count <= 10_000)
    ? undefined
    : t('people')
}

/** Leaves out what is right. */
export const problemsOf = <K extends string>(
  checked: Partial<Record<K, string | undefined>>,
): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries(checked).filter(([, problem]) => problem !== undefined),
  ) as Partial<Record<K, string>> // only strings are left
