/** Whether the values of custom fields that a change writes are of the kinds that their definitions say. */
import { sameValue } from '../../shared/equality.ts'
import { fits, fitsAsDefault, writtenValues } from '../../shared/fields/fits.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import type { FollowedRecords } from './follow.ts'

type Records = Pick<FollowedRecords, 'row'>

/**
 * The first field whose value does not fit; null where all do. Of a definition `default`, where it is
 * no value of its kind. A field that is not there has no kind: on a device its values may come before it.
 */
export const unfitValue = async (
  before: Row | null,
  after: Row,
  records: Records,
): Promise<string | null> => {
  if (after.type === 'field')
    return (await isDefaultRight(before, after, records)) ? null : 'default'
  for (const { recordType, field, value } of writtenValues(before, after)) {
    const found = await records.row(field)
    if (found?.type !== 'field') continue
    const definition = found as unknown as FieldRow // projected by its type
    const isRight =
      definition.recordType === recordType &&
      fits(definition, value) &&
      (await namesItsKind(definition, value, records))
    if (!isRight) return `custom/${field}`
  }
  return null
}

/** As with values: one of before the options changed stays, and hinders no other change. */
const isDefaultRight = async (
  before: Row | null,
  after: Row,
  records: Records,
): Promise<boolean> => {
  const definition = after as unknown as FieldRow // projected by its type
  const { default: start } = definition
  if (start === undefined || sameValue(before?.default, start)) return true
  return fitsAsDefault(definition, start) && namesItsKind(definition, start, records)
}

/** What names a record names one of its kind that is there. */
const namesItsKind = async (
  { kind }: Pick<FieldRow, 'kind'>,
  value: unknown,
  { row }: Records,
): Promise<boolean> =>
  (kind !== 'client' && kind !== 'employee') || (await row(String(value)))?.type === kind
