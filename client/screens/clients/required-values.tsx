/** The required fields of one's own, for a form that is no screen of clients and fetches them when it opens. */
import type { MutableRef } from 'preact/hooks'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import type { Replica } from '../../replica/index.ts'
import type { CardType } from '../settings/fields/card-types.ts'
import type { Entered } from './new-values.ts'
import { useOwnValues } from './own-values.tsx'

/** Gives the values to store, or null where something is missing or wrong, and is said at its field. */
export type CheckValues = () => Record<string, CustomValue> | null

interface RequiredValuesProps {
  replica: Replica
  type: CardType
  entered: Entered
  onEntered: (entered: Entered) => void
  /** Set while the fields are shown. */
  check: MutableRef<CheckValues | null>
}

export const RequiredValues = ({
  replica,
  type,
  entered,
  onEntered,
  check,
}: RequiredValuesProps) => {
  const own = useOwnValues(replica, type, entered, onEntered, true)
  check.current = own.check
  return own.fields
}
