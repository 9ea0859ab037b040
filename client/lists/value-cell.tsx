/** A value in a row of a list: a record is a link to its card, everything else is words. */
import { Link } from 'wouter-preact'
import { type FieldInfo, fieldValue, isReference } from '../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../shared/fields/words.ts'

interface ValueCellProps {
  info: FieldInfo
  row: Readonly<Record<string, unknown>>
  names: Names
}

export const ValueCell = ({ info, row, names }: ValueCellProps) => {
  const value =
    info.kind === 'segments' && names.segmentsOf ? names.segmentsOf(row) : fieldValue(info, row)
  const words = wordsOf(info, value, names)
  return isReference(info.kind) && typeof value === 'string' && words !== '' ? (
    <Link href={`/${info.kind}s/${value}`}>{words}</Link>
  ) : (
    <span title={words}>{words}</span>
  )
}
