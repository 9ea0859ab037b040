/**
 * Records that repeat fields of another one (`follows` in a declaration), such as segments the
 * responsible of their dialog. What has to change is written in the group that changes either
 * record, so that nobody reads messages of a dialog that was taken from them a moment ago.
 *
 *     follower ── `by` ──► contact ── mergedInto ──► the main contact, whose fields are repeated
 */
import { sameValue } from '../../shared/equality.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Declaration, Row } from '../../shared/records/declaration.ts'
import { declarationOf, followersOf, type RecordType } from '../../shared/records/index.ts'
import { mergedHere } from '../../shared/records/merged.ts'

/** The records as the group has made them so far. */
export interface FollowedRecords {
  row(id: string): Promise<Row | null>
  /** Ids of the records of these types that name a record in the field of that name. */
  followers(leader: string, types: readonly RecordType[], by: string): Promise<string[]>
}

type Follows = NonNullable<Declaration['follows']>

/** Fields of a leader as a follower should have them; null takes a field away. */
const repeated = ({ fields, typeAs, into }: Follows, leader: Row): Record<string, unknown> => {
  const values = fields.map((name) => [name, leader[name] ?? null] as const)
  const type = typeAs && { [typeAs]: leader.type }
  if (into === undefined) return { ...Object.fromEntries(values), ...type }
  return { [into]: Object.fromEntries(values.filter(([, value]) => value !== null)), ...type }
}

/** A record, or what it was merged into: a merged contact's rights are the main one's (F239). */
const mainOf = async (id: string, records: Pick<FollowedRecords, 'row'>): Promise<Row | null> => {
  const seen = new Set<string>()
  let row = await records.row(id)
  while (row && typeof row.mergedInto === 'string' && !seen.has(row.id)) {
    seen.add(row.id)
    const main = await records.row(row.mergedInto)
    if (main?.type !== row.type) break
    row = main
  }
  return row
}

/** A record with all that were merged into it, straight or by way of another. */
export const withMerged = async (
  row: Row,
  records: Pick<FollowedRecords, 'row'>,
): Promise<Set<string>> => {
  const found = new Set([row.id])
  for (const id of found) {
    const each = id === row.id ? row : await records.row(id)
    // Of a contact; other types have no such list.
    for (const merged of each ? mergedHere(each as Row & { merged?: [] }) : []) found.add(merged)
  }
  return found
}

/** What a follower's row should repeat; null where it follows nothing or what is not there yet. */
export const fieldsToRepeat = async (
  row: Row,
  records: Pick<FollowedRecords, 'row'>,
): Promise<Record<string, unknown> | null> => {
  const { follows } = declarationOf(row.type as RecordType) // projected by its type
  if (!follows) return null
  const named = String(row[follows.by])
  const leader = follows.exactly ? await records.row(named) : await mainOf(named, records)
  return leader && follows.types.includes(leader.type) ? repeated(follows, leader) : null
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

  for (const follower of followersOf(type)) {
    const { follows } = declarationOf(follower)
    if (!follows) continue
    const watched = [...follows.fields, ...(follows.exactly ? [] : ['mergedInto', 'merged'])]
    if (watched.every((name) => sameValue(before?.[name], after[name]))) continue
    for (const leader of follows.exactly ? [after.id] : await withMerged(after, records))
      for (const id of await records.followers(leader, [follower], follows.by)) {
        const row = await records.row(id)
        if (row?.type !== follower || row[follows.by] !== leader) continue
        const fields = await fieldsToRepeat(row, records)
        if (fields && isBehind(row, fields))
          patches.push({ id, type: follower, patch: fields as Patch }) // values of declared fields
      }
  }
  return patches
}
