/**
 * A change of a text made again on a text that has gone another way since: what one side changed
 * goes beside what the other side changed. Where both changed the same place, what stands there
 * stays and the new words are put before it: nobody's text is lost.
 */
export const mergedText = (before: string, after: string, current: string): string => {
  if (current === after) return after
  const ours = changedPart(before, after)
  const theirs = changedPart(before, current)
  const inserted = after.slice(ours.start, after.length - ours.tail)
  const removed = before.length - ours.tail - ours.start
  // Ours ends before theirs begins: places count from the start.
  if (ours.start + removed <= theirs.start) return spliced(current, ours.start, removed, inserted)
  // Ours begins after theirs ends: places count from the end.
  if (ours.start >= before.length - theirs.tail)
    return spliced(current, current.length - (before.length - ours.start), removed, inserted)
  return spliced(current, theirs.start, 0, inserted)
}

/** Lengths of what two texts share at the start and at the end. */
const changedPart = (a: string, b: string): { start: number; tail: number } => {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let tail = 0
  while (tail < shorter - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return { start, tail }
}

const spliced = (text: string, at: number, removed: number, inserted: string): string =>
  text.slice(0, at) + inserted + text.slice(at + removed)
