/**
 * Things of the calendar as an iCalendar file (RFC 5545), for other calendars to take in. The same thing
 * has the same UID in every file, so that a second file changes what the first one brought. No I/O.
 *
 *     BEGIN:VCALENDAR … BEGIN:VEVENT UID DTSTART DTEND SUMMARY … BEGIN:VALARM … END:VCALENDAR
 *
 * Moments are in UTC: whoever reads them shows them in a zone of one's own, and no zones need be
 * described. Whole days are dates, without a zone.
 */
import { minute } from '../../../shared/clock.ts'
import { isoOf } from './days.ts'
import type { Item, Span } from './items.ts'

export interface IcsEvent extends Span {
  uid: string
  title: string
  description?: string
  category: string
  /** Where it opens. */
  url?: string
  /** Whether its time is taken: others who look for a free hour see it. */
  isBusy: boolean
  alarm?: Alarm
}

/** Minutes before a moment; of whole days the moment itself, since a day begins everywhere at another one. */
export type Alarm = { before: number } | { at: number }

/** Octets of a line without its end (RFC 5545, 3.1). */
const longestLine = 75

/** @param now the moment of the file, ms. */
export const icsOf = (name: string, events: readonly IcsEvent[], now: number): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Interes//Calendar//RU',
    'CALSCALE:GREGORIAN',
    // RFC 7986, and what those understand that are older.
    `NAME:${textOf(name)}`,
    `X-WR-CALNAME:${textOf(name)}`,
    ...events.flatMap((event) => linesOf(event, now)),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('')

const linesOf = (event: IcsEvent, now: number): string[] => [
  'BEGIN:VEVENT',
  `UID:${textOf(event.uid)}`,
  `DTSTAMP:${utc(now)}`,
  ...(event.allDay
    ? [`DTSTART;VALUE=DATE:${dateOf(event.from)}`, `DTEND;VALUE=DATE:${dateOf(event.to)}`]
    : [`DTSTART:${utc(event.from)}`, `DTEND:${utc(event.to)}`]),
  `SUMMARY:${textOf(event.title)}`,
  ...(event.description ? [`DESCRIPTION:${textOf(event.description)}`] : []),
  `CATEGORIES:${textOf(event.category)}`,
  ...(event.url ? [`URL:${event.url}`] : []),
  `TRANSP:${event.isBusy ? 'OPAQUE' : 'TRANSPARENT'}`,
  ...(event.alarm ? alarmLines(event.alarm, event.title) : []),
  'END:VEVENT',
]

const alarmLines = (alarm: Alarm, title: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${textOf(title)}`,
  'before' in alarm ? `TRIGGER:-PT${alarm.before}M` : `TRIGGER;VALUE=DATE-TIME:${utc(alarm.at)}`,
  'END:VALARM',
]

/** `20261122T090000Z` */
const utc = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')

const dateOf = (whole: number): string => isoOf(whole).replaceAll('-', '')

/** A TEXT (3.3.11): of control characters it may hold none but the tab; line breaks are written `\n`. */
const textOf = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** A long line goes on in the next one behind a space, which counts; no character is cut in two. */
const folded = (line: string): string => {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const character of line) {
    const { length } = encoder.encode(character)
    if (octets + length > longestLine) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += length
  }
  return out
}

interface EventWords {
  /** The kind of thing in words. */
  kind: (item: Item) => string
  /** Closed or overdue, in words; empty for all else. */
  state: (item: Item) => string
}

/**
 * @param remindAt when one is reminded of the thing, ms; null: never.
 * @param origin of the program, without a path.
 */
export const eventOf = (
  item: Item,
  remindAt: number | null,
  words: EventWords,
  origin: string,
  now: number,
): IcsEvent => {
  const { key, kind, id, contact, state, from, to, allDay } = item
  // Of a date and a contract's end it is the contact that tells them apart.
  const isOfContact = kind === 'date' || kind === 'contract'
  const path = item.href ?? (kind === 'interaction' ? undefined : `/tasks/${id}`)
  const isToCome = state === 'open' && remindAt !== null && remindAt > now
  return {
    uid: key,
    from,
    to,
    allDay,
    title: isOfContact ? [item.title, contact].filter(Boolean).join(': ') : item.title,
    description: [words.kind(item), contact, words.state(item)].filter(Boolean).join('\n'),
    category: words.kind(item),
    ...(path !== undefined && { url: `${origin}${path}` }),
    isBusy: !allDay && state !== 'done' && state !== 'fact',
    ...(isToCome && {
      alarm: allDay ? { at: remindAt } : { before: Math.round((from - remindAt) / minute) },
    }),
  }
}
