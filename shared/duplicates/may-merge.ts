/** Who may merge what (F232), asked of the declarations: the relay judges by the same. */
import { declarationOf, type RecordType } from '../records/index.ts'
import type { Subject } from '../rights.ts'
import type { MergedRow } from './merge.ts'

const mayWrite = (subject: Subject, before: MergedRow, after: MergedRow): boolean =>
  // A row of its own type, projected by it.
  declarationOf(before.type as RecordType).mayWrite(subject, { ...before }, { ...after }) === null

/** Whether the user may write into this record. */
export const mayEdit = (subject: Subject, row: MergedRow): boolean => mayWrite(subject, row, row)

/** Whether the user may merge this record into another. */
export const isMergeable = (subject: Subject, row: MergedRow): boolean =>
  mayWrite(subject, row, { ...row, mergedInto: 'another' })
