/** Where something is after it was dragged or pushed by keys. No I/O. */
import { day, minute } from '../../../shared/clock.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { dayMinutes, momentOfWall, wallOf } from './days.ts'
import { type Item, isBar, type Span } from './items.ts'

/** What one drags to, minutes. */
export const snap = 15
const snapped = (minutes: number): number => Math.round(minutes / snap) * snap
/** As long as a task may be (see its `duration`), minutes. */
const longest = 31 * dayMinutes

/** A place in the calendar: a day, and how late on it; null where only days are. */
export interface Spot {
  day: number
  minutes: number | null
}

const wallAt = ({ day: whole, minutes }: Spot): number =>
  (whole / day) * dayMinutes + (minutes ?? 0)

/** A slot of hours: as long as what was there, of what had no time half an hour. */
const usualLength = 30 * minute

/** Pushed by whole days and by minutes of the clock on the wall; whole days know no minutes. */
export const shifted = (item: Span, days: number, minutes: number): Span => {
  if (item.allDay) return { ...item, from: item.from + days * day, to: item.to + days * day }
  const from = momentOfWall(wallOf(item.from) + days * dayMinutes + minutes)
  return { from, to: from + (item.to - item.from), allDay: false }
}

/** Its end pushed; it stays at least as long as the shortest step. */
export const stretched = (item: Span, days: number, minutes: number): Span => {
  if (item.allDay) {
    const to = Math.max(item.from + day, item.to + days * day)
    return { ...item, to: Math.min(to, item.from + longest * minute) }
  }
  const to = momentOfWall(wallOf(item.to) + days * dayMinutes + minutes)
  return {
    ...item,
    to: Math.min(Math.max(to, item.from + snap * minute), item.from + longest * minute),
  }
}

/** Taken at one spot and let go at another. */
export const dragged = (item: Item, taken: Spot, dropped: Spot): Span => {
  const days = (dropped.day - taken.day) / day
  if (taken.minutes === null || dropped.minutes === null) {
    // From the strip into the hours and back; within the strip, or a month, only days count.
    if (dropped.minutes !== null) {
      const from = momentOfWall(snapped(wallAt(dropped)))
      return { from, to: from + usualLength, allDay: false }
    }
    if (taken.minutes === null) return shifted(item, days, 0)
    return { from: dropped.day, to: dropped.day + day, allDay: true }
  }
  const from = momentOfWall(snapped(wallOf(item.from) + wallAt(dropped) - wallAt(taken)))
  return { from, to: from + (item.to - item.from), allDay: false }
}

/** Its end drawn to a spot. */
export const drawn = (item: Item, dropped: Spot): Span => {
  if (dropped.minutes === null)
    return isBar(item) && item.allDay
      ? stretched({ ...item, to: dropped.day + day }, 0, 0)
      : stretched(item, (dropped.day - wholeDay(item.to - 1)) / day, 0)
  return stretched({ ...item, to: momentOfWall(snapped(wallAt(dropped))) }, 0, 0)
}

/** An empty stretch drawn from one spot to another: at least one step long. */
export const selected = (one: Spot, other: Spot): Span => {
  if (one.minutes === null || other.minutes === null) {
    const [first, last] = [Math.min(one.day, other.day), Math.max(one.day, other.day)]
    return { from: first, to: last + day, allDay: true }
  }
  // In one day: a stretch over midnight is rarely meant.
  const [first, last] = [Math.min(one.minutes, other.minutes), Math.max(one.minutes, other.minutes)]
  const begin = Math.floor(first / snap) * snap
  const from = momentOfWall((one.day / day) * dayMinutes + begin)
  const length = Math.max(snap, Math.ceil((last - begin) / snap) * snap)
  return { from, to: from + length * minute, allDay: false }
}

export const isSame = (a: Span, b: Span): boolean =>
  a.from === b.from && a.to === b.to && a.allDay === b.allDay

/** What of the record is other then: how long it is only where that was changed. */
export const patchOf = (before: Span, after: Span): Record<string, number | true | null> => {
  const isLonger =
    before.allDay !== after.allDay || after.to - after.from !== before.to - before.from
  const minutes = Math.round((after.to - after.from) / minute)
  return {
    due: after.from,
    allDay: after.allDay || null,
    ...(isLonger && { duration: after.allDay && minutes <= dayMinutes ? null : minutes }),
  }
}
