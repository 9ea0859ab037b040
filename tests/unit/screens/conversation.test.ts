import { describe, expect, test } from 'vitest'
import { conversationItems } from '../../../client/screens/dialogs/conversation-items.ts'
import {
  type DialogEntry,
  everything,
  inOrder,
  isUnread,
  newestPerDialog,
  passes,
  waitsForAnswer,
} from '../../../client/screens/dialogs/dialog-list.ts'
import { splitQuote } from '../../../client/screens/dialogs/quote.ts'
import {
  formatRecipients,
  parseRecipients,
  recipientsOfReply,
  replySubject,
} from '../../../client/screens/dialogs/recipients.ts'
import type { MessageEntry } from '../../../shared/records/segment.ts'

const noon = new Date(2026, 10, 20, 12, 0).getTime()
const minutes = (count: number): number => count * 60_000

const message = (key: string, at: number, change: Partial<MessageEntry> = {}): MessageEntry => ({
  key,
  at,
  direction: 'in',
  kind: 'text',
  author: { address: 'anna@elki.ru', name: 'Анна' },
  text: key,
  state: null,
  ...change,
})

describe('conversation', () => {
  test('a day opens with its date, and one author in a row is one group', () => {
    const items = conversationItems([
      message('a', noon),
      message('b', noon + minutes(5)),
      message('c', noon + minutes(40)),
      message('d', noon + minutes(60 * 24)),
    ])
    expect(items.map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'message',
      'message',
      'day',
      'message',
    ])
    expect(
      items.flatMap((item) => (item.kind === 'message' ? [[item.first, item.last]] : [])),
    ).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ])
  })
  test('a note, a letter and a system line break the group', () => {
    const items = conversationItems([
      message('a', noon),
      message('b', noon + 1, { kind: 'note', direction: 'out' }),
      message('c', noon + 2),
      message('d', noon + 3, { kind: 'system' }),
      message('e', noon + 4),
      message('f', noon + 5, { kind: 'letter' }),
    ])
    expect(items.every((item) => item.kind !== 'message' || item.first)).toBe(true)
  })
})

describe('quote', () => {
  test('is folded from its introduction on', () => {
    const text =
      'Добрый день!\nСогласны.\n\n20 ноября 2026 г., 12:00, Иван <i@x.ru> пишет:\n> Вы согласны?\n> Иван'
    expect(splitQuote(text)).toEqual({
      own: 'Добрый день!\nСогласны.',
      quoted: '20 ноября 2026 г., 12:00, Иван <i@x.ru> пишет:\n> Вы согласны?\n> Иван',
    })
  })
  test('Outlook marks it with a line', () =>
    expect(splitQuote('Да\n-----Исходное сообщение-----\nFrom: i@x.ru\nTo: вам').own).toBe('Да'))
  test('with answers between the lines stays in place', () => {
    const text = 'On Mon, 3 Nov 2026, Ivan <i@x.ru> wrote:\n> когда?\nв пятницу\n> сколько?\nпять'
    expect(splitQuote(text)).toEqual({ own: text, quoted: '' })
  })
  test('a forwarded letter with no word of its own is shown whole', () =>
    expect(splitQuote('> текст\n> ещё').quoted).toBe(''))
})

const entry = (
  change: Partial<DialogEntry['dialog']>,
  last: Partial<NonNullable<DialogEntry['last']>> = {},
): DialogEntry => ({
  dialog: {
    id: 'd',
    type: 'dialog',
    account: 'box',
    channel: 'mail',
    peer: { address: 'anna@elki.ru' },
    ...change,
  },
  lastAt: last.at ?? noon,
  last: { at: noon, direction: 'in', kind: 'letter', key: 'k', text: '…', ...last },
})

describe('list of dialogs', () => {
  test('unread until looked at', () => {
    expect(isUnread(entry({}))).toBe(true)
    expect(isUnread(entry({ seenAt: noon - 1 }))).toBe(true)
    expect(isUnread(entry({ seenAt: noon }))).toBe(false)
    expect(isUnread(entry({}, { direction: 'out' }))).toBe(false)
  })
  test('a robot waits for no answer', () => {
    expect(waitsForAnswer(entry({ seenAt: noon }))).toBe(true)
    expect(waitsForAnswer(entry({}, { auto: 'reply' }))).toBe(false)
    expect(waitsForAnswer(entry({ state: 'closed' }))).toBe(false)
  })
  test('filters by who is responsible', () => {
    const mine = { ...everything, ownership: 'mine' as const }
    const unassigned = { ...everything, ownership: 'unassigned' as const }
    expect(passes(entry({ responsible: 'me' }), mine, new Set(['me']))).toBe(true)
    expect(passes(entry({ responsible: 'other' }), mine, new Set(['me']))).toBe(false)
    expect(passes(entry({}), unassigned, new Set(['me']))).toBe(true)
    expect(passes(entry({ deletedAt: 1 }), everything, new Set(['me']))).toBe(false)
  })
  test('newest first, but of those waiting the longest waiting first', () => {
    const old = entry({ id: 'old' }, { at: noon - 5 })
    const fresh = entry({ id: 'fresh' })
    expect(inOrder([old, fresh], everything).map(({ dialog }) => dialog.id)).toEqual([
      'fresh',
      'old',
    ])
    const waiting = { ...everything, waiting: true }
    expect(inOrder([fresh, old], waiting).map(({ dialog }) => dialog.id)).toEqual(['old', 'fresh'])
  })
  test('a dialog stands once, by its newest month', () =>
    expect(
      newestPerDialog([
        { dialog: 'a', n: 1 },
        { dialog: 'b', n: 2 },
        { dialog: 'a', n: 3 },
      ]).map(({ n }) => n),
    ).toEqual([1, 2]))
})

describe('whom an answer goes to', () => {
  const peer = { address: 'peer@elki.ru' }
  test('where the letter asks for it', () => {
    const letter = message('a', noon, { replyTo: [{ address: 'zakaz@elki.ru' }] })
    expect(recipientsOfReply(letter, peer)).toEqual([{ address: 'zakaz@elki.ru' }])
    expect(recipientsOfReply(message('b', noon), peer)).toEqual([
      { address: 'anna@elki.ru', name: 'Анна' },
    ])
  })
  test('after our own letter to the same people, and with none to the other side', () => {
    const to = [{ address: 'director@elki.ru' }]
    expect(recipientsOfReply(message('a', noon, { direction: 'out', to }), peer)).toEqual(to)
    expect(recipientsOfReply(undefined, peer)).toEqual([peer])
  })
  test('one Re: is enough', () => expect(replySubject('RE: Ответ: Re[2]: Счёт')).toBe('Re: Счёт'))
  test('a typed line of addresses, names and mistakes', () => {
    expect(parseRecipients('"Ёлкина, Анна" <Anna@elki.ru>, p@x.ru; anna@elki.ru кто-то')).toEqual({
      addresses: [{ name: 'Ёлкина, Анна', address: 'anna@elki.ru' }, { address: 'p@x.ru' }],
      wrong: ['кто-то'],
    })
  })
  test('written out and typed again is the same', () => {
    const line = formatRecipients([
      { name: 'Анна Ёлкина', address: 'anna@elki.ru' },
      { address: 'p@x.ru' },
    ])
    expect(parseRecipients(line)).toEqual({
      addresses: [{ name: 'Анна Ёлкина', address: 'anna@elki.ru' }, { address: 'p@x.ru' }],
      wrong: [],
    })
  })
})
