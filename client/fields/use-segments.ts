/** The segments that this user may use, and the rules of those that have one. */
import { useMemo } from 'preact/hooks'
import { type Segments as SharedSegments, segmentsOf } from '../../shared/fields/segments.ts'
import type { Replica, StoredRow } from '../replica/index.ts'

export type Segments = SharedSegments<StoredRow<'clientSegment'>>

export const useSegments = (replica: Replica): Segments => {
  const rows = replica.known.segments.value
  return useMemo(() => segmentsOf(rows), [rows])
}
