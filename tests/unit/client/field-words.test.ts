import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from '../../../client/i18n/index.ts'
import { fieldWords } from '../../../client/screens/offline-work/field-words.ts'

beforeEach(() => {
  locale.value = 'ru'
})

const names = new Map([['0190-anna', 'Анна Ковалёва']])

describe('a waiting change in words', () => {
  it('shows labels and both values', () => {
    expect(fieldWords('client', { name: ['Ромашка', 'ООО «Ромашка»'] }, names)).toEqual([
      { label: 'Наименование', before: 'Ромашка', after: 'ООО «Ромашка»' },
    ])
  })
  it('names choices, people and what is empty', () => {
    const words = fieldWords(
      'client',
      { relation: ['buyer', undefined], managers: [[], ['0190-anna']] },
      names,
    )
    expect(words).toEqual([
      { label: 'Тип отношений', before: 'Покупатель', after: 'пусто' },
      { label: 'Ответственные', before: 'пусто', after: 'Анна Ковалёва' },
    ])
  })
  it('shows the values of parts, phones as they are read', () => {
    const part = { id: 'p', order: 'a0', value: '+74951234567', kind: 'work' }
    expect(fieldWords('client', { phones: [[], [part]] }, names)).toEqual([
      { label: 'Телефоны', before: 'пусто', after: '+7 495 123-45-67' },
    ])
  })
  it('calls a message a message, and leaves out what nobody typed', () => {
    const words = fieldWords(
      'segment',
      { 'mail:1': [undefined, 'Добрый день!'], createdAt: [undefined, 1_795_000_000_000] },
      names,
    )
    expect(words).toEqual([{ label: 'Сообщение', before: 'пусто', after: 'Добрый день!' }])
  })
})
