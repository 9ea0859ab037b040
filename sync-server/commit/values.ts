/** Whether the values of custom fields that a change writes are of the kinds that their definitions say. */
import { fits, writtenValues } from '../../shared/fields/fits.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import type { FollowedRecords } from './follow.ts'

/**
 * The first field whose value does not fit; null where all do. What names a record must name one that
 * is there. A field that is not there has no kind: on a device its values may come before it.
 */
export const unfitValue = async (
  before: Row | null,
  after: Row,
  { row }: Pick<FollowedRecords, 'row'>,
): Promise<string | null> => {
  for (const { recordType, field, value } of writtenValues(before, after)) {
    const found = await row(field)
    if (found?.type !== 'field') continue
    const definition = found as unknown as FieldRow // projected by its type
    const { kind } = definition
    const isRight = definition.recordType === recordType && fits(definition, value)
    const named = kind === 'client' || kind === 'employee' ? await row(String(value)) : null
    if (
      !isRight ||
      (named === null ? kind === 'client' || kind === 'employee' : named.type !== kind)
    )
      return `custom/${field}`
  }
  return null
}
