import Dexie, { RangeSet } from 'dexie'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { findRecords } from '../../../client/lists/find.ts'
import { openPauses, sortInSlices } from '../../../client/lists/in-slices.ts'
import { openNameOrder } from '../../../client/lists/name-order.ts'
import type { ListQuery, Sort } from '../../../client/lists/query.ts'
import { openValueCache } from '../../../client/lists/value-cache.ts'
import { followPaced } from '../../../client/replica/paced.ts'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { compareKeys, sortKey } from '../../../shared/fields/compare.ts'
import { fieldsOf, fieldValue } from '../../../shared/fields/fields.ts'
import { compileFilter, everything, type Group } from '../../../shared/fields/filter.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { until } from '../../lab/processes.ts'

/** One for all: to make a base takes longer than what is tried with it. */
let base: ReplicaBase
beforeAll(async () => {
  base = openBase(`order-${newId()}`)
  await base.open()
})
beforeEach(() => base.client.clear())
afterAll(() => base.delete())

const rowOf = (id: string, fields: object) =>
  storedRow({
    id,
    type: 'client',
    kind: 'organisation',
    name: 'Ромашка',
    phones: [],
    emails: [],
    ...fields,
  }) as never // as much of a row as is read here

const byIndex = () => base.client.orderBy('sortName').primaryKeys()

const names = ['Альфа', 'Ёлка', 'ель', 'Бета', 'бета']
const act = fc.record({
  n: fc.nat(30),
  name: fc.constantFrom(...names),
  inn: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
  what: fc.constantFrom('put', 'put', 'put', 'trash', 'delete'),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const perform = async (acts: readonly Act[]): Promise<void> => {
  for (const { n, name, inn, what } of acts) {
    const id = `id-${n}`
    if (what === 'delete') await base.client.delete(id)
    else
      await base.client.put(
        rowOf(id, { name, ...(inn && { inn }), ...(what === 'trash' && { deletedAt: 1 }) }),
      )
  }
}

describe('ids by name', () => {
  test('are after any changes those of a fresh reading', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { maxLength: 8 }), { maxLength: 8 }),
        async (rounds) => {
          const order = openNameOrder(base, 'client')
          await base.client.bulkPut(names.map((name, n) => rowOf(`id-${n}`, { name })))
          await order.all()
          for (const acts of rounds) {
            await perform(acts)
            expect(await order.all()).toEqual(await byIndex())
          }
          order.close()
        },
      ),
      { numRuns: 30 },
    ))

  test('come right though other tabs tell of their changes one after another, later', () =>
    fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        await base.client.clear()
        const order = openNameOrder(base, 'client')
        await base.client.bulkPut(
          Array.from({ length: 12 }, (_, n) => rowOf(`id-${n}`, { name: names[n % names.length] })),
        )
        await order.all()
        // What is written without Dexie is told by nobody.
        const { backend, written } = await silently()
        for (const one of acts) await written(one)
        for (const { n } of acts) {
          const key = `idb://${base.name}/client/`
          Dexie.on.storagemutated.fire({ [key]: new RangeSet(`id-${n}`) })
          await order.all()
        }
        expect(await order.all()).toEqual(await byIndex())
        backend.close()
        order.close()
      }),
      { numRuns: 30 },
    ))

  test('are those after a change for who asks when it hears of it', async () => {
    const order = openNameOrder(base, 'client')
    const answers: (readonly string[])[] = []
    const end = followPaced(base, 'client', order.all, (ids) => answers.push(ids))
    onTestFinished(() => {
      end()
      order.close()
    })
    await until('the first answer', () => answers.length === 1 || undefined)
    await base.client.put(rowOf('id-1', {}))
    await until('the second answer', () => answers.length === 2 || undefined)
    expect(answers).toEqual([[], ['id-1']])
  })

  test('hold what was told while an earlier question was answered', async () => {
    const order = openNameOrder(base, 'client')
    onTestFinished(order.close)
    const { backend, written } = await silently()
    const first = order.all()
    await Promise.resolve()
    await Promise.resolve()
    // Another tab's word may come before the answer of a reading that was earlier than its change.
    Dexie.on.storagemutated.fire({ [`idb://${base.name}/client/`]: new RangeSet('id-7') })
    const second = order.all()
    expect(await first).toEqual([])
    await written({ n: 7, name: 'Бета', inn: undefined, what: 'put' })
    expect(await second).toEqual(['id-7'])
    backend.close()
  })

  test('are read in parts, also where more have one name than are read at once', async () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      rowOf(`id-${n}`, { name: n < 40 ? 'Бета' : `Альфа ${n % 7}` }),
    )
    await base.client.bulkPut(rows)
    for (const atOnce of [1, 7, 20, 60, 61]) {
      const order = openNameOrder(base, 'client', { atOnce })
      expect(await order.all()).toEqual(await byIndex())
      order.close()
    }
  })

  test('begin with a first screen, and how many there are', async () => {
    await base.client.bulkPut(names.map((name, n) => rowOf(`id-${n}`, { name })))
    const order = openNameOrder(base, 'client')
    onTestFinished(order.close)
    const all = await byIndex()
    expect(await order.first(2)).toEqual({ ids: all.slice(0, 2), total: 5 })
  })
})

/** Puts rows past Dexie, as another tab does before its word has come here. */
const silently = async () => {
  const backend = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(base.name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const written = async ({ n, name, what }: Act): Promise<void> => {
    const transaction = backend.transaction('client', 'readwrite')
    const store = transaction.objectStore('client')
    if (what === 'delete') store.delete(`id-${n}`)
    else store.put(rowOf(`id-${n}`, { name, ...(what === 'trash' && { deletedAt: 1 }) }))
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
  }
  return { backend, written }
}

describe('what is found', () => {
  const infos = fieldsOf('client', [])
  const context = { user: 'anna', today: new Date(2026, 10, 22), below: () => [] }
  const words: Names = {
    language: 'ru',
    entries: new Map(),
    records: new Map(),
    currency: 'RUB',
    today: context.today,
  }
  const openKept = () => ({
    order: openNameOrder(base, 'client'),
    values: openValueCache(base, 'client'),
  })
  const filters: Group[] = [
    everything,
    { join: 'all', of: [{ field: 'inn', op: 'contains', value: '1' }] },
    { join: 'all', of: [{ field: 'name', op: 'contains', value: 'е' }] },
  ]
  const sorts: (Sort | null)[] = [
    null,
    { field: 'name', direction: -1 },
    { field: 'inn', direction: 1 },
    { field: 'inn', direction: -1 },
  ]

  /** The same by looking at every row. */
  const expected = async ({ filter, sort }: ListQuery): Promise<string[]> => {
    const { test: passes } = compileFilter(filter, infos, context)
    const rows = (await base.client.orderBy('sortName').toArray()).filter((row) => passes(row))
    const info = infos.find(({ key }) => key === sort?.field)
    const ids = (list: { id: string }[]) => list.map(({ id }) => id)
    if (!sort || !info) return ids(rows)
    if (sort.field === 'name') return ids(rows.reverse())
    const keyOf = (row: object) => sortKey(info, fieldValue(info, { ...row }), words)
    return ids(rows.sort((a, b) => compareKeys(keyOf(a), keyOf(b), sort.direction)))
  }

  test('from what is kept is after any changes what every row says', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.array(act, { maxLength: 8 }),
            fc.constantFrom(...filters),
            fc.constantFrom(...sorts),
          ),
          { maxLength: 6 },
        ),
        async (rounds) => {
          await base.client.clear()
          const kept = openKept()
          for (const [acts, filter, sort] of rounds) {
            await perform(acts)
            const query: ListQuery = { typed: '', filter, sort }
            const found = await findRecords(query, {
              base,
              table: 'client',
              kept,
              orderOf: () => kept.order,
              infos,
              names: words,
              context,
              isOver: () => false,
            })
            expect(found).toEqual(await expected(query))
          }
          kept.order.close()
          kept.values.close()
        },
      ),
      { numRuns: 30 },
    ))

  test('of thousands is read by ranges, and the same', async () => {
    await base.client.bulkPut(
      Array.from({ length: 2_100 }, (_, n) =>
        rowOf(newId(), { name: `Клиент ${n}`, inn: String((n * 7) % 2_100) }),
      ),
    )
    const query: ListQuery = { typed: '', filter: everything, sort: { field: 'inn', direction: 1 } }
    const kept = openKept()
    onTestFinished(() => {
      kept.order.close()
      kept.values.close()
    })
    const deps = {
      base,
      kept,
      orderOf: () => kept.order,
      infos,
      names: words,
      context,
      isOver: () => false,
    }
    expect(await findRecords(query, { ...deps, table: 'client' })).toEqual(await expected(query))
  })
})

test('a sort in slices is the sort, and stable', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(9), { minLength: 1_000, maxLength: 2_500 }),
      async (numbers) => {
        const items = numbers.map((key, at) => ({ key, at }))
        const compare = (a: { key: number }, b: { key: number }) => a.key - b.key
        expect(await sortInSlices(items, compare, openPauses())).toEqual(items.toSorted(compare))
      },
    ),
    { numRuns: 10 },
  ))

test('a slice ends when its time is over, whoever counts', async () => {
  let time = 0
  const pauses = openPauses(() => time)
  const due = (times: number) => Array.from({ length: times }, () => pauses.isDue()).includes(true)
  expect(due(10_000)).toBe(false)
  time = 12
  expect(due(256)).toBe(true)
  await pauses.pause()
  expect(due(10_000)).toBe(false)
})
