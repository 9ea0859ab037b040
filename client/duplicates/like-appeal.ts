/** What a new appeal may be one with: other new appeals, clients and contact persons in the base (F227, F88). */
import '../format/world-phones.ts'
import { keysOf, type MatchField, matchesOf, matchFields } from '../../shared/duplicates/keys.ts'
import type { MergedRow } from '../../shared/duplicates/merge.ts'
import type { AppealRow } from '../../shared/records/appeal.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { type Similar, similarRecords } from './similar.ts'

export interface Alike {
  row: MergedRow
  matched: MatchField[]
}

const strongestFirst = (a: Alike, b: Alike): number => b.matched.length - a.matched.length

/** A name that matches as a human's is not counted again as a firm's. */
const matchedOnce = (matched: readonly MatchField[]): MatchField[] =>
  matched.filter((field) => field !== 'firm' || !matched.includes('name'))

/** Other appeals that wait for a decision, those that match in most first. */
export const appealsLike = async (
  base: ReplicaBase,
  appeal: AppealRow,
  count: number,
): Promise<Alike[]> => {
  const sought = keysOf('appeal', appeal)
  const waiting = await base.appeal.where('state').equals('new').toArray()
  const isDistinct = (other: AppealRow) =>
    (appeal.distinct ?? []).some(({ id }) => id === other.id) ||
    (other.distinct ?? []).some(({ id }) => id === appeal.id)
  return waiting
    .flatMap((row): Alike[] => {
      const isOther = row.id !== appeal.id && row.mergedInto === undefined && !row.deletedAt
      if (!isOther || isDistinct(row)) return []
      const matched = matchedOnce(matchesOf(sought, keysOf('appeal', row), matchFields.appeal))
      return matched.length > 0 ? [{ row, matched }] : []
    })
    .sort(strongestFirst)
    .slice(0, count)
}

/** Clients and contact persons, the name taken for a human's as well as for a firm's. */
export const contactsLike = async (
  base: ReplicaBase,
  appeal: AppealRow,
  count: number,
): Promise<Alike[]> => {
  const { phone, email } = keysOf('appeal', appeal)
  const typed = {
    name: appeal.who.name ?? '',
    ...(phone[0] && { phone: phone[0] }),
    ...(email[0] && { email: email[0] }),
  }
  const lists = await Promise.all([
    similarRecords(base, 'client', { ...typed, kind: 'person' }, count),
    similarRecords(base, 'client', { ...typed, kind: 'organisation' }, count),
    similarRecords(base, 'person', typed, count),
  ])
  // Of a client found twice, the time that more matched.
  const found = new Map<string, Similar>()
  for (const one of lists.flat().sort(strongestFirst))
    if (!found.has(one.row.id)) found.set(one.row.id, one)
  return [...found.values()].slice(0, count)
}
