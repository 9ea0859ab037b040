/** Frames of the feed into the base: one transaction each, with the cursor that follows it. */
import type { Clock } from '../../shared/clock.ts'
import { sameValue } from '../../shared/equality.ts'
import type { Cursor, FeedFrame } from '../../shared/protocol/feed.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType, recordTypes } from '../../shared/records/index.ts'
import {
  messageRows,
  messagesOfSegments,
  putMessages,
  replaceMessages,
} from '../replica/message-store.ts'
import {
  forgetOpenValues,
  holdsValues,
  newlyApart,
  putTogether,
} from '../replica/private-values.ts'
import { heldAlready, rejectedEntry } from '../replica/rebase.ts'
import { forgetRecord, type RebuildDeps, rebuild, rebuildTables } from '../replica/rebuild.ts'
import { generationOf, putFirstDocs, readDoc, readDocs } from '../replica/states.ts'
import {
  type OutboxEntry,
  putRows,
  type RejectedEntry,
  type ReplicaBase,
  rowsOf,
  type StoredDoc,
  type StoredFile,
  type StoredRow,
  storedRow,
} from '../replica/tables.ts'
import { compareEntries } from './epoch.ts'
import { type Merged, mergePlan } from './merge-plan.ts'

export type EntriesFrame = Extract<FeedFrame, { kind: 'records' | 'changes' }>

/** Where the device stands; `head` 0 and no epoch at first. */
export interface Position {
  cursor: Cursor
  epoch: string
}

export const readPosition = async (base: ReplicaBase): Promise<Position> => {
  const [cursor, epoch] = await base.meta.bulkGet(['cursor', 'epoch'])
  return {
    // Written by this file only.
    cursor: (cursor as Cursor | undefined) ?? { head: 0, below: 0 },
    epoch: (epoch as string | undefined) ?? '',
  }
}

/** @returns whether changes that wait are others than before. */
export const storeEntries = (deps: RebuildDeps, frame: EntriesFrame): Promise<boolean> => {
  const { base } = deps
  const { kind, entries, cursor } = frame
  const types = new Set(entries.map(({ type }) => type))
  const ids = [...new Set(entries.map(({ id }) => id))]
  // All reads of a change are asked for at once: each that waits for another is time until it is seen.
  return base.transaction('rw', rebuildTables(base, types), async () => {
    const [lost, waiting, known, kept, hasValues] = await Promise.all([
      base.lost.count(),
      base.acknowledged.toCollection().primaryKeys(),
      kind === 'changes' ? readDocs(base, ids) : null,
      kind === 'changes' ? readRows(base, frame) : [],
      holdsValues(base, entries),
    ])
    const compared = lost > 0 ? await compareEntries(base, frame) : frame
    const named = new Set(ids)
    const unsent = waiting.filter((id) => named.has(id))
    const isBacklog = compared === frame && kind === 'records' && unsent.length === 0
    const rows = entries.map(({ row }) => row)
    // An empty device had nothing before.
    const restricted = types.has('field') && !cursor.below ? await newlyApart(base, rows) : []
    await Promise.all([
      ...(isBacklog
        ? putWhole(base, frame)
        : await putMerged(base, compared, known ?? (await readDocs(base, ids)), kept, unsent)),
      base.meta.put(cursor, 'cursor'),
    ])
    await putTogether(base, rows, { hasValues })
    if (restricted.length > 0) {
      await forgetOpenValues(base, restricted)
      await base.meta.put((await generationOf(base)) + 1, 'generation')
    }
    const dropped = unsent.length > 0 && (await dropHeld(deps, unsent))
    return dropped || restricted.length > 0
  })
}

/**
 * A change that was pushed with no answer, and made anew since, may come back in its earlier form:
 * then it waits no longer, or it would be made twice.
 */
const dropHeld = async (deps: RebuildDeps, ids: string[]): Promise<boolean> => {
  const { base } = deps
  let dropped = false
  for (const acknowledged of await base.acknowledged.bulkGet(ids)) {
    if (!acknowledged?.state) continue
    const { id, state } = acknowledged
    const held = heldAlready(await base.outbox.where('doc').equals(id).toArray(), state)
    const doc = await readDoc(base, id)
    if (held.length === 0 || !doc) continue
    await base.outbox.bulkDelete(held.map(({ n }) => n))
    await rebuild(deps, doc)
    dropped = true
  }
  return dropped
}

/** A backlog with no unsent changes in it: stored as it came, no Y.Doc built. */
const putWhole = (base: ReplicaBase, { entries, cursor }: EntriesFrame): PromiseLike<unknown>[] => {
  const rows = entries.map(({ row }) => row)
  const docs = entries.map(({ id, type, seq, bytes }) => ({ id, type, seq, state: bytes }))
  return [
    // Blocks are never cleared of what a newer state has replaced, so they are for the first sync.
    cursor.below > 0 ? putFirstDocs(base, docs) : base.docs.bulkPut(docs),
    ...putRows(base, rows),
    replaceMessages(base, rows),
  ]
}

const readRows = async (base: ReplicaBase, { entries }: EntriesFrame): Promise<StoredRow[]> => {
  const idsByType = new Map<RecordType, string[]>()
  for (const { type, id } of entries) idsByType.set(type, [...(idsByType.get(type) ?? []), id])
  const found = [...idsByType].map(([type, ids]) => rowsOf(base, type).bulkGet(ids))
  return (await Promise.all(found)).flat().flatMap((row) => row ?? [])
}

const putMerged = async (
  base: ReplicaBase,
  { kind, entries }: EntriesFrame,
  docs: readonly (StoredDoc | undefined)[],
  rows: readonly StoredRow[],
  /** Records with changes that wait. */
  unsent: string[],
): Promise<PromiseLike<unknown>[]> => {
  const acknowledged = unsent.length > 0 ? await base.acknowledged.bulkGet(unsent) : []
  const docById = new Map(docs.flatMap((doc) => (doc ? [[doc.id, doc]] : [])))
  const acknowledgedById = new Map(acknowledged.flatMap((each) => (each ? [[each.id, each]] : [])))
  const mergedById = new Map<string, Merged>()
  // Of one segment several changes may come in a frame, each with other messages in its row.
  const messages: Row[] = []
  for (const entry of entries) {
    const { id } = entry
    const merged = mergePlan(kind, entry, docById.get(id), acknowledgedById.get(id))
    docById.set(id, merged.doc)
    if (merged.acknowledged) acknowledgedById.set(id, merged.acknowledged)
    mergedById.set(id, merged)
    if (entry.type === 'segment') messages.push(merged.row)
  }
  const merged = [...mergedById.values()]
  // What this device did itself comes back and changes no row: not put, it wakes no list and no index.
  const rowById = new Map(rows.map((row) => [row.id, row]))
  const changed = merged.filter(({ row }) => !sameValue(rowById.get(row.id), storedRow(row)))
  return [
    base.docs.bulkPut(merged.map(({ doc }) => doc)),
    base.acknowledged.bulkPut(merged.flatMap(({ acknowledged: each }) => each ?? [])),
    ...putRows(
      base,
      changed.map(({ row }) => row),
    ),
    kind === 'records'
      ? replaceMessages(base, messages)
      : putMessages(base, messages.flatMap(messageRows)),
  ]
}

/** Files of a record that are on the device. */
export const filesOfRecord = async (
  base: ReplicaBase,
  id: string,
  type: RecordType,
): Promise<StoredFile[]> => {
  const filesOf = declarationOf(type).files
  if (!filesOf) return []
  const row = await rowsOf(base, type).get(id)
  if (!row) return []
  const messages = await messagesOfSegments(base, [id])
  // A stored segment with its messages is the row that the declaration takes.
  const hashes = filesOf({ ...row, messages } as unknown as Row)
  return (await base.files.bulkGet(hashes)).flatMap((file) => file ?? [])
}

/** Access to these was lost: nothing known of them stays but the user's own words. */
export const storeForget = (base: ReplicaBase, ids: string[], clock: Clock): Promise<void> =>
  base.transaction('rw', [...rebuildTables(base, recordTypes), base.files], async () => {
    const docs = (await readDocs(base, ids)).flatMap((doc) => doc ?? [])
    for (const { id, type } of docs) {
      const waiting = await base.outbox.where('doc').equals(id).toArray()
      await dropFiles(base, id, type)
      const refused = await base.rejected.where('doc').equals(id).toArray()
      await base.rejected.bulkPut(refused.map(ownWords))
      await Promise.all([
        forgetRecord(base, id, type),
        base.acknowledged.delete(id),
        base.lost.delete(id),
        base.outbox.bulkDelete(waiting.map(({ n }) => n)),
        base.rejected.bulkAdd(
          waiting.map((entry) => rejectedEntry(ownWords(entry), 'forbidden', undefined, clock())),
        ),
      ])
    }
    if (docs.length > 0) await base.meta.put((await generationOf(base)) + 1, 'generation')
  })

/** A change without what the record held before it, its name included. */
const ownWords = <T extends OutboxEntry | RejectedEntry>(entry: T): T => ({
  ...entry,
  label: typeof entry.patch.name === 'string' ? entry.patch.name : '',
  fields: Object.fromEntries(
    Object.entries(entry.fields).map(([name, [, after]]) => [name, [undefined, after]]),
  ),
  forgotten: Object.keys(entry.fields),
})

const dropFiles = async (base: ReplicaBase, id: string, type: RecordType): Promise<void> => {
  const kept = await filesOfRecord(base, id, type)
  await base.files.bulkDelete(kept.filter(({ unsent }) => !unsent).map(({ hash }) => hash))
}

/** Not into a base that was emptied since the stream began: to an empty one nothing was told yet. */
const intoKnown = (base: ReplicaBase, put: () => PromiseLike<unknown>): Promise<void> =>
  base.transaction('rw', base.meta, async () => {
    if ((await base.meta.get('epoch')) !== undefined) await put()
  })

export const storeCursor = (base: ReplicaBase, cursor: Cursor): Promise<void> =>
  intoKnown(base, () => base.meta.put(cursor, 'cursor'))

/** The relay said that nothing is missing, or had nothing new to say. */
export const storeContact = (base: ReplicaBase, cursor: Cursor, at: number): Promise<void> =>
  intoKnown(base, () =>
    base.meta.bulkPut([cursor, at, cursor.below === 0], ['cursor', 'lastSyncAt', 'complete']),
  )
