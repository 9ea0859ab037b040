import Dexie from 'dexie'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../../../client/replica/message-blocks.ts'
import {
  blocksInFolders,
  dropMessages,
  messagesAfter,
  messagesById,
  messagesOfSegments,
  messageTables,
  newestInFolders,
  newestMessages,
  placeFromNewest,
  putMessages,
  replaceMessages,
} from '../../../client/replica/message-store.ts'
import { type MessageRow, openBase, type ReplicaBase } from '../../../client/replica/tables.ts'

const november = Date.UTC(2026, 10, 1)
const october = Date.UTC(2026, 9, 1)

const message = (key: string, at: number, more: Partial<MessageRow> = {}): MessageRow => {
  const segment = more.segment ?? 'november'
  return {
    id: `${segment}/${key}`,
    key,
    segment,
    dialog: 'dialog',
    account: 'account',
    at,
    direction: 'in',
    kind: 'letter',
    author: {},
    text: `Письмо ${key}`,
    folder: 'INBOX',
    state: null,
    ...more,
  }
}

const many = (count: number, from = november): MessageRow[] =>
  Array.from({ length: count }, (_, n) => message(`m${n}`, from + n * 1_000))

const row = (messages: MessageRow[], segment = 'november', dialog = 'dialog') => ({
  type: 'segment',
  id: segment,
  dialog,
  account: 'account',
  messages,
})

let base: ReplicaBase
let count = 0
const open = () => {
  base = openBase(`messages-${count++}`)
  return base
}
const write = (work: () => Promise<void>) => base.transaction('rw', messageTables(base), work)
const put = (...rows: MessageRow[]) => write(() => putMessages(base, rows))
const noted = async () =>
  (await base.searchLog.toArray()).map(({ keys, gone }) => [gone ?? 0, keys])

afterEach(async () => {
  await base.delete()
})

describe('messages on the device', () => {
  it('are few entries, each under the size that Chromium keeps apart', async () => {
    open()
    const long = many(100, october).map((each, n) =>
      message(each.key, each.at, { segment: 'october', text: 'д'.repeat(40 * n) }),
    )
    await write(() => replaceMessages(base, [row(many(1_000)), row(long, 'october')]))
    const blocks = await base.messageBlock.toArray()
    expect(blocks.length).toBeLessThan(30)
    for (const { json } of blocks) expect(2 * json.length).toBeLessThan(65_536)
    expect(await messagesOfSegments(base, ['november'])).toEqual(many(1_000))
    expect(await messagesOfSegments(base, ['october'])).toEqual(long)
  })

  it('are added to their block alone, and a full one is not written again', async () => {
    open()
    await write(() => replaceMessages(base, [row(many(200))]))
    const before = await base.messageBlock.toArray()
    await put(message('later', november + 900_000))
    const after = await base.messageBlock.toArray()
    expect(after.length).toBe(before.length + 1)
    expect(after.slice(0, -1)).toEqual(before)
    expect((await newestMessages(base, 'dialog', 1)).map(({ key }) => key)).toEqual(['later'])
  })

  it('are read newest first, and no older block than is asked for', async () => {
    open()
    await write(() => replaceMessages(base, [row(many(1_000)), row(many(10, october), 'october')]))
    const read: unknown[] = []
    const hook = (block: unknown) => {
      read.push(block)
      return block
    }
    base.messageBlock.hook('reading', hook as never)
    expect(await newestMessages(base, 'dialog', 30)).toEqual(many(1_000).slice(-30))
    expect(read.length).toBeLessThanOrEqual(2)
    expect(await newestMessages(base, 'dialog', 5_000)).toHaveLength(1_010)
    expect(await placeFromNewest(base, 'dialog', 'm999')).toBe(1)
    expect(await placeFromNewest(base, 'dialog', 'nobody')).toBeNull()
  })

  it('lead from a folder to the newest letter of each dialog in it', async () => {
    open()
    const other = { segment: 'other', dialog: 'other' }
    await put(
      message('a', november, { folder: 'Sent' }),
      message('b', november + 5, { ...other }),
      message('c', november + 3, { ...other, folder: 'Sent' }),
      message('d', november + 9, { folder: '\\Sent' }),
      message('e', november + 12, { folder: 'INBOX' }),
    )
    const sent = await blocksInFolders(base, 'account', ['Sent', '\\Sent'])
    expect([...new Set(sent.map(([dialog]) => dialog))]).toEqual(['dialog', 'other'])
    const letters = await newestInFolders(base, sent, ['Sent', '\\Sent'])
    expect(letters.map((letter) => letter?.key)).toEqual(['d', 'c', 'd'])
    expect((await blocksInFolders(base, 'account', ['INBOX'])).map(([dialog]) => dialog)).toEqual([
      'dialog',
      'other',
    ])
    await put(message('f', november + 20, { folder: 'Sent' }))
    expect((await blocksInFolders(base, 'account', ['Sent'])).map(([dialog]) => dialog)).toEqual([
      'dialog',
      'other',
    ])
  })

  it('are told to the search: what was written, and what is gone', async () => {
    open()
    const [a, b] = [message('a', november), message('b', november + 1)]
    await write(() => replaceMessages(base, [row([a, b])]))
    await write(() => replaceMessages(base, [row([{ ...a, text: 'Иначе' }])]))
    await write(() => dropMessages(base, ['november']))
    expect(await noted()).toEqual([
      [0, [a.id, b.id]],
      [1, [b.id]],
      [0, [a.id]],
      [1, [a.id]],
    ])
    expect(await base.messageBlock.count()).toBe(0)
  })

  it('leave the block they were in when they are given another time', async () => {
    open()
    await write(() => replaceMessages(base, [row(many(250))]))
    await put(message('m3', november + 249_500))
    const all = await messagesOfSegments(base, ['november'])
    expect(all.filter(({ key }) => key === 'm3')).toEqual([message('m3', november + 249_500)])
    expect(all).toHaveLength(250)
  })

  it('are what a map of them would be, in blocks that do not overlap, whatever is put and dropped', async () => {
    const one = fc.record({
      segment: fc.constantFrom('october', 'november'),
      key: fc.integer({ min: 0, max: 300 }),
      minute: fc.integer({ min: 0, max: 400 }),
      text: fc.constantFrom('коротко', 'д'.repeat(2_000), 'д'.repeat(13_000)),
    })
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ put: fc.array(one, { maxLength: 130 }) }) },
      { weight: 2, arbitrary: fc.record({ replace: fc.array(one, { maxLength: 130 }) }) },
      fc.constant({ drop: true }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        open()
        const known = new Map<string, MessageRow>()
        const rowsOf = (list: { segment: string; key: number; minute: number; text: string }[]) =>
          list.map(({ segment, key, minute, text }) => {
            const month = segment === 'october' ? october : november
            return message(`k${key}`, month + minute * 60_000, { segment, text })
          })
        for (const one of steps) {
          if ('put' in one) {
            const rows = rowsOf(one.put)
            await put(...rows)
            for (const each of rows) known.set(each.id, each)
          } else {
            const rows = 'replace' in one ? rowsOf(one.replace) : []
            const last = new Map(rows.map((each) => [each.id, each]))
            for (const id of [...known.keys()])
              if ('replace' in one || id.startsWith('october/')) known.delete(id)
            if ('replace' in one) {
              for (const [id, each] of last) known.set(id, each)
              const whole = ['october', 'november'].map((segment) =>
                row(
                  [...last.values()].filter((each) => each.segment === segment),
                  segment,
                ),
              )
              await write(() => replaceMessages(base, whole))
            } else await write(() => dropMessages(base, ['october']))
          }
          const expected = [...known.values()].sort(
            (a, b) => a.at - b.at || (a.key < b.key ? -1 : 1),
          )
          expect(await newestMessages(base, 'dialog', 1_000)).toEqual(expected)
          expect(await messagesById(base, [...known.keys()])).toEqual([...known.values()])
          expect((await messagesAfter(base, '')).length).toBe(expected.length)
          const blocks = await base.messageBlock.orderBy('[dialog+from]').toArray()
          for (const [n, block] of blocks.entries()) {
            const times = entriesOf(block).map(({ at }) => at)
            expect(times.length).toBeGreaterThan(0)
            expect(Math.min(...times)).toBeGreaterThanOrEqual(block.from)
            expect(Math.max(...times)).toBeLessThan(blocks[n + 1]?.from ?? Number.POSITIVE_INFINITY)
          }
        }
        await base.delete()
      }),
      { numRuns: 15 },
    )
  })

  it('come from a base of an older program', async () => {
    const name = `messages-old-${count++}`
    const old = new Dexie(name)
    old.version(7).stores({ message: 'id, [dialog+at], [account+folder+at]', meta: '' })
    const rows = [
      ...many(1_500),
      ...many(700, october).map((each) => ({
        ...each,
        segment: 'october',
        id: `october/${each.key}`,
      })),
    ]
    await old.table('message').bulkPut(rows)
    await old.table('meta').put('kept', 'word')
    old.close()
    base = openBase(name)
    await base.open()
    expect(await newestMessages(base, 'dialog', 5_000)).toEqual([
      ...rows.slice(1_500),
      ...rows.slice(0, 1_500),
    ])
    expect(await base.meta.get('word')).toBe('kept')
    expect([...base.backendDB().objectStoreNames]).not.toContain('message')
  })
})
