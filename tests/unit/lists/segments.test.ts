import { expect, onTestFinished, test } from 'vitest'
import { findRecords } from '../../../client/lists/find.ts'
import { openNameOrder } from '../../../client/lists/name-order.ts'
import { openValueCache } from '../../../client/lists/value-cache.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { countSegments } from '../../../client/screens/segments/count.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { everything, type Group } from '../../../shared/fields/filter.ts'
import { ruleOf, segmentsOf } from '../../../shared/fields/segments.ts'
import type { ClientSegmentRow } from '../../../shared/records/client-segment.ts'
import { clientSegment } from '../../../shared/records/client-segment.ts'
import { factoryReach } from '../../../shared/rights-scopes.ts'

const buyers: Group = { join: 'all', of: [{ field: 'relation', op: 'is', value: ['buyer'] }] }

const segment = (id: string, more: Partial<ClientSegmentRow> = {}): ClientSegmentRow => ({
  id,
  type: 'clientSegment',
  name: id,
  owner: 'anna',
  ...more,
})

test('segments are counted, and the list shows whom they count, without those thrown away', async () => {
  const base = openBase('segments')
  onTestFinished(() => base.delete())
  const client = (n: number, more: object) =>
    storedRow({ type: 'client', id: `c${n}`, kind: 'organisation', name: `Клиент ${n}`, ...more })
  await base.client.bulkPut([
    client(1, { relation: 'buyer', segments: ['fair'] }),
    client(2, { relation: 'buyer' }),
    client(3, { relation: 'supplier', segments: ['fair', 'old'] }),
    client(4, { relation: 'buyer', segments: ['fair'], deletedAt: 5 }),
    client(5, { relation: 'buyer', mergedInto: 'c1' }),
  ] as never[])
  const segments = segmentsOf([
    segment('fair'),
    segment('buyers', { filter: buyers }),
    segment('gone', { deletedAt: 1 }),
    segment('newer', { filter: { join: 'none' } }),
  ])
  const infos = fieldsOf('client', [])
  const context = { user: 'anna', today: new Date(), rules: segments.rules }
  const order = openNameOrder(base, 'client')
  const cache = openValueCache(base, 'client')
  onTestFinished(() => {
    order.close()
    cache.close()
  })
  const counts = await countSegments(base, cache, segments, infos, context, () => false)
  expect(counts && Object.fromEntries(counts)).toEqual({ fair: 2, buyers: 2, newer: 0 })
  const found = async (id: string) => {
    const filter: Group = { join: 'all', of: [{ field: 'segments', op: 'is', value: [id] }] }
    const names = {
      language: 'ru' as const,
      entries: new Map(),
      records: new Map(),
      currency: 'RUB',
      today: new Date(),
    }
    const deps = {
      base,
      table: 'client' as const,
      kept: { order, values: cache },
      orderOf: () => order,
      infos,
      names,
      context,
    }
    return findRecords({ typed: '', filter, sort: null }, { ...deps, isOver: () => false })
  }
  expect(await found('fair')).toEqual(['c1', 'c3'])
  expect(await found('buyers')).toEqual(['c1', 'c2'])
  expect(await found('newer')).toEqual([])
})

test('a rule that this version cannot read finds nobody, and one by hand has none', () => {
  expect(ruleOf({ filter: buyers })).toEqual(buyers)
  expect(ruleOf({})).toBeNull()
  expect(ruleOf({ filter: 'что-то' })).not.toEqual(everything)
})

test('a segment is its owner’s, and administrators’; others use what is shared', () => {
  const who = (id: string, administrator = false) => ({
    kind: 'employee' as const,
    id,
    administrator,
    tokens: new Set<string>(),
    reach: factoryReach(id),
  })
  const row = segment('s')
  expect(clientSegment.audience(row)).toEqual(['user:anna'])
  expect(clientSegment.audience({ ...row, shared: true })).toEqual(['all'])
  expect(clientSegment.mayWrite(who('anna'), row, row)).toBeNull()
  expect(clientSegment.mayWrite(who('boris'), row, row)).toBe('forbidden')
  expect(clientSegment.mayWrite(who('boris', true), row, row)).toBeNull()
  expect(clientSegment.mayWrite(who('boris'), null, row)).toBe('forbidden')
})
