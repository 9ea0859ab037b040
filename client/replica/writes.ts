/**
 * A change made by the user: one transaction reads the state, applies the change, and puts state,
 * row and outbox entry. Several changes given together are stored together or not at all.
 */
import type { Clock } from '../../shared/clock.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import type { Subject } from '../../shared/rights.ts'
import { closesRing } from '../../shared/ring.ts'
import { localChange } from './local-change.ts'
import { messageRows, messageTables, putMessages } from './message-store.ts'
import { hasOfKept, withKept } from './of-kept.ts'
import {
  asValue,
  holdsValues,
  partsOfWrites,
  putTogether,
  withAccess,
  withPrivateValues,
} from './private-values.ts'
import { generationOf, readDocs, stateTables } from './states.ts'
import {
  type AcknowledgedDoc,
  type MessageRow,
  type OutboxEntry,
  putRows,
  type ReplicaBase,
  rowsOf,
  type StoredDoc,
} from './tables.ts'
import type { Writer } from './writer.ts'

export interface Write {
  type: RecordType
  id: string
  patch: Patch
}

export interface WriteDeps {
  base: ReplicaBase
  writer: Writer
  subject: () => Subject
  clock: Clock
  /** Told of what waits for the relay now, once it is on the disk. */
  stored?: (entries: readonly OutboxEntry[]) => void
}

/** Record types whose ids are derived: several may create one at once, so nobody signs it. */
const unsigned: ReadonlySet<RecordType> = new Set(['segment', 'layout', 'notice', 'privateValue'])

const none: ReadonlySet<string> = new Set()

/** Of the rows as they are before the first of these changes. */
const ofKept = (base: ReplicaBase, writes: readonly Write[]): Promise<Write[]> =>
  Promise.all(
    writes.map(async (write) =>
      hasOfKept(write.patch)
        ? { ...write, patch: withKept(write.patch, await rowsOf(base, write.type).get(write.id)) }
        : write,
    ),
  )

/** Every table a change of these types touches. */
export const tablesOf = (base: ReplicaBase, types: Iterable<RecordType>) => {
  const list = withPrivateValues(types)
  return [
    ...stateTables(base),
    base.outbox,
    base.acknowledged,
    base.meta,
    ...[...list].map((type) => rowsOf(base, type)),
    ...(list.has('segment') ? messageTables(base) : []),
  ]
}

/**
 * Stores changes in the order given. A change may build on one before it in the list.
 * Fails with the reason of the first that is not allowed or not valid; then none is stored.
 */
export const writeRecords = async (
  { base, writer, subject, clock, stored: tell }: WriteDeps,
  writes: readonly Write[],
): Promise<Result<Row[]>> => {
  const waiting: OutboxEntry[] = []
  const result = await base.transaction(
    'rw',
    tablesOf(
      base,
      writes.map(({ type }) => type),
    ),
    async () => {
      const who = subject()
      const parts = await partsOfWrites(base, who.apart ?? none, await ofKept(base, writes))
      const ids = [...new Set(parts.map(({ id }) => id))]
      const [generation, stored, known, hasValues] = await Promise.all([
        generationOf(base),
        readDocs(base, ids),
        base.acknowledged.bulkGet(ids),
        holdsValues(base, parts),
      ])
      const docs = new Map<string, StoredDoc>()
      for (const doc of stored) if (doc) docs.set(doc.id, doc)
      const before = new Map(docs)
      const rows: Row[] = []
      const newest = new Map<string, Row>()
      const entries: Omit<OutboxEntry, 'n'>[] = []
      const messages = new Map<string, MessageRow>()
      const client = writer(generation)
      const at = clock()

      for (const part of parts) {
        const { type, id, leader, of } = part
        const doc = docs.get(id)
        const patch = leader && !doc ? withAccess(part, newest.get(leader) ?? rows[of]) : part.patch
        const signed =
          doc || unsigned.has(type) ? patch : { createdAt: at, createdBy: who.id, ...patch }
        const state = doc?.state ?? null
        const result = localChange({
          type,
          id,
          patch: signed,
          state,
          writer: client,
          subject: who,
          at,
        })
        if (!result.ok) return result
        const { row, entry } = result.value
        const { liesIn } = declarationOf(type)
        // Of nothing else can a ring come, and each record that is asked for keeps the edit waiting.
        if (liesIn && liesIn in patch) {
          const rowOf = async (above: string) =>
            newest.get(above) ?? (await rowsOf(base, type).get(above)) ?? null
          if (await closesRing(await rowOf(id), row, liesIn, rowOf)) return fail('ring', liesIn)
        }
        if (!leader) rows[of] = row
        if (!entry) continue
        docs.set(id, { id, type, seq: doc?.seq ?? 0, state: result.value.state })
        newest.set(id, row)
        entries.push(leader ? asValue(entry, newest.get(leader) ?? rows[of]) : entry)
        const touched = new Set([
          ...Object.keys(patch.messages ?? {}),
          ...Object.keys(patch.states ?? {}),
        ])
        if (touched.size > 0)
          for (const message of messageRows(row))
            if (touched.has(message.key)) messages.set(message.id, message)
      }

      const changed = [...newest.keys()]
      const acknowledged: AcknowledgedDoc[] = changed
        .filter((id) => !known[ids.indexOf(id)])
        .map((id) => ({ id, state: before.get(id)?.state ?? null }))
      const [numbers] = await Promise.all([
        base.outbox.bulkAdd(entries, { allKeys: true }),
        base.docs.bulkPut(changed.flatMap((id) => docs.get(id) ?? [])),
        base.acknowledged.bulkPut(acknowledged),
        putMessages(base, [...messages.values()]),
        ...putRows(base, newest.values()),
      ])
      await putTogether(base, [...newest.values()], { hasValues })
      waiting.push(...entries.map((entry, at) => ({ ...entry, n: Number(numbers[at]) })))
      return ok(rows)
    },
  )
  if (waiting.length > 0) tell?.(waiting)
  return result
}
