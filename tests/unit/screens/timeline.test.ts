import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { messageTables, putMessages } from '../../../client/replica/message-store.ts'
import {
  type MessageRow,
  openBase,
  type ReplicaBase,
  storedRow,
} from '../../../client/replica/tables.ts'
import { parseWhen } from '../../../client/screens/interactions/when.ts'
import {
  changeEntry,
  newestFirst,
  type TimelineEntry,
  type TimelineFilter,
  withDays,
} from '../../../client/screens/timeline/entries.ts'
import { readPage, type Source } from '../../../client/screens/timeline/pages.ts'
import { openSources } from '../../../client/screens/timeline/sources.ts'
import { monthOf } from '../../../shared/ids.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'

const everything: TimelineFilter = { kind: null, who: '', since: null, typed: '' }
const start = Date.UTC(2026, 8, 1)
const hour = 3_600_000
const never = Number.NEGATIVE_INFINITY

let count = 0
const open = (): ReplicaBase => {
  const base = openBase(`timeline-${count++}`)
  onTestFinished(() => base.delete())
  return base
}

const put = (base: ReplicaBase, row: { type: string; id: string } & Record<string, unknown>) =>
  base.table(row.type).put(storedRow(row))

const message = (dialog: string, n: number, at: number, more: Partial<MessageRow> = {}) => {
  const segment = `${dialog}-${monthOf(at)}`
  const row: MessageRow = {
    id: `${segment}/${n}`,
    key: String(n),
    segment,
    dialog,
    account: 'account',
    at,
    direction: 'in',
    kind: 'letter',
    author: { address: 'Ivan@Elki.test' },
    text: `Письмо ${n}`,
    state: null,
    ...more,
  }
  return row
}

const change = (seq: number, at: number, changes: HistoryEntry['changes']): HistoryEntry => ({
  seq,
  at,
  user: 'anna',
  device: 'd',
  changes,
})

/** All pages, one after another, as scrolling reads them. */
const scroll = async (sources: readonly Source[], size: number): Promise<TimelineEntry[][]> => {
  const pages: TimelineEntry[][] = []
  for (let before = Number.POSITIVE_INFINITY; before > never; ) {
    const page = await readPage(sources, { before, since: never, count: size })
    pages.push(page.entries)
    expect(page.since).toBeLessThan(before)
    before = page.since
  }
  return pages
}

const keysOf = (entries: readonly TimelineEntry[]) => entries.map(({ key }) => key)

describe('a timeline read by the page', () => {
  test('gives every entry of all dialogs and events once, newest first, whatever the pages', async () => {
    const moment = fc.integer({ min: 0, max: 80 * 24 }) // hours over three months, so that some meet
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('d1', 'd2', 'other'), moment), { maxLength: 400 }),
        fc.array(fc.tuple(fc.constantFrom('client', 'merged', 'stranger'), moment), {
          maxLength: 250,
        }),
        fc.array(moment, { maxLength: 20 }),
        fc.integer({ min: 1, max: 90 }),
        async (said, done, changed, size) => {
          const base = open()
          await base.client.bulkPut([
            storedRow({ type: 'client', id: 'client', kind: 'organisation', name: 'Ёлки' }),
            storedRow({
              type: 'client',
              id: 'merged',
              kind: 'organisation',
              name: 'Ёлки-2',
              mergedInto: 'client',
            }),
          ] as never[])
          await put(base, { type: 'dialog', id: 'd1', client: 'client' })
          await put(base, { type: 'dialog', id: 'd2', client: 'merged' })
          await put(base, { type: 'dialog', id: 'other', client: 'stranger' })
          const messages = said.map(([dialog, at], n) => message(dialog, n, start + at * hour))
          await base.transaction('rw', messageTables(base), () => putMessages(base, messages))
          for (const [n, [contact, at]] of done.entries())
            await put(base, {
              type: 'interaction',
              id: `i${n}`,
              kind: 'note',
              at: start + at * hour,
              contact,
              contactType: 'client',
              // Nobody comes twice, though the client is found by both of its records.
              persons: contact === 'merged' && n % 2 ? ['client'] : [],
            })
          const history = changed.map((at, n) =>
            change(n, start + at * hour, { inn: [null, String(n)] }),
          )
          const sources = await openSources(
            base,
            { table: 'client', id: 'client' },
            everything,
            history,
          )
          const wanted = [
            ...messages
              .filter(({ dialog }) => dialog !== 'other')
              .map(({ id, at }) => ({ key: id, at })),
            ...done.flatMap(([contact, at], n) =>
              contact === 'stranger' ? [] : [{ key: `i${n}`, at: start + at * hour }],
            ),
            ...history.map(({ seq, at }) => ({ key: `change ${seq}`, at })),
          ].sort((a, b) => newestFirst(a as TimelineEntry, b as TimelineEntry))
          const pages = await scroll(sources, size)
          expect(keysOf(pages.flat())).toEqual(wanted.map(({ key }) => key))
          // A page that is not the last has what was asked for.
          for (const page of pages.slice(0, -1)) expect(page.length).toBeGreaterThanOrEqual(size)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('does not read all blocks for its first page', async () => {
    const base = open()
    await put(base, { type: 'dialog', id: 'd1', client: 'client' })
    const messages = Array.from({ length: 5_000 }, (_, n) =>
      message('d1', n, Date.UTC(2026, 0, 1) + n * hour),
    )
    await base.transaction('rw', messageTables(base), () => putMessages(base, messages))
    const sources = await openSources(base, { table: 'client', id: 'client' }, everything, [])
    const before = Number.POSITIVE_INFINITY
    const page = await readPage(sources, { before, since: never, count: 60 })
    expect(page.entries.length).toBeLessThan(1_000)
    expect(page.entries[0]?.key).toBe(messages.at(-1)?.id)
  })

  test('shows a task where it was closed, an Interest where it was won, or else where they began', async () => {
    const base = open()
    const client = 'client'
    const task = { type: 'task', client, title: 'Позвонить', kind: 'call', responsible: 'anna' }
    await put(base, { ...task, id: 'planned', createdAt: start })
    await put(base, { ...task, id: 'done', createdAt: start, done: { at: start + 9, by: 'boris' } })
    await put(base, { ...task, id: 'gone', createdAt: start, deletedAt: start })
    await put(base, { ...task, id: 'other', createdAt: start, client: 'stranger' })
    const interest = { type: 'interest', client, name: 'Поставка', responsible: 'anna' }
    await put(base, { ...interest, id: 'open', status: 'open', createdAt: start + 3 })
    await put(base, {
      ...interest,
      id: 'won',
      status: 'won',
      createdAt: start,
      closedAt: start + 5,
    })
    const found = async (filter: Partial<TimelineFilter>) => {
      const asked = { ...everything, ...filter }
      const sources = await openSources(base, { table: 'client', id: client }, asked, [])
      const stretch = { before: Number.POSITIVE_INFINITY, since: never, count: 100 }
      return keysOf((await readPage(sources, stretch)).entries)
    }
    expect(await found({})).toEqual(['done', 'won', 'open', 'planned'])
    expect(await found({ kind: 'tasks' })).toEqual(['done', 'planned'])
    expect(await found({ kind: 'interests', typed: 'поставка' })).toEqual(['won', 'open'])
    expect(await found({ who: 'boris' })).toEqual(['done'])
    expect(await found({ kind: 'files' })).toEqual([])
  })

  test('finds by words, by people, by files and within a time', async () => {
    const base = open()
    await put(base, { type: 'dialog', id: 'd1', client: 'client' })
    await put(base, {
      type: 'person',
      id: 'ivan',
      client: 'client',
      name: 'Иван',
      emails: [{ id: 'e', order: 'a', value: 'ivan@elki.test', kind: 'work' }],
      phones: [],
    })
    const file = { hash: 'a'.repeat(64), name: 'счёт.pdf', size: 1, type: 'application/pdf' }
    const messages = [
      message('d1', 1, start, { text: 'Про ёлки и палки' }),
      message('d1', 2, start + hour, { author: { employee: 'anna' }, files: [file] }),
      message('d1', 3, start + 2 * hour, {
        author: { employee: 'anna' },
        files: [{ ...file, cid: 'картинка' }],
      }),
    ]
    await base.transaction('rw', messageTables(base), () => putMessages(base, messages))
    await put(base, {
      type: 'interaction',
      id: 'meeting',
      kind: 'm',
      at: start + 3 * hour,
      contact: 'client',
      contactType: 'client',
      createdBy: 'boris',
      persons: ['ivan'],
      text: 'Палки обсудили',
    })
    const found = async (filter: Partial<TimelineFilter>) => {
      const asked = { ...everything, ...filter }
      const sources = await openSources(base, { table: 'client', id: 'client' }, asked, [
        change(9, start + 4 * hour, { name: [null, 'Ёлки'] }),
      ])
      const since = asked.since ?? never
      const stretch = { before: Number.POSITIVE_INFINITY, since, count: 100 }
      return keysOf((await readPage(sources, stretch)).entries)
    }
    const [first, second, third] = messages.map(({ id }) => id)
    expect(await found({ typed: 'ПАЛКИ' })).toEqual(['meeting', first])
    expect(await found({ typed: 'елки' })).toEqual(['change 9', first])
    expect(await found({ who: 'anna' })).toEqual(['change 9', third, second])
    expect(await found({ who: 'ivan' })).toEqual(['meeting', first])
    expect(await found({ kind: 'files' })).toEqual([second])
    expect(await found({ kind: 'messages' })).toEqual([third, second, first])
    expect(await found({ kind: 'interactions' })).toEqual(['meeting'])
    expect(await found({ kind: 'changes' })).toEqual(['change 9'])
    expect(await found({ since: start + 2 * hour })).toEqual(['change 9', 'meeting', third])
  })
})

describe('entries', () => {
  test('a change that says nothing to a reader is none', () => {
    expect(changeEntry(change(1, 1, { deletedBy: [null, 'anna'] }))).toBeNull()
    expect(changeEntry(change(1, 1, { inn: [null, '1'] }))).not.toBeNull()
  })

  test('stand under their days', () => {
    const at = (day: number, hours: number) => new Date(2026, 10, day, hours).getTime()
    const entries = [at(22, 9), at(22, 0), at(21, 23)].flatMap(
      (moment, seq) => changeEntry(change(seq, moment, { inn: [null, '1'] })) ?? [],
    )
    expect(withDays(entries).map(({ kind }) => kind)).toEqual([
      'day',
      'change',
      'change',
      'day',
      'change',
    ])
  })
})

describe('a typed moment', () => {
  const now = new Date(2026, 10, 22, 12, 30) // a Sunday
  const said = (typed: string) => {
    const parsed = parseWhen(typed, now)
    return parsed.ok ? new Date(parsed.value) : null
  }
  test('is read as people say it', () => {
    expect(said('вчера 15:00')).toEqual(new Date(2026, 10, 21, 15))
    expect(said('14:20')).toEqual(new Date(2026, 10, 22, 14, 20))
    expect(said('21.11')).toEqual(new Date(2026, 10, 21))
    expect(said('21.11 9.05')).toEqual(new Date(2026, 10, 21, 9, 5))
    expect(said('21.11.2025 9:05')).toEqual(new Date(2025, 10, 21, 9, 5))
    expect(said('пт 18:00')).toEqual(new Date(2026, 10, 27, 18))
  })
  test('or is refused', () => {
    for (const typed of ['', 'когда-то', '25:00', '32.11 10:00', '21.11 10:99'])
      expect(said(typed)).toBeNull()
  })
})
