/**
 * Whose changes are judged next. Everyone who waits has a queue of their own, and a group takes a
 * slice of each in rotation, so that an edit waits for one slice of each of the others and not for
 * all that somebody pushed before it:
 *
 *     anna      a1                        group 1: m1 … m32, a1, b1
 *     mallory   m1 m2 … m600        ──►   group 2: m33 … m160 (nobody else waits)
 *     boris     b1
 *
 * What one user sends stays in its order.
 */

export interface Turns<T> {
  /** `together`: is never parted from the item before it of the same user. */
  add(user: string, item: T, cost: number, together: boolean): void
  /** Takes the next group; empty where nothing waits. */
  take(): T[]
  waiting(): number
  /** Sum of what waits. */
  cost(): number
  /** How many items of a user wait. */
  waitingOf(user: string): number
}

export interface TurnLimits {
  /** Items and cost of a group, whoever they are of. */
  group: number
  groupCost: number
  /** Of these, one user's where others wait too. */
  slice: number
  sliceCost: number
}

interface Unit<T> {
  items: T[]
  cost: number
}

interface Queue<T> {
  units: Unit<T>[]
  /** Index of the first that still waits. */
  first: number
  items: number
}

export const turns = <T>(limits: TurnLimits): Turns<T> => {
  // A Map keeps the order of insertion: who had a turn is put in again behind the others.
  const queues = new Map<string, Queue<T>>()
  let count = 0
  let total = 0

  return {
    add: (user, item, cost, together) => {
      const queue = queues.get(user) ?? { units: [], first: 0, items: 0 }
      queues.set(user, queue)
      const last = queue.units.at(-1)
      if (together && last) {
        last.items.push(item)
        last.cost += cost
      } else queue.units.push({ items: [item], cost })
      queue.items++
      count++
      total += cost
    },
    take: () => {
      const group: T[] = []
      let groupCost = 0
      const isShared = queues.size > 1
      const most = isShared ? limits.slice : limits.group
      const mostCost = isShared ? limits.sliceCost : limits.groupCost
      for (const [user, queue] of [...queues]) {
        let items = 0
        let cost = 0
        for (let unit = queue.units[queue.first]; unit; unit = queue.units[queue.first]) {
          const fits =
            items + unit.items.length <= most &&
            cost + unit.cost <= mostCost &&
            group.length + unit.items.length <= limits.group &&
            groupCost + unit.cost <= limits.groupCost
          // What is more than a slice by itself has a group by itself, once it comes first.
          if (!fits && group.length > 0) break
          group.push(...unit.items)
          items += unit.items.length
          cost += unit.cost
          groupCost += unit.cost
          queue.first++
          if (!fits) break
        }
        queue.items -= items
        count -= items
        total -= cost
        if (items > 0) queues.delete(user)
        if (items > 0 && queue.items > 0) queues.set(user, queue)
        if (groupCost > limits.groupCost || cost > mostCost || items > most) break
      }
      return group
    },
    waiting: () => count,
    cost: () => total,
    waitingOf: (user) => queues.get(user)?.items ?? 0,
  }
}
