/** Steps of the commit path at which tests kill the relay; see `shared/faults.ts`. */
import type { Fault as FaultAt } from '../../shared/faults.ts'

export const faultPoints = ['before-commit', 'after-commit', 'after-publish'] as const
export type Fault = FaultAt<(typeof faultPoints)[number]>
export { noFault } from '../../shared/faults.ts'
