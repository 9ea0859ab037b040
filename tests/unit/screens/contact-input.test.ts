import { describe, expect, test } from 'vitest'
import {
  innWhileTyped,
  parseEmail,
  parseInn,
  parseName,
  parsePhone,
} from '../../../client/screens/clients/contact-input.ts'
import { searchKeys } from '../../../client/screens/clients/search-keys.ts'
import { isInn } from '../../../shared/inn.ts'
import { contactWords } from '../../../shared/records/contact.ts'

describe('ИНН', () => {
  test.each(['7707083893', '7736050003', '500100732259'])('%s has right check digits', (inn) => {
    expect(isInn(inn)).toBe(true)
  })
  test.each([
    '7707083894',
    '7707083',
    '500100732258',
    '500100732269',
    '',
    '77070838931',
    '0000000000',
  ])('%s is refused', (inn) => expect(isInn(inn)).toBe(false))
  test('a space between groups is dropped, and nothing is a valid answer', () => {
    expect(parseInn('7707 083 893')).toEqual({ ok: true, value: '7707083893' })
    expect(parseInn(' ')).toEqual({ ok: true, value: '' })
    expect(parseInn('7707083894')).toEqual({ ok: false, error: 'client.error.inn' })
  })
})

describe('an ИНН that is being typed', () => {
  const wrong = 'client.error.inn'
  test.each([
    ['organisation', '', null],
    ['organisation', '770708389', null],
    ['organisation', '7707083893', null],
    ['organisation', '7707 083 894', wrong],
    ['organisation', '50010073225', null],
    ['organisation', '500100732259', null],
    ['entrepreneur', '5001007322', null],
    ['entrepreneur', '500100732258', wrong],
    ['person', '500100732259', null],
    ['person', '5001007322591', wrong],
    ['person', '77O7', wrong],
  ] as const)('of %s: %s', (kind, typed, error) => expect(innWhileTyped(kind)(typed)).toBe(error))
})

describe('fields of a contact', () => {
  test('a phone is kept in the international form whatever way it was typed', () => {
    for (const typed of ['8 (495) 123-45-67', '+7 495 1234567', '4951234567'])
      expect(parsePhone(typed)).toEqual({ ok: true, value: '+74951234567' })
    expect(parsePhone('звонить после обеда')).toEqual({ ok: false, error: 'client.error.phone' })
  })
  test('an internal number is kept as typed', () =>
    expect(parsePhone(' 104 ')).toEqual({ ok: true, value: '104' }))
  test('an e-mail loses its spaces and capitals', () => {
    expect(parseEmail(' Zakaz@Romashka.RU ')).toEqual({ ok: true, value: 'zakaz@romashka.ru' })
    expect(parseEmail('romashka.ru')).toEqual({ ok: false, error: 'client.error.email' })
  })
  test('an empty name is refused in the words of its kind', () => {
    expect(parseName('organisation')(' ')).toEqual({ ok: false, error: 'client.error.company' })
    expect(parseName('person')('')).toEqual({ ok: false, error: 'client.error.person' })
  })
})

describe('search', () => {
  const words = contactWords(['Общество с ограниченной ответственностью «Ёлки»', '7707083893'], {
    id: '1',
    type: 'client',
    phones: [{ id: 'p', order: 'a', value: '+79161234567', kind: 'mobile' }],
    emails: [{ id: 'e', order: 'a', value: 'Zakaz@elki-palki.ru', kind: 'work' }],
  })
  const finds = (typed: string): boolean =>
    searchKeys(typed).some((way) => way.every((key) => words.some((word) => word.startsWith(key))))
  test.each([
    'елки',
    'ЁЛ',
    'ограниченной ёлк',
    '«Ёлки»',
    '770708',
    '8 916 123-45-67',
    '8(916)1234567',
    '+7916',
    '89161',
    '916 123',
    '123-45-67',
    '4567',
    'zakaz@el',
    'elki-palki.ru',
  ])('%s finds', (typed) => expect(finds(typed)).toBe(true))
  test.each(['лки', 'палка', '8 917', 'zakaz@palki'])('%s does not find', (typed) =>
    expect(finds(typed)).toBe(false),
  )
  test('nothing typed is no search', () => expect(searchKeys('  ')).toEqual([]))
})
