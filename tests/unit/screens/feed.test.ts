import { expect, onTestFinished, test } from 'vitest'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { feedItems, newestEvents } from '../../../client/screens/news/feed.ts'
import type { NewsLine } from '../../../shared/protocol/news.ts'

const event = (id: string, at: number, more: object = {}) =>
  storedRow({
    type: 'interaction',
    id,
    kind: 'call',
    at,
    contact: 'client',
    contactType: 'client',
    createdBy: 'anna',
    ...more,
  }) as never

const line = (seq: number, at: number): NewsLine => ({
  seq,
  user: 'anna',
  type: 'client',
  deed: 'created',
  at,
  since: at,
  count: 1,
  records: [],
  fields: [],
})

test('the feed ends where one of its parts is not read further, so that nothing comes in between later', () => {
  const events = [event('e30', 30), event('e10', 10)]
  const keys = (next: number | null, limit: number) =>
    feedItems({ lines: [line(2, 40), line(1, 20)], next }, events, limit).map(({ key }) => key)
  expect(keys(null, 50)).toEqual(['news 2', 'e30', 'news 1', 'e10'])
  // More of the relay's part lies below 20, more of the events below 10.
  expect(keys(7, 50)).toEqual(['news 2', 'e30', 'news 1'])
  expect(keys(null, 2)).toEqual(['news 2', 'e30', 'news 1', 'e10'])
  expect(keys(7, 2)).toEqual(['news 2', 'e30', 'news 1'])
  expect(feedItems(null, events, 50).map(({ key }) => key)).toEqual(['e30', 'e10'])
})

test('events are found by who wrote them down, their kind and their client with its persons', async () => {
  const base = openBase('feed')
  onTestFinished(() => base.delete())
  await base.person.put(
    storedRow({ type: 'person', id: 'ivan', name: 'Иван', client: 'client' }) as never,
  )
  await base.interaction.bulkPut([
    event('first', 1),
    event('boris', 2, { createdBy: 'boris' }),
    event('meeting', 3, { kind: 'meeting' }),
    event('ivan', 4, { contact: 'ivan', contactType: 'person' }),
    event('both', 5, { persons: ['ivan'] }),
    event('other', 6, { contact: 'other' }),
    event('thrown away', 7, { deletedAt: 8 }),
  ])
  const all = { user: '', client: '', kind: '' }
  const ids = async (asked: Partial<typeof all>, limit = 50) =>
    (await newestEvents(base, { ...all, ...asked }, limit)).map(({ id }) => id)
  expect(await ids({})).toEqual(['other', 'both', 'ivan', 'meeting', 'boris', 'first'])
  expect(await ids({}, 2)).toEqual(['other', 'both'])
  expect(await ids({ user: 'boris' })).toEqual(['boris'])
  expect(await ids({ kind: 'meeting' })).toEqual(['meeting'])
  expect(await ids({ client: 'client' })).toEqual(['both', 'ivan', 'meeting', 'boris', 'first'])
  expect(await ids({ client: 'client' }, 2)).toEqual(['both', 'ivan'])
})
