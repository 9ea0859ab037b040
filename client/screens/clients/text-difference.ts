/** What was typed into a text, as one replacement, so that others' edits beside it stay. */
export interface Replacement {
  at: number
  removed: number
  inserted: string
}

const isLowSurrogate = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

/**
 * `caret` is where the caret stands after typing: among equal letters it tells which one was typed
 * (in «аа|» the second), so that two people typing in one place do not swap their letters.
 */
export const textDifference = (
  before: string,
  after: string,
  caret: number,
): Replacement | null => {
  if (before === after) return null
  const longest = Math.min(before.length, after.length)
  let tail = 0
  const furthest = Math.min(longest, after.length - caret)
  while (tail < furthest && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++
  if (tail > 0 && isLowSurrogate(after, after.length - tail)) tail--
  let at = 0
  while (at < longest - tail && before[at] === after[at]) at++
  if (at > 0 && (isLowSurrogate(before, at) || isLowSurrogate(after, at))) at--
  return { at, removed: before.length - at - tail, inserted: after.slice(at, after.length - tail) }
}
