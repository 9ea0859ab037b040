/** What is read for rows in view: in steps, so that scrolling by one row reads nothing. */

export type Range = readonly [first: number, end: number]

/**
 * The rows from `first` to `last`, in whole steps. The range before stays the same object where it is
 * the same rows: a state that is set to it renders nothing.
 *
 * @example stepsOf(20, 18, 41, [0, 20]) // [0, 60]
 */
export const stepsOf = (step: number, first: number, last: number, before: Range): Range => {
  const from = Math.floor(first / step) * step
  const end = Math.ceil((last + 1) / step) * step
  return from === before[0] && end === before[1] ? before : [from, end]
}
