/** ABC and XYZ classes of clients over the Interests won that the user of this device may read. */
import { resolve } from '../../shared/duplicates/resolve.ts'
import {
  type ClassRules,
  type ClientClass,
  classesOf,
  monthsBefore,
  type Purchase,
  usualRules,
} from '../../shared/interests/classes.ts'
import { totalOf } from '../../shared/interests/moves.ts'
import { areRules, classificationId } from '../../shared/records/classification.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import type { ReplicaBase } from '../replica/tables.ts'

export type Classes = ReadonlyMap<string, ClientClass>

/** Tables that the classes depend on. */
export const classTables = ['interest', 'classification', 'directory', 'client'] as const

/** Rows read at once. */
const rowsAtOnce = 400

/** Sums in the default currency; one without a rate cannot be compared and does not count. */
const ratesOf = async (base: ReplicaBase): Promise<ReadonlyMap<string, number>> => {
  const entries = await base.directory.where('directory').equals('currency').toArray()
  const rates = new Map<string, number>()
  for (const { code, rate } of entries) if (code && rate !== undefined) rates.set(code, rate)
  return rates.set(defaultCurrency(entries), 1)
}

/** The company's rules; the usual where it has none, or such as this program cannot read. */
export const readRules = async (base: ReplicaBase): Promise<ClassRules> => {
  const kept = (await base.classification.get(classificationId()))?.rules
  return areRules(kept) ? kept : usualRules
}

/** `self`: the employee whose classes they are. */
export const readClasses = async (
  base: ReplicaBase,
  now: number,
  self: string,
): Promise<Classes> => {
  const rules = await readRules(base)
  const [from = 0] = monthsBefore(now, rules.months)
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
      if (rules.whose === 'own' && row.responsible !== self) continue
      const rate = rates.get(row.amount?.currency ?? '')
      if (rate === undefined) continue
      const client = resolve(row.client, (one) => into.get(one))
      purchases.push({ client, at: row.closedAt ?? 0, sum: totalOf(row) * rate })
    }
  return classesOf(purchases, now, rules)
}
