import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { entryOf, type SearchedRow } from '../../../client/search/entries.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { type Kind, kinds } from '../../../client/search/kinds.ts'
import { isFound, queryOf, waysFor } from '../../../client/search/query.ts'
import { runIndexer } from '../../../client/search/run-indexer.ts'
import { searchState } from '../../../client/search/search.ts'
import { indexVersion, searchKey, searchTables } from '../../../client/search/tables.ts'
import { client, message, now, searchLab } from './search-lab.ts'

const lab = searchLab()
const { allRows, drain, dump, found, indexedTerms, open, put, take, termsOfRows } = lab

describe('the search index', () => {
  it('keeps nothing of what is deleted, nor of an earlier version once it is tidied', async () => {
    open()
    await put(message('a', 'секретоплюшка'), message('b', 'обычное'))
    await lab.base.client.put(client('c', 'Прежнееимя') as never)
    await drain()
    expect(await dump()).toContain('секретоплюшка')
    await take('segment/a')
    await lab.base.client.update('c', { name: 'Новое' })
    const indexer = await drain()
    await indexer.tidy()
    const kept = await dump()
    expect(kept).not.toContain('секретоплюшка')
    expect(kept).not.toContain('segment/a')
    expect(kept.toLowerCase()).not.toContain('прежнееимя')
    expect(await found('message', 'обычное')).toEqual(['segment/b'])
    await take('segment/b')
    await lab.base.client.update('c', { deletedAt: 1 })
    await drain()
    for (const table of Object.keys(searchTables))
      expect(await lab.base.table(table).count()).toBe(0)
  })

  it('indexes rows that were there before it, and builds an index of another version anew', async () => {
    open()
    await lab.base.client.put(client('a', 'Ромашка') as never)
    await lab.base.searchLog.clear()
    await lab.base.meta.delete(searchKey)
    await drain()
    expect(await found('client', 'ромашки')).toEqual(['a'])
    await lab.base.meta.put({ version: indexVersion - 1, walk: null }, searchKey)
    expect((await searchState(lab.base)).building).toBe(true)
    await drain()
    expect((await searchState(lab.base)).building).toBe(false)
    expect(await lab.base.searchShard.count()).toBe(1)
    expect(await found('client', 'ромашки')).toEqual(['a'])
  })

  it('reads no row twice that came after the base was made', async () => {
    open()
    await lab.base.client.bulkPut([client('a', 'Ромашка'), client('b', 'Заря')] as never)
    const read: string[] = []
    lab.base.client.hook('reading', (row) => {
      read.push(row.id)
      return row
    })
    await drain()
    expect(read).toEqual(['a', 'b'])
    expect(await found('client', 'ромашки')).toEqual(['a'])
  })

  it('finds contacts by name while it is being built', async () => {
    open()
    await lab.base.client.put({
      ...client('a', 'Ромашка'),
      words: ['ромашка'],
      sortName: 'ромашка',
    } as never)
    expect(await found('client', 'ромаш')).toEqual(['a'])
  })

  it('finds what was written a moment ago and is not indexed yet', async () => {
    open()
    await drain()
    await put(message('a', 'Только что'))
    expect(await found('message', 'только')).toEqual(['segment/a'])
  })

  it('writes nothing where a row came again as it was', async () => {
    open()
    await put(message('a', 'Здравствуйте'))
    await drain()
    const before = await lab.base.searchShard.toArray()
    await put({ ...message('a', 'Здравствуйте'), state: { status: 'sent', at: 1 } })
    await drain()
    expect(await lab.base.searchShard.toArray()).toEqual(before)
  })

  it('goes on where it was cut off at any moment', async () => {
    for (let steps = 0; steps < 40; steps += 3) {
      open()
      await put(...Array.from({ length: 300 }, (_, n) => message(`m${n}`, `слово${n} общее`, n)))
      for (let n = 0; n < 5; n++) await put(message(`n${n}`, `позже${n} общее`, 1_000 + n))
      let left = steps
      const breathe = async () => {
        if (left-- === 0) throw new Error('cut off')
      }
      await (async () => {
        const indexer = await openIndexer({ base: lab.base, breathe })
        while (await indexer.step()) await breathe()
      })().catch(() => {})
      await drain()
      expect(await found('message', 'общее')).toHaveLength(305)
      expect(await found('message', 'слово7')).toHaveLength(11)
      const ids = new Set(await lab.base.searchShard.toCollection().primaryKeys())
      for (const { shard } of await lab.base.searchBlock.toArray()) expect(ids).toContain(shard)
      await lab.base.delete()
    }
  })

  it('leaves nothing of a shard that was cut off while it was written', async () => {
    open()
    await put(message('a', 'прежнее слово'), message('b', 'секретоплюшка'))
    const fail = () => {
      throw new Error('cut off')
    }
    lab.base.searchPrint.hook('creating', fail)
    await expect(drain()).rejects.toThrow('cut off')
    lab.base.searchPrint.hook('creating').unsubscribe(fail)
    expect(await dump()).toContain('секретоплюшка')
    await take('segment/b')
    await put(message('a', 'другое'))
    await drain()
    expect(await dump()).not.toContain('секретоплюшка')
    expect(await indexedTerms()).toEqual(await termsOfRows())
  })

  it('takes one deleted row out of a large shard at once', async () => {
    open()
    const texts = Array.from({ length: 100 }, (_, n) => message(`m${n}`, `слово${n} общее`))
    await put(...texts)
    await drain()
    await take('segment/m42')
    await drain()
    expect(await dump()).not.toContain('слово42')
    expect(await indexedTerms()).toEqual(await termsOfRows())
  })

  it('takes out what is deleted before it indexes what waits', async () => {
    open()
    await put(message('a', 'секретоплюшка'))
    await drain()
    for (let n = 0; n < 100; n++) await put(message(`m${n}`, 'обычное'))
    await take('segment/a')
    const indexer = await openIndexer({ base: lab.base, breathe: now })
    await indexer.step()
    await indexer.step()
    expect(await dump()).not.toContain('секретоплюшка')
    expect(await lab.base.searchLog.count()).toBe(100)
  })

  it('is built anew where a part of it is missing', async () => {
    open()
    await lab.base.meta.put(true, 'complete')
    await put(message('a', 'поставка'))
    await drain()
    await lab.base.searchPrint.clear()
    await put(message('b', 'поставка'))
    const stop = new AbortController()
    const running = runIndexer(
      { base: lab.base, now: () => performance.now(), hasRoom: async () => true },
      stop.signal,
    )
    await vi.waitFor(async () => {
      expect((await searchState(lab.base)).building).toBe(false)
      expect(await lab.base.searchLog.count()).toBe(0)
      expect(await lab.base.searchPrint.count()).toBe(await lab.base.searchShard.count())
    }, 30_000)
    stop.abort()
    await running
    expect(await found('message', 'поставка')).toEqual(['segment/a', 'segment/b'])
  })

  it('lets changes go first, but is not kept from its work for ever', async () => {
    open()
    await lab.base.meta.put(true, 'complete')
    let clock = 0
    const stop = new AbortController()
    const running = runIndexer(
      { base: lab.base, now: () => clock, hasRoom: async () => true },
      stop.signal,
    )
    let n = 0
    const write = async (later: number) => {
      clock += later
      await put(message(`${n++}`, 'поставка'))
      // For the index to begin, if it would.
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    for (let writes = 0; writes < 8; writes++) await write(25)
    expect(await lab.base.searchShard.count()).toBe(0)
    await vi.waitFor(async () => {
      await write(200)
      expect(await lab.base.searchShard.count()).toBeGreaterThan(0)
    }, 30_000)
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
          let indexer = await openIndexer({ base: lab.base, breathe: now })
          for (const { kind, id, text, after } of changes) {
            if (kind === 'message')
              await (text === null ? take(`segment/m${id}`) : put(message(`m${id}`, text, id)))
            else if (text === null) await lab.base.table(kind).delete(`c${id}`)
            else await lab.base.table(kind).put(client(`c${id}`, text))
            if (after === 'step') await indexer.step()
            else if (after === 'tidy') await indexer.tidy()
            else if (after === 'index') while (await indexer.step());
            else indexer = await openIndexer({ base: lab.base, breathe: now })
          }
          while (await indexer.step());
          for (const parts of queries) {
            const query = parts.map(([each, length]) => each.slice(0, length)).join(' ')
            for (const kind of kinds) {
              const rows: SearchedRow[] = await allRows(kind)
              const ways = waysFor(queryOf(query), kind)
              const expected = rows.filter((row) => {
                const entry = entryOf(kind, row)
                return entry !== null && ways.length > 0 && isFound(entry, ways, false)
              })
              expect((await found(kind, query)).sort()).toEqual(expected.map(({ id }) => id).sort())
            }
          }
          await indexer.tidy()
          expect(await indexedTerms()).toEqual(await termsOfRows())
          await lab.base.delete()
        },
      ),
      { numRuns: 40, seed: 20261121 },
    )
  })
})
