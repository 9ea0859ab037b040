/**
 * Keys of all records of a kind, read from the replica (F229), and the groups found in them. Held in
 * memory as long as the page is open: reading 50,000 rows anew takes seconds, and an index kept
 * between visits would have to follow every edit for a page opened once a month.
 */
import Dexie from 'dexie'
import {
  byStanding,
  type Found,
  findMatches,
  type Group,
  groupsOf,
  type Standing,
} from '../../shared/duplicates/groups.ts'
import { type Keys, keysOf, type MatchField } from '../../shared/duplicates/keys.ts'
import { completeness, type MergedRow, type MergedType } from '../../shared/duplicates/merge.ts'
import { mayWriteContact } from '../../shared/records/contact.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { Subject } from '../../shared/rights.ts'
import { readSeqs } from '../replica/states.ts'
import type { ReplicaBase } from '../replica/tables.ts'

/** Rows read at once: some 30 ms, after which the progress is told. */
const chunk = 1_000

export interface RecordIndex {
  table: MergedType
  records: Keys[]
  /** `<smaller id> <greater id>` of pairs that are no duplicates (F236). */
  distinct: Set<string>
  /** Merged record → the main one, for links that still name it. */
  into: Map<string, string>
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Reads all records that are neither in the trash nor merged into another. */
export const indexRecords = async (
  base: ReplicaBase,
  table: MergedType,
  onProgress: (done: number, total: number) => void,
): Promise<RecordIndex> => {
  const rows = base.table<MergedRow, string>(table)
  const total = await rows.count()
  const index: RecordIndex = { table, records: [], distinct: new Set(), into: new Map() }
  let done = 0
  for (let after: string | null = ''; after !== null; ) {
    const read: MergedRow[] = await rows
      .where(':id')
      .between(after, Dexie.maxKey, false)
      .limit(chunk)
      .toArray()
    for (const row of read) {
      for (const id of mergedHere(row)) index.into.set(id, row.id)
      if (row.deletedAt !== undefined || row.mergedInto !== undefined) continue
      index.records.push(keysOf(table, row))
      for (const { id } of row.distinct ?? []) index.distinct.add(pairKey(row.id, id))
    }
    done += read.length
    onProgress(done, Math.max(total, done))
    after = read.length < chunk ? null : (read.at(-1)?.id ?? null)
  }
  return index
}

/** Groups of duplicates by the chosen fields, main records first by F233. */
export const search = async (
  base: ReplicaBase,
  index: RecordIndex,
  fields: readonly MatchField[],
  subject: Subject,
): Promise<{ groups: Group[]; common: Found['common'] }> => {
  const { matches, common } = findMatches(index.records, fields, (a, b) =>
    index.distinct.has(pairKey(a, b)),
  )
  const standings = await standingsOf(base, index, [...matches.keys()], subject)
  const groups = groupsOf({ matches }, (id) => standings.get(id) ?? unknown)
  // The surest first: whoever works from the top down meets what is worth it.
  const strength = ({ duplicates }: Group) => duplicates[0]?.matched.length ?? 0
  return {
    groups: groups.sort(
      (a, b) =>
        strength(b) - strength(a) ||
        byStanding(standings.get(a.main) ?? unknown, standings.get(b.main) ?? unknown),
    ),
    common,
  }
}

/** Of a record that went away between indexing and searching. */
const unknown: Standing = { citations: 0, changed: 0, completeness: 0, mergeable: false }

const standingsOf = async (
  base: ReplicaBase,
  index: RecordIndex,
  ids: readonly string[],
  subject: Subject,
): Promise<Map<string, Standing>> => {
  const [citations, seqs, unsent] = await Promise.all([
    citationsOf(base, index),
    readSeqs(base, ids),
    base.outbox.orderBy('doc').uniqueKeys(),
  ])
  const waiting = new Set(unsent)
  const standings = new Map<string, Standing>()
  for (let at = 0; at < ids.length; at += chunk) {
    const rows = await base.table<MergedRow, string>(index.table).bulkGet(ids.slice(at, at + chunk))
    for (const row of rows)
      if (row)
        standings.set(row.id, {
          citations: citations.get(row.id) ?? 0,
          // What is not sent yet was changed last of all.
          changed: waiting.has(row.id) ? Number.POSITIVE_INFINITY : (seqs.get(row.id) ?? 0),
          completeness: completeness(index.table, row),
          mergeable: isMergeable(subject, row),
        })
  }
  return standings
}

/** Whether the user may merge this record into another (F232). */
export const isMergeable = (subject: Subject, row: MergedRow): boolean =>
  mayWriteContact(subject, row, { ...row, mergedInto: 'another' }) === null

/** Links to each record; those to a merged one count for its main record. */
const citationsOf = async (
  base: ReplicaBase,
  { table, into }: RecordIndex,
): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  const lists = [
    base.dialog.orderBy(table).keys(),
    ...(table === 'client' ? [base.person.orderBy('client').keys()] : []),
  ]
  for (const keys of await Promise.all(lists))
    for (const key of keys) {
      const id = into.get(String(key)) ?? String(key)
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  return counts
}
