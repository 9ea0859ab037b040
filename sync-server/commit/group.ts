/**
 * One group of the pipeline (see `pipeline.ts`): loads its records, judges each change against what
 * the accepted ones before it made, stores all in one transaction, publishes and answers.
 */
import type { Clock } from '../../shared/clock.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, isRecordType, leadsOrFollows } from '../../shared/records/index.ts'
import { rights, service } from '../../shared/rights.ts'
import { closesRing } from '../../shared/ring.ts'
import { unnamable } from '../files/access.ts'
import {
  type DocumentStore,
  type EraseStore,
  type FileStore,
  storageReason,
} from '../store/store.ts'
import { clientsOf, decode } from './admit.ts'
import { type DocumentCache, documentCache, type LoadedDocument, loaded } from './documents.ts'
import type { Fault } from './faults.ts'
import {
  type FollowedRecords,
  type FollowingPatch,
  fieldsToRepeat,
  followingPatches,
} from './follow.ts'
import { heldBy } from './in-force.ts'
import { type Accepted, type Committed, type Judge, judge, type Proposal } from './judgement.ts'
import { type NoticeDeps, noticePatches } from './notices.ts'
import { type NumberedRecords, numberPatches, takesANumber } from './numbering.ts'
import { namingOf, withAccepted, withNaming } from './uses.ts'
import { unfitValue } from './values.ts'
import { writerBook } from './writers.ts'

export type Observer = (changes: Committed[]) => void

export interface PipelineMeter {
  group(size: number, seconds: number): void
  refused(reason: string): void
  stored(bytes: number): void
}

export interface PipelineDeps {
  store: DocumentStore & FileStore & Pick<EraseStore, 'erasedAt'>
  clock: Clock
  /** Yjs client id of the relay's own changes, drawn anew by each process. */
  writer: number
  fault: Fault
  meter: PipelineMeter
  /** Whether a file may be the photo of a contact. */
  isPhoto: (hash: string) => Promise<boolean>
  /** See `notices.ts`. */
  readers: NoticeDeps['readers']
  /** Told of what nobody expected: a base that fails, a fault in the judgement itself. */
  onError: (error: unknown) => void
}
/** A dialog has a segment for each month in which somebody said something. */
const maxFollowers = 10_000

const relay = service('relay')

export interface Waiting extends Proposal {
  answer: (outcome: Result<number>) => void
}

export interface Groups {
  /** Resolves when every change of the group is answered. */
  run(group: Waiting[]): Promise<void>
  /** The record as it is on the disk; null where there is none. */
  read(id: string): Promise<LoadedDocument | null>
  /** After a failure, or where a record is taken away: nothing of it stays in memory. */
  drop(id: string): void
}

export const groupCommit = (
  { store, clock, writer, fault, meter, isPhoto, readers, onError }: PipelineDeps,
  observers: readonly Observer[],
): Groups => {
  const cache: DocumentCache = documentCache()
  const writers = writerBook(store)

  /**
   * Records of a group. Only the one who commits puts records into the cache: another reader could
   * put back what it read before a commit.
   */
  const load = async (ids: Set<string>): Promise<Map<string, LoadedDocument>> => {
    const found = new Map<string, LoadedDocument>()
    for (const id of ids) {
      const document = cache.get(id)
      if (document) found.set(id, document)
    }
    const missing = [...ids].filter((id) => !found.has(id))
    if (missing.length > 0)
      for (const [id, stored] of await store.documents(missing)) {
        const document = loaded(stored)
        cache.put(document)
        found.set(id, document)
      }
    return found
  }

  const read = async (id: string): Promise<LoadedDocument | null> => {
    const kept = cache.get(id)
    if (kept) return kept
    const stored = (await store.documents([id])).get(id)
    return stored ? loaded(stored) : null
  }
  /** One that was there before is not looked at again. */
  const hasFitPhoto = async (before: Row | null | undefined, { photo }: Row): Promise<boolean> =>
    typeof photo !== 'string' || photo === before?.photo || (await isPhoto(photo))

  const run = async (group: Waiting[]): Promise<void> => {
    const outcomes = new Map<Waiting, Result<number>>()
    const documents = await load(new Set(group.map(({ id }) => id)))
    // Nearly always none are missing but new ones.
    const erased = await store.erasedAt(
      [...new Set(group.map(({ id }) => id))].filter((id) => !documents.has(id)),
    )
    const uses = new Map<string, Record<string, number>>()
    for (const { id, type } of group)
      if (isRecordType(type) && declarationOf(type).whileUsed && documents.has(id) && !uses.has(id))
        uses.set(id, await store.uses(id))
    const namings = new Map<string, Record<string, number>>()
    for (const { id, type } of group) {
      const named = isRecordType(type) ? declarationOf(type).namedParts : undefined
      const row = named && documents.get(id)?.row
      if (row)
        for (const part of named.of(row)) namings.set(part, await namingOf(store, named.key, part))
    }
    const decoded = group.map(({ change: bytes, broughtBack }) =>
      bytes instanceof Uint8Array ? decode(bytes, broughtBack) : null,
    )
    await writers.load([
      writer,
      ...group.flatMap((one) => one.writer ?? []),
      ...decoded.flatMap((one) => (one?.ok ? [...clientsOf(one.value)] : [])),
    ])
    const claimed = new Map<number, string>()
    /** `one` is null for what the relay added by itself. */
    const accepted: (Accepted & { one: Waiting | null })[] = []
    const judging: Judge = {
      usesOf: (id) => withAccepted(uses.get(id) ?? {}, id, accepted),
      namingOf: (key, part) => withNaming(namings.get(part) ?? {}, key, part, accepted),
      clock,
      writer,
      ownerOf: (client) => claimed.get(client) ?? writers.ownerOf(client),
    }
    // A repeat of a change that is accepted in this very group is answered with that one's seq.
    const repeats: { one: Waiting; of: Accepted | null; seq: number }[] = []
    const lastById = new Map<string, Accepted>()
    const currentOf = async (id: string): Promise<LoadedDocument | null> =>
      lastById.get(id)?.next ?? documents.get(id) ?? (await load(new Set([id]))).get(id) ?? null
    const records: FollowedRecords & NumberedRecords = {
      row: async (id) => (await currentOf(id))?.row ?? null,
      followers: async (leader, types, by) => {
        const made = [...lastById.values()].filter(({ next }) =>
          types.some((type) => type === next.type),
        )
        const stored = await store.lookup(by, leader, maxFollowers)
        return [...new Set([...stored, ...made.map(({ next }) => next)].map(({ id }) => id))]
      },
      lookup: store.lookup,
      made: function* () {
        for (const { next } of lastById.values()) yield next.row
      },
    }
    const accept = (value: Accepted, one: Waiting | null) => {
      for (const client of value.write.claims) claimed.set(client, value.write.claimant)
      accepted.push({ ...value, one })
      lastById.set(value.next.id, value)
    }
    /** What the relay writes because of an accepted change. */
    const writeToo = async (patches: readonly FollowingPatch[]): Promise<void> => {
      for (const { id, type, patch } of patches) {
        const current = await currentOf(id)
        const made = judge(
          { id, type, change: patch, subject: relay, device: 'relay', madeAt: clock() },
          null,
          current,
          judging,
        )
        if (made.ok && made.value) accept(made.value, null)
        else if (!made.ok) {
          if (current) current.doc = null
          onError(new Error(`${type} ${id} could not be written too: ${made.reason}`))
        }
      }
    }
    for (const [index, one] of group.entries()) {
      const current = lastById.get(one.id)?.next ?? documents.get(one.id) ?? null
      let judged: Result<Accepted | null>
      try {
        judged = erased.has(one.id)
          ? fail('gone')
          : judge(one, decoded[index] ?? null, current, judging)
        if (judged.ok && judged.value && !current) {
          // A new record that follows another is judged as what the relay is about to make of it.
          const { row, type } = judged.value.committed
          const fields = await fieldsToRepeat(row, records)
          const refused =
            fields && !one.broughtBack && rights(one.subject, null, { ...row, ...fields })
          if (refused) judged = fail(refused.reason, refused.field)
          else if (!fields && !one.broughtBack && declarationOf(type).follows?.exactly)
            judged = fail('forbidden')
        }
        if (judged.ok && judged.value) {
          const [before, after] = [current?.row ?? null, judged.value.next.row]
          const held = one.broughtBack ? null : await heldBy(before, after, records)
          const taken = await takesANumber(before, after, records)
          if (current && (held || taken)) current.doc = null
          if (held) judged = fail('contractInForce', held)
          else if (taken) judged = fail('numberTaken', 'number')
        }
        const { liesIn } = isRecordType(one.type) ? declarationOf(one.type) : {}
        if (liesIn && judged.ok && judged.value && !one.broughtBack) {
          const before = current?.row ?? null
          if (await closesRing(before, judged.value.next.row, liesIn, records.row)) {
            if (current) current.doc = null
            judged = fail('ring', liesIn)
          }
        }
        if (judged.ok && judged.value && one.subject.kind === 'employee' && !one.broughtBack) {
          const unfit = await unfitValue(current?.row ?? null, judged.value.next.row, records)
          if (unfit) {
            if (current) current.doc = null
            judged = fail('invalidValue', unfit)
          }
        }
        if (judged.ok && judged.value) {
          const { added } = judged.value.write.files
          const broughtBack = one.broughtBack === true
          const unnamed = await unnamable(store, one.subject, added, broughtBack)
          if (unnamed) {
            if (current) current.doc = null
            judged = fail('fileMissing', unnamed)
          } else if (!broughtBack && !(await hasFitPhoto(current?.row, judged.value.next.row))) {
            if (current) current.doc = null
            judged = fail('invalidValue', 'photo')
          }
        }
      } catch (error) {
        if (current) current.doc = null
        onError(error)
        judged = fail('internal')
      }
      if (!judged.ok) outcomes.set(one, judged)
      else if (judged.value === null)
        repeats.push({ one, of: lastById.get(one.id) ?? null, seq: current?.seq ?? 0 })
      else {
        const { value } = judged
        accept(value, one)
        const { type, row } = value.committed
        const before = current?.row ?? null
        await writeToo(await numberPatches(before, row, records))
        if (leadsOrFollows(type)) await writeToo(await followingPatches(before, row, records))
        if (one.subject.kind === 'employee' && !one.broughtBack) {
          const cause = { by: one.subject.id, at: clock(), seq: current?.seq ?? 0 }
          await writeToo(await noticePatches(before, row, cause, { readers, row: records.row }))
        }
      }
    }

    const seqs: number[] = []
    if (accepted.length > 0) {
      fault('before-commit')
      const started = performance.now()
      try {
        seqs.push(...(await store.commit(accepted.map(({ write }) => write))))
      } catch (error) {
        onError(error)
        for (const { write } of accepted) cache.drop(write.id)
        const refused = fail(storageReason(error))
        for (const one of group) if (!outcomes.has(one)) outcomes.set(one, refused)
        for (const one of group) one.answer(outcomes.get(one) ?? refused)
        return
      }
      meter.group(accepted.length, (performance.now() - started) / 1000)
      fault('after-commit')
    }
    const changes: Committed[] = []
    for (const [index, { one, next, committed, write }] of accepted.entries()) {
      const seq = seqs[index] ?? 0
      next.seq = seq
      if (next.typing) next.typing.seq = seq
      for (const client of write.claims) writers.claim(client, write.claimant)
      if (one) outcomes.set(one, ok(seq))
      changes.push({ ...committed, seq })
      meter.stored(write.state.length)
    }
    for (const { next } of lastById.values()) cache.put(next)
    for (const { one, of, seq } of repeats) outcomes.set(one, ok(of ? of.next.seq : seq))
    if (changes.length > 0)
      for (const observer of observers) {
        try {
          observer(changes)
        } catch (error) {
          // The change is stored: a fault of one who listens must not turn its answer.
          onError(error)
        }
      }
    fault('after-publish')
    for (const one of group) {
      const outcome = outcomes.get(one) ?? fail('internal')
      if (!outcome.ok) meter.refused(outcome.reason)
      one.answer(outcome)
    }
  }
  return { run, read, drop: cache.drop }
}
