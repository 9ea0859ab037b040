import { expect, test } from 'vitest'
import { eventOf, type IcsEvent, icsOf } from '../../../client/screens/calendar/ics.ts'
import type { Item } from '../../../client/screens/calendar/items.ts'
import { day, hour, minute } from '../../../shared/clock.ts'

const now = Date.UTC(2026, 10, 22, 9)
const event = (more: Partial<IcsEvent>): IcsEvent => ({
  uid: 'a',
  title: 'Встреча',
  category: 'Встреча',
  isBusy: true,
  from: now,
  to: now + hour,
  allDay: false,
  ...more,
})
/** Lines as a reader has them, with what was folded put together again (RFC 5545, 3.1). */
const unfolded = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n')
const linesOf = (more: Partial<IcsEvent>) => unfolded(icsOf('Дела', [event(more)], now))

test('a file has one calendar with its name, and each thing its own id, moments in UTC and a stamp', () => {
  const file = icsOf('Дела, Ольга', [event({}), event({ uid: 'b' })], now + minute)
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  const lines = unfolded(file)
  expect(lines.slice(0, 6)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Interes//Calendar//RU',
    'CALSCALE:GREGORIAN',
    'NAME:Дела\\, Ольга',
    'X-WR-CALNAME:Дела\\, Ольга',
  ])
  expect(lines.slice(6, 11)).toEqual([
    'BEGIN:VEVENT',
    'UID:a',
    'DTSTAMP:20261122T090100Z',
    'DTSTART:20261122T090000Z',
    'DTEND:20261122T100000Z',
  ])
  expect(lines.filter((line) => line.startsWith('UID:'))).toEqual(['UID:a', 'UID:b'])
})

test('whole days are dates of no zone, the end being the first day after them', () => {
  const from = Date.UTC(2026, 10, 30)
  const lines = linesOf({ from, to: from + 2 * day, allDay: true, isBusy: false })
  expect(lines).toContain('DTSTART;VALUE=DATE:20261130')
  expect(lines).toContain('DTEND;VALUE=DATE:20261202')
  expect(lines).toContain('TRANSP:TRANSPARENT')
})

test('what has a meaning in the file is escaped, and no text begins a line of its own', () => {
  const title = 'а;б,в\\г\r\nEND:VEVENT\rд\u0000\u007f\tе'
  const lines = linesOf({ title })
  expect(lines).toContain('SUMMARY:а\\;б\\,в\\\\г\\nEND:VEVENT\\nд\tе')
  expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1)
})

test('no line is longer than 75 octets, no character is cut, and all of it can be put together', () => {
  for (const long of ['я'.repeat(300), 'a'.repeat(300), `a${'🚚'.repeat(100)}`]) {
    const file = icsOf('Дела', [event({ title: long })], now)
    const encoded = file.split('\r\n').map((line) => new TextEncoder().encode(line).length)
    expect(Math.max(...encoded)).toBeLessThanOrEqual(75)
    // Two octets a letter: less would be folded too early.
    expect(Math.max(...encoded)).toBeGreaterThanOrEqual(72)
    expect(file).not.toContain('\ufffd')
    expect(unfolded(file)).toContain(`SUMMARY:${long}`)
  }
})

const item = (more: Partial<Item>): Item => ({
  key: 'id',
  id: 'id',
  kind: 'meeting',
  title: 'Переговоры',
  contact: 'Ромашка',
  who: ['me'],
  state: 'open',
  movable: true,
  resizable: true,
  from: now + 3 * hour,
  to: now + 4 * hour,
  allDay: false,
  ...more,
})
const words = {
  kind: () => 'Встреча',
  state: ({ state }: Item) => (state === 'done' ? 'закрыто' : ''),
}
const made = (more: Partial<Item>, remindAt: number | null = null) =>
  eventOf(item(more), remindAt, words, 'https://crm.test', now)

test('a task takes its time, says with whom it is and opens in the program', () => {
  expect(made({})).toMatchObject({
    uid: 'id',
    title: 'Переговоры',
    description: 'Встреча\nРомашка',
    url: 'https://crm.test/tasks/id',
    isBusy: true,
  })
  expect(made({ state: 'done' })).toMatchObject({
    description: 'Встреча\nРомашка\nзакрыто',
    isBusy: false,
  })
  expect(made({ kind: 'date', title: 'День рождения', href: '/clients/c' })).toMatchObject({
    title: 'День рождения: Ромашка',
    url: 'https://crm.test/clients/c',
  })
  expect(made({ kind: 'interaction' })).not.toHaveProperty('url')
})

test('a reminder that is still to come is an alarm: minutes before, of a whole day a moment', () => {
  const alarmOf = (more: Partial<Item>, remindAt: number) => linesOf(made(more, remindAt))
  const lines = alarmOf({}, now + 2.5 * hour)
  const start = lines.indexOf('BEGIN:VALARM')
  expect(lines.slice(start, start + 6)).toEqual([
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Переговоры',
    'TRIGGER:-PT30M',
    'END:VALARM',
    'END:VEVENT',
  ])
  const whole = Date.UTC(2026, 10, 23)
  expect(alarmOf({ from: whole, to: whole + day, allDay: true }, now + 21 * hour)).toContain(
    'TRIGGER;VALUE=DATE-TIME:20261123T060000Z',
  )
  for (const none of [made({}, now - minute), made({ state: 'done' }, now + hour), made({})])
    expect(none).not.toHaveProperty('alarm')
})
