/**
 * A new epoch: the relay was restored from a backup and may lack what it had acknowledged. The device
 * keeps what it has and compares:
 *
 *     hello of another epoch ─► all records into `lost` ─► feed from the beginning ─┐
 *                                                                                  │ each record
 *     whole record is lacking ◄── caught up, never seen ◄── compared ◄─────────────┘
 *              │                                               │ the relay lacks a part
 *              └────────────────► POST /reconcile ◄────────────┘
 *
 * The outbox waits until the last of them is answered: its changes stand on what the relay lacks.
 */
import * as Y from 'yjs'
import type { FeedEntry } from '../../shared/protocol/feed.ts'
import { mergeStates } from '../../shared/records/change.ts'
import { recordTypes } from '../../shared/records/index.ts'
import { openDoc } from '../../shared/records/projection.ts'
import { projected } from '../replica/local-change.ts'
import { type RebuildDeps, rebuild, rebuildTables } from '../replica/rebuild.ts'
import { generationOf, readDocs, unpackBlocks } from '../replica/states.ts'
import { type LostPart, type ReplicaBase, rowsOf } from '../replica/tables.ts'
import { sameBytes } from './same-bytes.ts'
import type { EntriesFrame } from './store-frames.ts'

/** Begins an epoch; '' where the relay has not yet said which. */
export const startEpoch = (deps: RebuildDeps, epoch: string): Promise<void> => {
  const { base } = deps
  return base.transaction('rw', rebuildTables(base, recordTypes), async () => {
    await unpackBlocks(base)
    const unsent = await base.acknowledged.toArray()
    const own = new Set(unsent.flatMap(({ id, state }) => (state ? [] : [id])))
    for (const type of recordTypes) {
      const ids = await rowsOf(base, type).toCollection().primaryKeys()
      await base.lost.bulkPut(
        ids.filter((id) => !own.has(id)).map((id) => ({ id, type, update: null, known: null })),
      )
    }
    await base.meta.bulkPut(
      [epoch, { head: 0, below: 0 }, false, (await generationOf(base)) + 1],
      ['epoch', 'cursor', 'complete', 'generation'],
    )
    // The relay takes nothing more under the Yjs client ids of before.
    for (const doc of await readDocs(
      base,
      unsent.map(({ id }) => id),
    ))
      if (doc) await rebuild(deps, doc)
  })
}

/** What `own` has and `relay` lacks; null where that is nothing. */
export const missingFrom = (id: string, relay: Uint8Array, own: Uint8Array): Uint8Array | null => {
  // Most records are as they were, and encode alike.
  if (sameBytes(relay, own)) return null
  const doc = openDoc(id, relay)
  let missing: Uint8Array | null = null
  doc.on('update', (update: Uint8Array) => {
    missing = update
  })
  Y.applyUpdate(doc, own)
  doc.destroy()
  return missing
}

/**
 * Compares what the feed brings with what the device had, and lets nothing of the latter go: the
 * frame returned holds both. It is the same frame where there was nothing to compare.
 */
export const compareEntries = async (
  base: ReplicaBase,
  frame: EntriesFrame,
): Promise<EntriesFrame> => {
  if ((await base.lost.count()) === 0) return frame
  const ids = [...new Set(frame.entries.map(({ id }) => id))]
  const [parts, docs, acknowledged] = await Promise.all([
    base.lost.bulkGet(ids),
    readDocs(base, ids),
    base.acknowledged.bulkGet(ids),
  ])
  const partById = new Map(parts.flatMap((part) => (part ? [[part.id, part]] : [])))
  if (partById.size === 0) return frame
  const ownById = new Map(ids.map((id, at) => [id, acknowledged[at]?.state ?? docs[at]?.state]))
  const found: string[] = []
  const entries = frame.entries.map((entry): FeedEntry => {
    const [part, own] = [partById.get(entry.id), ownById.get(entry.id)]
    if (!part || !own) return entry
    const next = compared(part, frame.kind, entry.bytes, own)
    if (!next) {
      partById.delete(entry.id)
      found.push(entry.id)
      return entry
    }
    partById.set(entry.id, next)
    const both = mergeStates(own, entry.bytes)
    ownById.set(entry.id, both)
    const row = projected(entry.type, entry.id, both) ?? entry.row
    return { ...entry, bytes: frame.kind === 'records' ? both : entry.bytes, row }
  })
  await Promise.all([base.lost.bulkPut([...partById.values()]), base.lost.bulkDelete(found)])
  return { ...frame, entries }
}

/** Null: the relay has all of it. */
const compared = (
  part: LostPart,
  kind: EntriesFrame['kind'],
  bytes: Uint8Array,
  own: Uint8Array,
): LostPart | null => {
  // A record that was never seen is new to this user: even a change of it is whole then.
  const isWhole = kind === 'records' || part.known === null
  const known = isWhole || !part.known ? bytes : mergeStates(part.known, bytes)
  const update = part.update ?? missingFrom(part.id, known, own)
  return update && { ...part, update, known }
}

/** Records whose states are read at once. */
const atOnce = 200

/** The feed is caught up: what it did not name, the relay lacks altogether. */
export const keepUnseen = async (base: ReplicaBase): Promise<void> => {
  const unseen = await base.lost.filter(({ update }) => update === null).toArray()
  for (let from = 0; from < unseen.length; from += atOnce) {
    const parts = unseen.slice(from, from + atOnce)
    const ids = parts.map(({ id }) => id)
    await base.transaction('rw', rebuildTables(base, []), async () => {
      const [docs, acknowledged] = await Promise.all([
        readDocs(base, ids),
        base.acknowledged.bulkGet(ids),
      ])
      const owns = ids.map((_, at) => acknowledged[at]?.state ?? docs[at]?.state ?? null)
      await Promise.all([
        base.lost.bulkPut(parts.map((part, at) => ({ ...part, update: owns[at] ?? null }))),
        base.lost.bulkDelete(ids.filter((_, at) => !owns[at])),
      ])
    })
  }
}
