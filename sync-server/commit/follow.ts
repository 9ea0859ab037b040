/**
 * Records that repeat fields of another one (`follows` in a declaration), such as segments the
 * responsible of their dialog. What has to change is written in the group that changes either
 * record, so that nobody reads messages of a dialog that was taken from them a moment ago.
 */
import { sameValue } from '../../shared/equality.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, followersOf, type RecordType } from '../../shared/records/index.ts'

/** The records as the group has made them so far. */
export interface FollowedRecords {
  row(id: string): Promise<Row | null>
  /** Ids of the records of these types that follow a record. */
  followers(leader: string, types: readonly RecordType[]): Promise<string[]>
}

/** Fields of a leader as a follower should have them; null takes a field away. */
const repeated = (fields: readonly string[], leader: Row): Record<string, unknown> =>
  Object.fromEntries(fields.map((name) => [name, leader[name] ?? null]))

/** What a follower's row should repeat; null where it follows nothing or what is not there yet. */
export const fieldsToRepeat = async (
  row: Row,
  records: Pick<FollowedRecords, 'row'>,
): Promise<Record<string, unknown> | null> => {
  const { follows } = declarationOf(row.type as RecordType) // projected by its type
  if (!follows) return null
  const leader = await records.row(String(row[follows.by]))
  return leader?.type === follows.type ? repeated(follows.fields, leader) : null
}

/** Whether a row does not have the fields that it is to repeat. */
export const isBehind = (row: Row, fields: Record<string, unknown>): boolean =>
  Object.entries(fields).some(([name, value]) => !sameValue(value, row[name] ?? null))

export interface FollowingPatch {
  id: string
  type: RecordType
  patch: Patch
}

/** What must change because a record was made or changed. */
export const followingPatches = async (
  before: Row | null,
  after: Row,
  records: FollowedRecords,
): Promise<FollowingPatch[]> => {
  const type = after.type as RecordType // projected by its type
  const own = await fieldsToRepeat(after, records)
  const patches: FollowingPatch[] =
    own && isBehind(after, own) ? [{ id: after.id, type, patch: own as Patch }] : [] // declared fields

  const types = followersOf(type).filter((follower) =>
    declarationOf(follower).follows?.fields.some((name) => !sameValue(before?.[name], after[name])),
  )
  if (types.length === 0) return patches
  for (const id of await records.followers(after.id, types)) {
    const row = await records.row(id)
    const { follows } = row ? declarationOf(row.type as RecordType) : {}
    if (row && follows && row[follows.by] === after.id)
      patches.push({
        id,
        type: row.type as RecordType, // projected by its type
        patch: repeated(follows.fields, after) as Patch, // values of declared fields
      })
  }
  return patches
}
