/**
 * Keys of all records of a kind, read from the replica (F229), and the groups found in them. Held in
 * memory as long as the page is open; asked again, it reads what has changed since. An index kept
 * between visits would have to follow every edit for a page opened once a month.
 */
import '../format/world-phones.ts'
import {
  byStanding,
  type Found,
  findMatches,
  type Group,
  groupsOf,
  type Standing,
} from '../../shared/duplicates/groups.ts'
import { type Keys, keysOf, type MatchField } from '../../shared/duplicates/keys.ts'
import { isMergeable } from '../../shared/duplicates/may-merge.ts'
import {
  completeness,
  isAppeal,
  isStrict,
  type MergedRow,
  type MergedType,
} from '../../shared/duplicates/merge.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { Subject } from '../../shared/rights.ts'
import { followKeys } from '../replica/changed-keys.ts'
import { readSeqs } from '../replica/states.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { allCitations } from './citations.ts'

/** Rows read at once: some 50 ms, after which the progress is told. */
const chunk = 2_000

export interface RecordIndex {
  readonly table: MergedType
  /** Keys of those that are neither in the trash nor merged into another, nor decided. */
  readonly records: ReadonlyMap<string, Keys>
  /** Ids that a record is said to be no duplicate of (F236). */
  readonly distinct: ReadonlyMap<string, readonly string[]>
  /** Ids merged into a record, for links that still name them. */
  readonly merged: ReadonlyMap<string, readonly string[]>
  /** Reads all records the first time, then those that have changed. */
  refresh: (onProgress: (done: number, total: number) => void) => Promise<void>
  close: () => void
}

export const openRecordIndex = (base: ReplicaBase, table: MergedType): RecordIndex => {
  const rows = base.table<MergedRow, string>(table)
  const records = new Map<string, Keys>()
  const distinct = new Map<string, string[]>()
  const merged = new Map<string, string[]>()
  let changed: 'any' | Set<string> = 'any'
  const stop = followKeys<string>(base, table, (ids) => {
    if (ids === 'any') changed = 'any'
    else if (changed !== 'any') for (const id of ids) changed.add(id)
  })

  const forget = (id: string) => {
    for (const kept of [records, distinct, merged]) kept.delete(id)
  }
  const take = (row: MergedRow) => {
    const mergedIds = mergedHere(row)
    if (mergedIds.length > 0) merged.set(row.id, mergedIds)
    if (row.deletedAt !== undefined || row.mergedInto !== undefined) return
    // What is decided stays what it was decided to be.
    if (isAppeal(row) && row.state !== 'new') return
    records.set(row.id, keysOf(table, row))
    if (row.distinct?.length)
      distinct.set(
        row.id,
        row.distinct.map(({ id }) => id),
      )
  }

  const readAll = async (onProgress: (done: number, total: number) => void) => {
    for (const kept of [records, distinct, merged]) kept.clear()
    const total = await rows.count()
    let done = 0
    const after = (id: string) => rows.where(':id').above(id).limit(chunk).toArray()
    for (let next: PromiseLike<MergedRow[]> | null = after(''); next; ) {
      const read: MergedRow[] = await next
      const last = read.length < chunk ? undefined : read.at(-1)
      // Read while these are worked through.
      next = last ? after(last.id) : null
      for (const row of read) take(row)
      done += read.length
      onProgress(done, Math.max(total, done))
    }
  }

  const readChanged = async (ids: readonly string[]) => {
    for (let at = 0; at < ids.length; at += chunk) {
      const part = ids.slice(at, at + chunk)
      const read = await rows.bulkGet(part)
      for (const [index, id] of part.entries()) {
        const row = read[index]
        forget(id)
        if (row) take(row)
      }
    }
  }

  return {
    table,
    records,
    distinct,
    merged,
    refresh: async (onProgress) => {
      const now = changed
      // What changes from here on is read the next time, even if this reading has it already.
      changed = new Set()
      try {
        if (now === 'any') await readAll(onProgress)
        else await readChanged([...now])
      } catch (error) {
        changed = 'any'
        throw error
      }
    },
    close: stop,
  }
}

/** Groups of duplicates by the chosen fields, main records first by F233. */
export const search = async (
  base: ReplicaBase,
  index: RecordIndex,
  fields: readonly MatchField[],
  subject: Subject,
): Promise<{ groups: Group[]; common: Found['common'] }> => {
  const { distinct } = index
  const areDistinct = (a: string, b: string) =>
    (distinct.get(a)?.includes(b) || distinct.get(b)?.includes(a)) ?? false
  const { matches, common } = findMatches([...index.records.values()], fields, areDistinct)
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
    allCitations(base, index.table, index.merged),
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
          strict: isStrict(row),
        })
  }
  return standings
}
