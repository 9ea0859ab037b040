/**
 * Gives documents their numbers (see `shared/records/numbering.ts`), in the transaction that stores
 * them: neither a crash nor a repeated push gives two documents one number, or one document two.
 */
import type { Row } from '../../shared/records/declaration.ts'
import { takenNumber } from '../../shared/records/lookups.ts'
import {
  formatNumber,
  isNumbered,
  type NumberingRow,
  nextAfter,
  numberingId,
  numberKey,
  usualFormats,
} from '../../shared/records/numbering.ts'
import type { DocumentStore } from '../store/store.ts'
import type { FollowedRecords, FollowingPatch } from './follow.ts'

export interface NumberedRecords extends Pick<FollowedRecords, 'row'> {
  lookup: DocumentStore['lookup']
  /** Rows that changes before this one made in the same group. */
  made: () => Iterable<Row>
}

/** One has it, or two where a restored backup brought a second. */
const atMost = 3

const isTaken = async (
  { lookup, made }: NumberedRecords,
  { id, type }: Pick<Row, 'id' | 'type'>,
  number: string,
): Promise<boolean> => {
  const { key, value } = takenNumber(type, number)
  if ((await lookup(key, value, atMost)).some((found) => found.id !== id)) return true
  for (const row of made())
    if (row.id !== id && row.type === type && typeof row.number === 'string')
      if (numberKey(row.number) === numberKey(number)) return true
  return false
}

/** Whether a change gives a document a number that another one has. */
export const takesANumber = async (
  before: Row | null,
  after: Row,
  records: NumberedRecords,
): Promise<boolean> =>
  isNumbered(after.type) &&
  typeof after.number === 'string' &&
  after.number !== before?.number &&
  (await isTaken(records, after, after.number))

/** The number of a new document that has none, and what was given last then. */
export const numberPatches = async (
  before: Row | null,
  after: Row,
  records: NumberedRecords,
): Promise<FollowingPatch[]> => {
  const { id, type } = after
  if (before || !isNumbered(type) || after.number !== undefined) return []
  const numbering = numberingId(type)
  const row = (await records.row(numbering)) as NumberingRow | null // of the type that its id says
  const { format = usualFormats[type], given = {} } = row ?? {}
  if (!format.automatic) return []
  let n = nextAfter(format, given)
  // Typed by people, or given before the base was restored from a backup.
  while (await isTaken(records, after, formatNumber(format, n))) n++
  return [
    { id, type, patch: { number: formatNumber(format, n) } },
    {
      id: numbering,
      type: 'numbering',
      patch: { recordType: type, given: { ...given, [format.prefix]: n } },
    },
  ]
}
