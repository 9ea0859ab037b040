/** Long work in slices between which the page draws and answers: no frame waits for a whole sort. */

/** Of uninterrupted work, ms: with what Preact and the browser add it stays below a frame of 50. */
const slice = 12
/** Compared or looked at between two glances at the clock. */
const step = 256

export interface Pauses {
  /** Whether the slice is over; cheap enough to be asked for each of 50,000 rows. */
  isDue: () => boolean
  pause: () => Promise<void>
}

export const openPauses = (now: () => number = () => performance.now()): Pauses => {
  let started = now()
  let count = 0
  return {
    isDue: () => ++count % step === 0 && now() - started >= slice,
    pause: async () => {
      await new Promise((resolve) => setTimeout(resolve))
      started = now()
    },
  }
}

/** Sorted at once: a millisecond or two of comparing by the rules of an alphabet. */
const run = 512

/** As `toSorted`, stable too. Returns early, with something else, where `isOver`. */
export const sortInSlices = async <T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pauses: Pauses,
  isOver: () => boolean = () => false,
): Promise<T[]> => {
  let lists: T[][] = []
  for (let at = 0; at < items.length; at += run) {
    lists.push(items.slice(at, at + run).sort(compare))
    await pauses.pause()
    if (isOver()) return []
  }
  while (lists.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < lists.length; at += 2) {
      const [left = [], right = []] = lists.slice(at, at + 2)
      merged.push(await merge(left, right, compare, pauses))
      if (isOver()) return []
    }
    lists = merged
  }
  return lists[0] ?? []
}

const merge = async <T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  pauses: Pauses,
): Promise<T[]> => {
  const merged: T[] = []
  let [l, r] = [0, 0]
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] as T, right[r] as T] // inside both by the line above
    if (compare(a, b) <= 0) {
      merged.push(a)
      l++
    } else {
      merged.push(b)
      r++
    }
    if (pauses.isDue()) await pauses.pause()
  }
  return merged.concat(left.slice(l), right.slice(r))
}
