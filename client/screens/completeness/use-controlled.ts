/** The fields that the company controls. */
import { useMemo } from 'preact/hooks'
import { type ControlledType, controlledKeys } from '../../../shared/fields/completeness.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'

export const useControlled = (replica: Replica, type: ControlledType): readonly string[] | null => {
  const rows = useLive<StoredRow<'completeness'>[] | null>(
    () => replica.base.completeness.toArray(),
    [replica],
    null,
  ).value
  return useMemo(() => rows && controlledKeys(type, rows), [rows, type])
}
