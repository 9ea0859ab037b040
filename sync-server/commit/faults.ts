/**
 * Named steps of the commit path. Tests that kill the relay at one of them pass a hook; otherwise
 * nothing happens there.
 */
export const faultPoints = ['before-commit', 'after-commit', 'after-publish'] as const
export type FaultPoint = (typeof faultPoints)[number]
export type Fault = (point: FaultPoint) => void

export const noFault: Fault = () => {}

/**
 * The hook for `INTERES_FAULT=<point>` or `<point>:<n>`: `die` at the n-th time the point is passed.
 * Throws where the point has no such name.
 */
export const faultFrom = (setting: string, die: () => void): Fault => {
  const [name, times = '1'] = setting.split(':')
  if (!faultPoints.some((point) => point === name)) throw new Error(`no fault point ${name}`)
  let left = Number(times)
  return (point) => {
    if (point === name && --left === 0) die()
  }
}
