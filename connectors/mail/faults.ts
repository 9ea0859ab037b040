/** Steps of sending a letter at which tests kill the connector; see `shared/faults.ts`. */
import type { Fault as FaultAt } from '../../shared/faults.ts'

export const faultPoints = [
  'before-claim',
  'after-claim',
  /** The server said 354 and waits for the letter. */
  'before-data',
  /** The last byte is on its way, and no answer has come. */
  'handed-over',
  /** The server took it; the relay does not know yet. */
  'accepted',
  /** The relay knows; no copy is in Sent. */
  'settled',
] as const
export type Fault = FaultAt<(typeof faultPoints)[number]>
