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

/** Where the things stand that have no room of their own: from the first's beginning to the last's end. */
export interface More extends Pick<Block, 'top' | 'bottom' | 'left' | 'width'> {
  count: number
}

/**
 * The blocks of a day. Those that overlap, straight or through others, share the width; one that has
 * nobody to its right takes that room too. Where more than `most` would stand side by side, the last
 * place only says how many more there are; `pinned` keeps its own.
 */
export const blocksOf = (
  items: readonly Item[],
  whole: number,
  most = Number.POSITIVE_INFINITY,
  pinned: string | null = null,
): { blocks: Block[]; more: More[] } => {
  const all = items
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
  const hidden = new Set<Block>()
  const more: More[] = []
  for (const group of stretchesOf(all)) {
    const columns = columnsOf(group)
    if (columns.length <= most) share(columns)
    else {
      const kept = columns.findIndex((column) => column.some(({ item }) => item.key === pinned))
      if (kept >= most - 1) columns.unshift(...columns.splice(kept, 1))
      const stretches = stretchesOf(columns.slice(most - 1).flat())
      // One alone has the place that would say so.
      const alone = stretches.filter(({ length }) => length === 1).flat()
      const several = stretches.filter(({ length }) => length > 1)
      const rest = several.map(moreOf)
      share([...columns.slice(0, most - 1), [...alone, ...rest]])
      for (const block of several.flat()) hidden.add(block)
      more.push(...rest)
    }
  }
  return { blocks: all.filter((block) => !hidden.has(block)), more }
}

/** Each in the leftmost column that is free. */
const columnsOf = (group: readonly Block[]): Block[][] => {
  const columns: Block[][] = []
  for (const block of group) {
    const free = columns.find((column) => (column.at(-1)?.bottom ?? 0) <= block.top)
    if (free) free.push(block)
    else columns.push([block])
  }
  return columns
}

/** Those that overlap, straight or through others, together. */
const stretchesOf = (blocks: readonly Block[]): Block[][] => {
  const stretches: Block[][] = []
  let end = 0
  for (const block of blocks.toSorted((a, b) => a.top - b.top)) {
    if (block.top >= end) stretches.push([])
    stretches.at(-1)?.push(block)
    end = Math.max(end, block.bottom)
  }
  return stretches
}

const moreOf = (stretch: readonly Block[]): More => ({
  top: Math.min(...stretch.map(({ top }) => top)),
  bottom: Math.max(...stretch.map(({ bottom }) => bottom)),
  left: 0,
  width: 1,
  count: stretch.length,
})

type Placed = Pick<Block, 'top' | 'bottom' | 'left' | 'width'>

/** Gives each the width of its column and of the free ones to its right. */
const share = (columns: readonly Placed[][]): void => {
  for (const [at, column] of columns.entries())
    for (const block of column) {
      let upTo = at + 1
      while (upTo < columns.length && !columns[upTo]?.some((other) => overlap(block, other))) upTo++
      block.left = at / columns.length
      block.width = (upTo - at) / columns.length
    }
}

const overlap = (a: Placed, b: Placed): boolean => a.top < b.bottom && b.top < a.bottom

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
