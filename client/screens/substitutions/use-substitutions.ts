import { isAhead, isRunning } from '../../../shared/substitutions.ts'
import { useReplica } from '../../frame/app-context.ts'
import type { StoredRow } from '../../replica/index.ts'

export type Substitution = StoredRow<'substitution'>

/** Those that run or are planned, the next to end first; drawn anew when one begins or ends. */
export const useSubstitutions = (): Substitution[] => {
  const { known, subject } = useReplica()
  // The replica's subject changes with the clock where it is about this user.
  void subject.value
  const now = Date.now()
  return known.substitutions.value
    .filter((one) => isRunning(one, now) || isAhead(one, now))
    .sort((a, b) => a.to - b.to)
}
