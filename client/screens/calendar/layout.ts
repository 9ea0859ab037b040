/** Where things stand that are at the same time: side by side in a day, under each other in the strip. No I/O. */
import { day } from '../../../shared/clock.ts'
import { dayMinutes, minutesIn } from './days.ts'
import { compareItems, daysCovered, type Item, isBar } from './items.ts'

/** So tall is the shortest, in minutes: a line of words. */
const shortest = 24

export interface Block {
  item: Item
  /** Minutes of the day. */
  top: number
  bottom: number
  /** Of the day's width. */
  left: number
  width: number
  /** Whether it began on a day before, or goes on after this one. */
  isContinued: boolean
  goesOn: boolean
}

/**
 * The blocks of a day. Those that overlap, straight or through others, share the width; one that has
 * nobody to its right takes that room too.
 */
export const blocksOf = (items: readonly Item[], whole: number): Block[] => {
  const blocks = items
    .filter((item) => !isBar(item))
    .flatMap((item): Block[] => {
      const { first, last } = daysCovered(item)
      if (whole < first || whole > last) return []
      // What begins just before midnight would be too short to be read.
      const top = Math.min(minutesIn(whole, item.from), dayMinutes - shortest)
      const end = minutesIn(whole, item.to)
      return [
        {
          item,
          top,
          bottom: Math.max(end, top + shortest),
          left: 0,
          width: 1,
          isContinued: whole > first,
          goesOn: whole < last,
        },
      ]
    })
    .sort((a, b) => a.top - b.top || b.bottom - a.bottom || compareItems(a.item, b.item))
  let group: Block[] = []
  let end = 0
  for (const block of blocks) {
    if (block.top >= end) {
      share(group)
      group = []
    }
    group.push(block)
    end = Math.max(end, block.bottom)
  }
  share(group)
  return blocks
}

const share = (group: readonly Block[]): void => {
  const columns: Block[][] = []
  const columnOf = new Map<Block, number>()
  for (const block of group) {
    let at = columns.findIndex((column) => (column.at(-1)?.bottom ?? 0) <= block.top)
    if (at < 0) at = columns.push([]) - 1
    columns[at]?.push(block)
    columnOf.set(block, at)
  }
  for (const [block, at] of columnOf) {
    let upTo = at + 1
    while (upTo < columns.length && !columns[upTo]?.some((other) => overlap(block, other))) upTo++
    block.left = at / columns.length
    block.width = (upTo - at) / columns.length
  }
}

const overlap = (a: Block, b: Block): boolean => a.top < b.bottom && b.top < a.bottom

export interface Bar {
  item: Item
  /** Index of the first day among those shown, and on how many it lies. */
  at: number
  days: number
  lane: number
  isContinued: boolean
  goesOn: boolean
}

/** Bars over consecutive days, each in the highest lane that is free. `all`: blocks of hours too. */
export const barsOf = (items: readonly Item[], days: readonly number[], all = false): Bar[] => {
  const [start = 0] = days
  const end = days.at(-1) ?? start
  const taken: number[] = []
  return items
    .filter((item) => all || isBar(item))
    .map((item) => {
      const { first, last } = daysCovered(item)
      // What goes on past midnight is of the day on which it begins.
      return { item, first, last: isBar(item) ? last : first }
    })
    .filter(({ first, last }) => first <= end && last >= start)
    .sort(
      (a, b) =>
        Math.max(a.first, start) - Math.max(b.first, start) ||
        b.last - b.first - (a.last - a.first) ||
        compareItems(a.item, b.item),
    )
    .map(({ item, first, last }) => {
      const at = (Math.max(first, start) - start) / day
      const upTo = (Math.min(last, end) - start) / day
      let lane = taken.findIndex((until) => until < at)
      if (lane < 0) lane = taken.length
      taken[lane] = upTo
      return { item, at, days: upTo - at + 1, lane, isContinued: first < start, goesOn: last > end }
    })
}
