import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { find } from '../../../client/frame/find.ts'
import { locale } from '../../../client/i18n/index.ts'
import {
  messagesAfter,
  messagesOfSegments,
  messageTables,
  putMessages,
  replaceMessages,
} from '../../../client/replica/message-store.ts'
import { type MessageRow, openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { entryOf, type SearchedRow } from '../../../client/search/entries.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { type Kind, kinds } from '../../../client/search/kinds.ts'
import { eachNumber, listsOf } from '../../../client/search/postings.ts'
import { isFound, queryOf, waysFor } from '../../../client/search/query.ts'
import { runIndexer } from '../../../client/search/run-indexer.ts'
import { search, searchState } from '../../../client/search/search.ts'
import { indexVersion, searchKey, searchTables } from '../../../client/search/tables.ts'
import { newId } from '../../../shared/ids.ts'

const now = async () => {}

const client = (id: string, name: string, more: object = {}) => ({
  id,
  type: 'client',
  kind: 'organisation' as const,
  name,
  phones: [],
  emails: [],
  addresses: [],
  links: [],
  ...more,
})

const message = (id: string, text: string, at = 0) => ({
  id: `segment/${id}`,
  key: id,
  segment: 'segment',
  dialog: 'dialog',
  account: 'account',
  at,
  direction: 'in' as const,
  kind: 'letter' as const,
  author: {},
  text,
  state: null,
})

const put = (base: ReplicaBase, ...rows: MessageRow[]) =>
  base.transaction('rw', messageTables(base), () => putMessages(base, rows))

/** The segment comes again without a message. */
const take = (base: ReplicaBase, id: string) =>
  base.transaction('rw', messageTables(base), async () => {
    const messages = (await messagesOfSegments(base, ['segment'])).filter((row) => row.id !== id)
    const row = { type: 'segment', id: 'segment', dialog: 'dialog', account: 'account', messages }
    await replaceMessages(base, [row])
  })

/** Everything the index keeps, as one text. */
const dump = async (base: ReplicaBase): Promise<string> => {
  const rows = []
  for (const table of Object.keys(searchTables)) rows.push(await base.table(table).toArray())
  return JSON.stringify(rows)
}

/** Every term with the rows it leads to, as the tables of the index have it. */
const indexedTerms = async (base: ReplicaBase): Promise<string[]> => {
  const found: string[] = []
  for (const { id, kind, dead } of await base.searchShard.toArray()) {
    expect(dead).toEqual([])
    const pages = await base.searchPage.where('[shard+page]').between([id, 0], [id, 9]).toArray()
    const keys = pages.flatMap((page) => page.keys)
    for (const block of await base.searchBlock.toArray())
      if (block.shard === id)
        for (const [term, list] of listsOf(block))
          eachNumber(list, (number) => found.push(`${kind} ${keys[number]} ${term}`))
  }
  return found.sort()
}

const allRows = async (base: ReplicaBase, kind: Kind): Promise<SearchedRow[]> =>
  kind === 'message' ? messagesAfter(base, '') : base.table(kind).toArray()

const termsOfRows = async (base: ReplicaBase): Promise<string[]> => {
  const expected: string[] = []
  for (const kind of kinds)
    for (const row of await allRows(base, kind))
      for (const term of entryOf(kind, row)?.terms ?? []) expected.push(`${kind} ${row.id} ${term}`)
  return expected.sort()
}

describe('the search index', () => {
  let base: ReplicaBase
  let count = 0
  const open = () => {
    base = openBase(`search-${count++}`)
    return base
  }
  const drain = async () => {
    const indexer = await openIndexer({ base, breathe: now })
    while (await indexer.step());
    return indexer
  }
  const found = async (kind: Kind, typed: string) =>
    (await search(base, typed, 1_000))[kind].map(({ id }) => id)

  afterEach(async () => {
    await base.delete()
  })

  it('finds events by their words and files', async () => {
    open()
    const event = { id: 'e', type: 'interaction', kind: 'k', at: 5, contact: 'c' }
    const files = [{ hash: 'h', name: 'замеры.xlsx', size: 1, type: 'x' }]
    await base.table('interaction').put({ ...event, text: 'Обсудили поставку кирпича', files })
    expect(await found('interaction', 'кирпич')).toEqual(['e'])
    await drain()
    expect(await found('interaction', 'кирпич')).toEqual(['e'])
    expect(await found('interaction', 'замеры')).toEqual(['e'])
    await base.interaction.delete('e')
    expect(await found('interaction', 'кирпич')).toEqual([])
    await drain()
    expect(await dump(base)).not.toContain('кирпич')
  })

  it('finds appeals by their sender, first words and the subject of their dialog', async () => {
    open()
    const field = newId()
    const appeal = {
      ...{ type: 'appeal', account: 'a', channel: 'mail', state: 'new', at: 5, dialog: 'd' },
      custom: { [field]: 'секретнаяскидка' },
    }
    await base.table('appeal').bulkPut([
      {
        ...{ ...appeal, id: 'p', firstWords: 'Нужны поддоны' },
        who: { name: 'Пётр Лугов', address: 'lugov@les.ru' },
      },
      { ...appeal, id: 'q', deletedAt: 1, firstWords: 'Поддоны', who: { address: 'x@les.ru' } },
    ])
    const peer = { address: 'lugov@les.ru' }
    const dialog = { id: 'd', type: 'dialog', account: 'a', channel: 'mail', subject: 'Тара', peer }
    await base.table('dialog').put(dialog)
    const value = { id: 'v', type: 'privateValue', record: 'p', field, moves: [] }
    await base.table('privateValue').put({ ...value, value: 'секретнаяскидка' })
    for (const prepare of [now, drain]) {
      await prepare()
      for (const typed of ['поддон', 'лугов', 'lugov@les.ru', 'Пётр поддонов'])
        expect(await found('appeal', typed)).toEqual(['p'])
      expect(await found('appeal', 'секретнаяскидка')).toEqual([])
    }
    const lines = await find(base, 'тара')
    expect(lines.map(({ kind, path }) => [kind, path])).toEqual([
      ['dialog', '/dialogs/d'],
      ['appeal', '/dialogs/d'],
    ])
    expect(lines[1]?.excerpt).toEqual([{ text: 'Тара', found: true }])
  })

  it('finds products by name, article and own texts; not by what everyone may not see', async () => {
    open()
    locale.value = 'ru'
    const [seen, hidden] = [newId(), newId()]
    const product = { type: 'product', active: true }
    await base.table('product').bulkPut([
      {
        ...{ ...product, id: 'p', name: 'Кресло «Эрго»', article: 'KR-104' },
        price: { amount: 15_990, currency: 'RUB' },
        custom: { [seen]: 'Экокожа', [hidden]: 'секретнаяскидка' },
      },
      { ...product, id: 'q', name: 'Кресло прежнее', deletedAt: 1 },
    ])
    const value = { id: 'v', type: 'privateValue', record: 'p', field: hidden, moves: [] }
    await base.table('privateValue').put({ ...value, value: 'секретнаяскидка' })
    for (const prepare of [now, drain]) {
      await prepare()
      for (const typed of ['кресла', 'KR-104', 'экокож', 'эрго кресло'])
        expect(await found('product', typed)).toEqual(['p'])
      expect(await found('product', 'секретнаяскидка')).toEqual([])
    }
    expect(await dump(base)).not.toContain('секретнаяскидка')
    const [line] = await find(base, 'экокожа')
    expect(line).toMatchObject({ kind: 'product', path: '/products/p' })
    expect(line?.detail.replace(/\s/g, ' ')).toBe('KR-104 · 15 990,00 ₽')
    expect(line?.excerpt).toEqual([{ text: 'Экокожа', found: true }])
  })

  it('finds tasks, dialogs and events by the texts of fields of one’s own, not by what everyone may not see', async () => {
    open()
    const [open_, hidden] = [newId(), newId()]
    const option = newId()
    const custom = { [open_]: 'Гарантийный ремонт', [hidden]: 'секретнаяскидка', [newId()]: option }
    const task = { type: 'task', title: 'Позвонить', kind: 'call', responsible: 'a', custom }
    const dialog = { type: 'dialog', account: 'a', channel: 'mail', custom }
    await base.table('task').bulkPut([
      { ...task, id: 'a' },
      { ...task, id: 'b', custom: { [open_]: 'ремонты' } },
    ])
    await base.table('dialog').put({ ...dialog, id: 'd', peer: { address: 'ivan@zavod.ru' } })
    await base.table('interaction').put({
      ...{ id: 'e', type: 'interaction', kind: 'k', at: 5, contact: 'c', text: 'Встреча' },
      custom: { [open_]: 'Ремонт', [newId()]: '2026-11-22' },
    })
    for (const record of ['a', 'd']) {
      const value = { id: `v${record}`, type: 'privateValue', record, field: hidden }
      await base.table('privateValue').put({ ...value, value: 'секретнаяскидка', moves: [] })
    }
    for (const prepare of [now, drain]) {
      await prepare()
      expect((await found('task', 'ремонт')).sort()).toEqual(['a', 'b'])
      expect(await found('task', 'гарантийного ремонта')).toEqual(['a'])
      expect(await found('dialog', 'ремонт')).toEqual(['d'])
      expect(await found('dialog', 'ivan ремонт')).toEqual(['d'])
      expect(await found('interaction', 'ремонт')).toEqual(['e'])
      for (const kind of ['task', 'dialog'] as const) {
        expect(await found(kind, 'секретнаяскидка')).toEqual([])
        expect(await found(kind, option.slice(0, 8))).toEqual([])
      }
      expect(await found('interaction', '2026')).toEqual([])
    }
    // The line of one says why it was found.
    const why = (await find(base, 'ремонт')).map(({ kind, excerpt = [] }) => [
      kind,
      excerpt.find((part) => part.found)?.text,
    ])
    expect(why).toContainEqual(['task', 'ремонт'])
    expect(why).toContainEqual(['dialog', 'ремонт'])
    const terms = (await indexedTerms(base)).join()
    expect(terms).toContain('dialog d гарантийный')
    expect(terms).not.toContain('секретнаяскидка')
  })

  it('finds records by their tags, by the name that a tag has now, beside their own words', async () => {
    open()
    const [vip, partner, gone] = [newId(), newId(), newId()]
    const tag = (id: string, name: string, more: object = {}) =>
      base.table('directory').put({ id, type: 'directory', directory: 'tag', name, ...more })
    await tag(vip, 'Важный клиент')
    await tag(partner, 'Партнёр')
    await tag(gone, 'Уходит', { deletedAt: 1 })
    await base
      .table('client')
      .bulkPut([
        client('1', 'Заря', { tags: [vip], sortName: 'заря' }),
        client('2', 'Восход', { tags: [partner, gone], sortName: 'восход' }),
      ])
    const interest = { type: 'interest', name: 'Станок', scenario: 's', stage: 't' }
    await base.table('interest').put({ id: '3', ...interest, tags: [vip] })
    // Noted only, then indexed.
    for (const prepare of [now, drain]) {
      await prepare()
      expect(await found('client', 'важные')).toEqual(['1'])
      expect(await found('client', 'важный заря')).toEqual(['1'])
      expect(await found('client', 'важный восход')).toEqual([])
      expect(await found('interest', 'важный станок')).toEqual(['3'])
      expect(await found('client', 'уходит')).toEqual([])
    }
    await tag(vip, 'Ключевой')
    expect(await found('client', 'важный')).toEqual([])
    expect(await found('client', 'ключевой')).toEqual(['1'])
    await tag(vip, 'Ключевой', { mergedInto: partner })
    expect(await found('client', 'партнер')).toEqual(['2', '1'])
    await base.table('client').put(client('1', 'Заря', { tags: [], sortName: 'заря' }))
    expect(await found('client', 'партнер')).toEqual(['2'])
    await drain()
    expect(await found('client', 'партнер')).toEqual(['2'])
  })

  it('finds word beginnings and word forms, newest first', async () => {
    open()
    await put(
      base,
      message('a', 'Поставки идут по плану', 1),
      message('b', 'Ждём поставку, счёт оплачен', 2),
      message('c', 'The invoices were delivered', 3),
      message('d', 'Поставщик молчит', 4),
    )
    await drain()
    expect(await found('message', 'поставка')).toEqual(['segment/b', 'segment/a'])
    expect(await found('message', 'постав')).toEqual(['segment/d', 'segment/b', 'segment/a'])
    expect(await found('message', 'счетом')).toEqual(['segment/b'])
    expect(await found('message', 'СЧЁТ поставки')).toEqual(['segment/b'])
    expect(await found('message', 'invoice deliver')).toEqual(['segment/c'])
    expect(await found('message', 'план счёт')).toEqual([])
  })

  it('finds contacts by their names before those by other words', async () => {
    open()
    await base.client.bulkPut([
      client('a', 'Альфа', { note: 'партнёр Зари' }),
      client('b', 'ООО «Заря»', { phones: [{ value: '+74951234567' }] }),
    ] as never)
    await drain()
    expect(await found('client', 'заря')).toEqual(['b', 'a'])
    expect(await found('client', '8 (495) 123')).toEqual(['b'])
  })

  it('finds tasks by their titles, descriptions and results, those due latest first', async () => {
    open()
    const task = { type: 'task', kind: 'call', responsible: 'a' }
    await base.task.bulkPut([
      { ...task, id: 'a', title: 'Позвонить насчёт поставки', due: 1 },
      { ...task, id: 'b', title: 'Встреча', description: 'Обсудить поставку', due: 2 },
      { ...task, id: 'c', title: 'Поставка', deletedAt: 3 },
    ] as never)
    await drain()
    expect(await found('task', 'поставка')).toEqual(['b', 'a'])
  })

  it('keeps nothing of what is deleted, nor of an earlier version once it is tidied', async () => {
    open()
    await put(base, message('a', 'секретоплюшка'), message('b', 'обычное'))
    await base.client.put(client('c', 'Прежнееимя') as never)
    await drain()
    expect(await dump(base)).toContain('секретоплюшка')
    await take(base, 'segment/a')
    await base.client.update('c', { name: 'Новое' })
    const indexer = await drain()
    await indexer.tidy()
    const kept = await dump(base)
    expect(kept).not.toContain('секретоплюшка')
    expect(kept).not.toContain('segment/a')
    expect(kept.toLowerCase()).not.toContain('прежнееимя')
    expect(await found('message', 'обычное')).toEqual(['segment/b'])
    await take(base, 'segment/b')
    await base.client.update('c', { deletedAt: 1 })
    await drain()
    for (const table of Object.keys(searchTables)) expect(await base.table(table).count()).toBe(0)
  })

  it('indexes rows that were there before it, and builds an index of another version anew', async () => {
    open()
    await base.client.put(client('a', 'Ромашка') as never)
    await base.searchLog.clear()
    await base.meta.delete(searchKey)
    await drain()
    expect(await found('client', 'ромашки')).toEqual(['a'])
    await base.meta.put({ version: indexVersion - 1, walk: null }, searchKey)
    expect((await searchState(base)).building).toBe(true)
    await drain()
    expect((await searchState(base)).building).toBe(false)
    expect(await base.searchShard.count()).toBe(1)
    expect(await found('client', 'ромашки')).toEqual(['a'])
  })

  it('reads no row twice that came after the base was made', async () => {
    open()
    await base.client.bulkPut([client('a', 'Ромашка'), client('b', 'Заря')] as never)
    const read: string[] = []
    base.client.hook('reading', (row) => {
      read.push(row.id)
      return row
    })
    await drain()
    expect(read).toEqual(['a', 'b'])
    expect(await found('client', 'ромашки')).toEqual(['a'])
  })

  it('finds contacts by name while it is being built', async () => {
    open()
    await base.client.put({
      ...client('a', 'Ромашка'),
      words: ['ромашка'],
      sortName: 'ромашка',
    } as never)
    expect(await found('client', 'ромаш')).toEqual(['a'])
  })

  it('finds what was written a moment ago and is not indexed yet', async () => {
    open()
    await drain()
    await put(base, message('a', 'Только что'))
    expect(await found('message', 'только')).toEqual(['segment/a'])
  })

  it('writes nothing where a row came again as it was', async () => {
    open()
    await put(base, message('a', 'Здравствуйте'))
    await drain()
    const before = await base.searchShard.toArray()
    await put(base, { ...message('a', 'Здравствуйте'), state: { status: 'sent', at: 1 } })
    await drain()
    expect(await base.searchShard.toArray()).toEqual(before)
  })

  it('goes on where it was cut off at any moment', async () => {
    for (let steps = 0; steps < 40; steps += 3) {
      open()
      await put(
        base,
        ...Array.from({ length: 300 }, (_, n) => message(`m${n}`, `слово${n} общее`, n)),
      )
      for (let n = 0; n < 5; n++) await put(base, message(`n${n}`, `позже${n} общее`, 1_000 + n))
      let left = steps
      const breathe = async () => {
        if (left-- === 0) throw new Error('cut off')
      }
      await (async () => {
        const indexer = await openIndexer({ base, breathe })
        while (await indexer.step()) await breathe()
      })().catch(() => {})
      await drain()
      expect(await found('message', 'общее')).toHaveLength(305)
      expect(await found('message', 'слово7')).toHaveLength(11)
      const ids = new Set(await base.searchShard.toCollection().primaryKeys())
      for (const { shard } of await base.searchBlock.toArray()) expect(ids).toContain(shard)
      await base.delete()
    }
  })

  it('leaves nothing of a shard that was cut off while it was written', async () => {
    open()
    await put(base, message('a', 'прежнее слово'), message('b', 'секретоплюшка'))
    const fail = () => {
      throw new Error('cut off')
    }
    base.searchPrint.hook('creating', fail)
    await expect(drain()).rejects.toThrow('cut off')
    base.searchPrint.hook('creating').unsubscribe(fail)
    expect(await dump(base)).toContain('секретоплюшка')
    await take(base, 'segment/b')
    await put(base, message('a', 'другое'))
    await drain()
    expect(await dump(base)).not.toContain('секретоплюшка')
    expect(await indexedTerms(base)).toEqual(await termsOfRows(base))
  })

  it('takes one deleted row out of a large shard at once', async () => {
    open()
    const texts = Array.from({ length: 100 }, (_, n) => message(`m${n}`, `слово${n} общее`))
    await put(base, ...texts)
    await drain()
    await take(base, 'segment/m42')
    await drain()
    expect(await dump(base)).not.toContain('слово42')
    expect(await indexedTerms(base)).toEqual(await termsOfRows(base))
  })

  it('takes out what is deleted before it indexes what waits', async () => {
    open()
    await put(base, message('a', 'секретоплюшка'))
    await drain()
    for (let n = 0; n < 100; n++) await put(base, message(`m${n}`, 'обычное'))
    await take(base, 'segment/a')
    const indexer = await openIndexer({ base, breathe: now })
    await indexer.step()
    await indexer.step()
    expect(await dump(base)).not.toContain('секретоплюшка')
    expect(await base.searchLog.count()).toBe(100)
  })

  it('is built anew where a part of it is missing', async () => {
    open()
    await base.meta.put(true, 'complete')
    await put(base, message('a', 'поставка'))
    await drain()
    await base.searchPrint.clear()
    await put(base, message('b', 'поставка'))
    const stop = new AbortController()
    const running = runIndexer(
      { base, now: () => performance.now(), hasRoom: async () => true },
      stop.signal,
    )
    await vi.waitFor(async () => {
      expect((await searchState(base)).building).toBe(false)
      expect(await base.searchLog.count()).toBe(0)
      expect(await base.searchPrint.count()).toBe(await base.searchShard.count())
    }, 5_000)
    stop.abort()
    await running
    expect(await found('message', 'поставка')).toEqual(['segment/a', 'segment/b'])
  })

  it('lets changes go first, but is not kept from its work for ever', async () => {
    open()
    await base.meta.put(true, 'complete')
    let clock = 0
    const stop = new AbortController()
    const running = runIndexer({ base, now: () => clock, hasRoom: async () => true }, stop.signal)
    let n = 0
    const write = async (later: number) => {
      clock += later
      await put(base, message(`${n++}`, 'поставка'))
      // For the index to begin, if it would.
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    for (let writes = 0; writes < 8; writes++) await write(25)
    expect(await base.searchShard.count()).toBe(0)
    await vi.waitFor(async () => {
      await write(200)
      expect(await base.searchShard.count()).toBeGreaterThan(0)
    }, 10_000)
    stop.abort()
    await running
  })

  it('finds exactly what a look at every row finds, whatever is written and deleted', async () => {
    const word = fc.constantFrom(
      ...'поставка поставки поставщик счёт счета счетов ёлка договор договоры день invoice invoices happy happiness sized sizing 12 123'.split(
        ' ',
      ),
    )
    const texts = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '))
    const change = fc.record({
      kind: fc.constantFrom<Kind>('client', 'message'),
      id: fc.integer({ min: 0, max: 12 }),
      text: fc.option(texts),
      after: fc.constantFrom('index', 'step', 'wait', 'tidy'),
    })
    const typed = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 2,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 40 }),
        fc.array(typed, { minLength: 1, maxLength: 5 }),
        async (changes, queries) => {
          open()
          let indexer = await openIndexer({ base, breathe: now })
          for (const { kind, id, text, after } of changes) {
            if (kind === 'message')
              await (text === null
                ? take(base, `segment/m${id}`)
                : put(base, message(`m${id}`, text, id)))
            else if (text === null) await base.table(kind).delete(`c${id}`)
            else await base.table(kind).put(client(`c${id}`, text))
            if (after === 'step') await indexer.step()
            else if (after === 'tidy') await indexer.tidy()
            else if (after === 'index') while (await indexer.step());
            else indexer = await openIndexer({ base, breathe: now })
          }
          while (await indexer.step());
          for (const parts of queries) {
            const query = parts.map(([each, length]) => each.slice(0, length)).join(' ')
            for (const kind of kinds) {
              const rows: SearchedRow[] = await allRows(base, kind)
              const ways = waysFor(queryOf(query), kind)
              const expected = rows.filter((row) => {
                const entry = entryOf(kind, row)
                return entry !== null && ways.length > 0 && isFound(entry, ways, false)
              })
              expect((await found(kind, query)).sort()).toEqual(expected.map(({ id }) => id).sort())
            }
          }
          await indexer.tidy()
          expect(await indexedTerms(base)).toEqual(await termsOfRows(base))
          await base.delete()
        },
      ),
      { numRuns: 40, seed: 20261121 },
    )
  }, 60_000)
})
