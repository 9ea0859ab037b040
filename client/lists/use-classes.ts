/**
 * ABC and XYZ classes of clients, worked out on this device over the Interests won that its user may
 * read. Only while something shows them or asks for them; read in steps, between which the page draws.
 */
import { useEffect, useState } from 'preact/hooks'
import { resolve } from '../../shared/duplicates/resolve.ts'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import {
  type ClientClass,
  classesOf,
  classMonths,
  monthsBefore,
  type Purchase,
} from '../../shared/interests/classes.ts'
import { totalOf } from '../../shared/interests/moves.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import { followPaced, type Replica, type ReplicaBase } from '../replica/index.ts'
import type { ListState } from './list-state.ts'

export type Classes = ReadonlyMap<string, ClientClass>

const none: Classes = new Map()

/** Rows read at once: some 15 ms, less than a frame. */
const rowsAtOnce = 400

/** Sums in the default currency; one without a rate cannot be compared and does not count. */
const ratesOf = async (base: ReplicaBase): Promise<ReadonlyMap<string, number>> => {
  const entries = await base.directory.where('directory').equals('currency').toArray()
  const rates = new Map<string, number>()
  for (const { code, rate } of entries) if (code && rate !== undefined) rates.set(code, rate)
  return rates.set(defaultCurrency(entries), 1)
}

export const readClasses = async (base: ReplicaBase, now: number): Promise<Classes> => {
  const [from = 0] = monthsBefore(now, classMonths)
  const [ids, rates, merged] = await Promise.all([
    base.interest.where('closedAt').aboveOrEqual(from).primaryKeys(),
    ratesOf(base),
    base.client.orderBy('mergedInto').toArray(),
  ])
  const into = new Map(merged.map(({ id, mergedInto }) => [id, mergedInto]))
  const purchases: Purchase[] = []
  for (let start = 0; start < ids.length; start += rowsAtOnce)
    for (const row of await base.interest.bulkGet(ids.slice(start, start + rowsAtOnce))) {
      if (row?.status !== 'won' || row.deletedAt !== undefined || !row.client) continue
      const rate = rates.get(row.amount?.currency ?? '')
      if (rate === undefined) continue
      const client = resolve(row.client, (one) => into.get(one))
      purchases.push({ client, at: row.closedAt ?? 0, sum: totalOf(row) * rate })
    }
  return classesOf(purchases, now)
}

export const useClasses = (replica: Replica, isWanted: boolean): Classes => {
  const [classes, setClasses] = useState(none)
  useEffect(() => {
    if (!isWanted) return
    const { base } = replica
    return followPaced(base, 'interest', () => readClasses(base, Date.now()), setClasses)
  }, [replica, isWanted])
  return classes
}

const option = (id: string) => {
  const name = id.toUpperCase()
  return { id, label: { ru: name, en: name }, archived: false }
}

/** The classes as fields of clients, for columns, order and filters. */
export const classFields = (classes: Classes): FieldInfo[] => [
  {
    key: 'abc',
    label: { ru: 'Класс ABC', en: 'ABC class' },
    kind: 'oneOf',
    required: false,
    writable: false,
    options: ['a', 'b', 'c'].map(option),
    of: ({ id }) => classes.get(String(id))?.abc,
  },
  {
    key: 'xyz',
    label: { ru: 'Класс XYZ', en: 'XYZ class' },
    kind: 'oneOf',
    required: false,
    writable: false,
    options: ['x', 'y', 'z'].map(option),
    of: ({ id }) => classes.get(String(id))?.xyz,
  },
]

/** Whether a list shows the classes, sorts or filters by them. */
export const asksForClasses = ({ filter, columns, sort }: ListState): boolean =>
  /"field":"(abc|xyz)"/.test(JSON.stringify([filter, columns, sort]))
