import type { ReadonlySignal } from '@preact/signals'
import { isAhead, isRunning } from '../../../shared/substitutions.ts'
import { useReplica } from '../../frame/app-context.ts'
import { type StoredRow, useLive } from '../../replica/index.ts'

export type Substitution = StoredRow<'substitution'>

/** Those that run or are planned, the next to end first; drawn anew when one begins or ends. */
export const useSubstitutions = (): Substitution[] => {
  const { base, subject } = useReplica()
  const all: ReadonlySignal<Substitution[]> = useLive<Substitution[]>(
    () => base.substitution.toArray(),
    [base],
    [],
  )
  // The replica's subject changes with the clock where it is about this user.
  void subject.value
  const now = Date.now()
  return all.value
    .filter((one) => isRunning(one, now) || isAhead(one, now))
    .sort((a, b) => a.to - b.to)
}
