/** The segments that this user may use, and the rules of those that have one. */
import { useMemo } from 'preact/hooks'
import { type Segments as SharedSegments, segmentsOf } from '../../shared/fields/segments.ts'
import { type Replica, type StoredRow, useLive } from '../replica/index.ts'

export type Segments = SharedSegments<StoredRow<'clientSegment'>>

const none: StoredRow<'clientSegment'>[] = []

export const useSegments = (replica: Replica): Segments => {
  const rows = useLive<StoredRow<'clientSegment'>[]>(
    () => replica.base.clientSegment.toArray(),
    [replica],
    none,
  ).value
  return useMemo(() => segmentsOf(rows), [rows])
}
