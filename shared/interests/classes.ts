/**
 * ABC and XYZ classes of clients over what they bought (F75): A brings the first part of the sum, B
 * the next, C the rest; X buys evenly from month to month, Y less so, Z now and then. No I/O.
 */

export interface Purchase {
  client: string
  /** ms */
  at: number
  /** In one currency for all. */
  sum: number
}

export type AbcClass = 'a' | 'b' | 'c'
export type XyzClass = 'x' | 'y' | 'z'

export interface ClientClass {
  abc: AbcClass
  xyz: XyzClass
  /** Of the period. */
  sum: number
  /** Percent of the sum of all. */
  share: number
  /** How far months differ from their mean, percent of it (coefficient of variation). */
  variation: number
}

export interface ClassRules {
  /** Whole months before the present one that count. */
  months: number
  /** A up to so many percent of the sum counted from the largest, B up to so many. */
  a: number
  b: number
  /** X up to so many percent of variation, Y up to so many. */
  x: number
  y: number
  /** Interests that count: all that one sees, or one's own. */
  whose: 'all' | 'own'
}

/** As they are in most books on the subject. */
export const usualRules: ClassRules = { months: 12, a: 80, b: 95, x: 10, y: 25, whose: 'all' }

/** Beginnings of the months before the present one, oldest first, and of the present one last; ms. */
export const monthsBefore = (now: number, count: number): number[] => {
  const date = new Date(now)
  return Array.from({ length: count + 1 }, (_, index) =>
    new Date(date.getFullYear(), date.getMonth() - count + index, 1).getTime(),
  )
}

/** Classes by client over the whole months before `now`; who bought nothing then has none. */
export const classesOf = (
  purchases: Iterable<Purchase>,
  now: number,
  { months, a, b, x, y }: ClassRules = usualRules,
): Map<string, ClientClass> => {
  const starts = monthsBefore(now, months)
  const byClient = new Map<string, number[]>()
  for (const { client, at, sum } of purchases) {
    const month = starts.findLastIndex((start) => start <= at)
    if (month < 0 || month >= months || sum <= 0) continue
    const sums = byClient.get(client) ?? new Array<number>(months).fill(0)
    sums[month] = (sums[month] ?? 0) + sum
    byClient.set(client, sums)
  }
  const totals = [...byClient]
    .map(([client, sums]) => ({ client, sums, sum: sums.reduce((all, each) => all + each, 0) }))
    // Equal ones by their ids, so that every device says the same.
    .sort((one, other) => other.sum - one.sum || (one.client < other.client ? -1 : 1))
  const all = totals.reduce((total, { sum }) => total + sum, 0)
  const classes = new Map<string, ClientClass>()
  let before = 0
  for (const { client, sums, sum } of totals) {
    // By where it begins: the one that crosses a limit is still of the better class.
    const from = (100 * before) / all
    before += sum
    const variation = variationOf(sums)
    classes.set(client, {
      abc: from < a ? 'a' : from < b ? 'b' : 'c',
      xyz: variation <= x ? 'x' : variation <= y ? 'y' : 'z',
      sum,
      share: (100 * sum) / all,
      variation,
    })
  }
  return classes
}

/** Standard deviation of all months (not of a sample of them) as a percentage of their mean. */
const variationOf = (sums: readonly number[]): number => {
  const mean = sums.reduce((all, each) => all + each, 0) / sums.length
  const variance = sums.reduce((all, each) => all + (each - mean) ** 2, 0) / sums.length
  return (100 * Math.sqrt(variance)) / mean
}
