/**
 * Named steps at which a process may be made to die. Tests that kill a relay or a connector at one
 * of them pass a hook by `INTERES_FAULT`; otherwise nothing happens there.
 */
export type Fault<Point extends string> = (point: Point) => void

export const noFault: Fault<string> = () => {}

/**
 * The hook for `INTERES_FAULT=<point>` or `<point>:<n>`: `die` at the n-th time the point is passed.
 * Throws where the point has no such name.
 *
 * @example faultFrom(['before', 'after'], 'after:3', () => process.kill(process.pid, 'SIGKILL'))
 */
export const faultFrom = <Point extends string>(
  points: readonly Point[],
  setting: string,
  die: () => void,
): Fault<Point> => {
  const [name, times = '1'] = setting.split(':')
  if (!points.some((point) => point === name)) throw new Error(`no fault point ${name}`)
  let left = Number(times)
  return (point) => {
    if (point === name && --left === 0) die()
  }
}
