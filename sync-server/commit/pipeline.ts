/**
 * The one way into the base, whatever door a change came through:
 *
 *     propose ─► waiting ─► group ─► admit each ─► one durable transaction ─► publish ─► answer
 *                  ▲                                       │
 *                  └── what comes meanwhile waits ◄────────┘
 *
 * Changes that wait together share one transaction; each is accepted or refused by itself, in the
 * order of arrival, judged against what the accepted ones before it made. Nothing is published or
 * answered before it is on the disk.
 */
import type { Clock } from '../../shared/clock.ts'
import { isId } from '../../shared/ids.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { change, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, isRecordType, type RecordType } from '../../shared/records/index.ts'
import { openDoc, rowChange } from '../../shared/records/projection.ts'
import { audienceOf, type Subject } from '../../shared/rights.ts'
import {
  type Difference,
  type DocumentStore,
  type DocumentWrite,
  isStorageFull,
} from '../store/store.ts'
import { admit, clientsOf, type Decoded, decode } from './admit.ts'
import { changesBetween, continuesTyping, type TypingEntry } from './changes.ts'
import {
  type DocumentCache,
  documentCache,
  type LoadedDocument,
  loaded,
  scratchOf,
} from './documents.ts'
import type { Fault } from './faults.ts'
import { writerBook } from './writers.ts'

export interface Proposal {
  id: string
  type: string
  /** Bytes from outside, or what the relay itself wants changed, made an update of at its turn. */
  change: Uint8Array | Patch
  subject: Subject
  device: string
  /** When the device says it was made, ms. */
  madeAt: number
  /** The room's socket it came from, which need not hear of it. */
  origin?: object
}

/** A change that is on the disk. */
export interface Committed {
  seq: number
  id: string
  type: RecordType
  update: Uint8Array
  state: Uint8Array
  row: Row
  rowJson: string
  /** The row for those that hold the record before the change: of messages only the changed ones. */
  changeJson: string
  /** Null for a new record. */
  audienceBefore: string[] | null
  audience: string[]
  origin?: object
}

export type Observer = (changes: Committed[]) => void

export interface PipelineMeter {
  group(size: number, seconds: number): void
  refused(reason: string): void
  stored(bytes: number): void
}

export interface PipelineDeps {
  store: DocumentStore
  clock: Clock
  /** Yjs client id of the relay's own changes, drawn anew by each process. */
  writer: number
  fault: Fault
  meter: PipelineMeter
  /** Told of what nobody expected: a base that fails, a fault in the judgement itself. */
  onError: (error: unknown) => void
}

export interface Pipeline {
  /** Resolves with the seq once the change is on the disk, or with the reason why it is refused. */
  propose(proposal: Proposal): Promise<Result<number>>
  /** Called with each group, in order, after it is on the disk and before it is answered. */
  observe(observer: Observer): void
  /** The record as it is on the disk; null where there is none. */
  read(id: string): Promise<LoadedDocument | null>
  /** Ends when everything proposed is answered; what comes later is refused with `restarting`. */
  stop(): Promise<void>
}

/** A group is one turn of the event loop; more would let the others' sockets wait. */
const maxGroup = 512

interface Waiting extends Proposal {
  answer: (outcome: Result<number>) => void
}

/** An accepted change on its way to the disk. */
interface Accepted {
  waiting: Waiting
  write: DocumentWrite
  next: LoadedDocument
  committed: Omit<Committed, 'seq'>
}

export const pipeline = ({
  store,
  clock,
  writer,
  fault,
  meter,
  onError,
}: PipelineDeps): Pipeline => {
  const cache: DocumentCache = documentCache()
  const writers = writerBook(store)
  const observers: Observer[] = []
  let waiting: Waiting[] = []
  let working: Promise<void> | null = null
  let stopped = false

  const load = async (ids: Iterable<string>): Promise<Map<string, LoadedDocument>> => {
    const found = new Map<string, LoadedDocument>()
    const missing: string[] = []
    for (const id of ids) {
      const document = cache.get(id)
      if (document) found.set(id, document)
      else missing.push(id)
    }
    if (missing.length > 0)
      for (const [id, stored] of await store.documents(missing)) {
        const document = loaded(stored)
        cache.put(document)
        found.set(id, document)
      }
    return found
  }

  /** The update that a proposal is; null where the relay's own change changes nothing. */
  const updateOf = (
    { id, type, change: proposed }: Waiting,
    current: LoadedDocument | null,
  ): Result<Uint8Array | null> => {
    if (proposed instanceof Uint8Array) return ok(proposed)
    if (!isRecordType(type)) return fail('unknownType')
    const made = change(type, id, current?.state ?? null, proposed, writer)
    return made.ok ? ok(made.value.update) : made
  }

  /**
   * Judges one change against what the group made of its record so far. Null: nothing is new in it.
   * `decodedBefore` is of bytes from outside.
   */
  const judge = (
    one: Waiting,
    decodedBefore: Result<Decoded> | null,
    current: LoadedDocument | null,
    claimed: Map<number, string>,
  ): Result<Accepted | null> => {
    const { id, type, subject, device } = one
    if (!isId(id)) return fail('invalidRequest')
    if (!isRecordType(type)) return fail('unknownType')
    const made = updateOf(one, current)
    if (!made.ok) return made
    const update = made.value
    if (!update) return ok(null)
    const decoded = decodedBefore ?? decode(update)
    if (!decoded.ok) return decoded
    const doc = current ? scratchOf(current) : openDoc(id)
    const before = current?.row ?? null
    const admitted = admit(
      {
        id,
        type,
        update,
        decoded: decoded.value,
        subject,
        ownerOf: (client) => claimed.get(client) ?? writers.ownerOf(client),
      },
      { doc, row: before },
    )
    if (!admitted.ok) {
      if (current) current.doc = null
      return admitted
    }
    const admission = admitted.value
    if (admission.known) return ok(null)
    for (const client of admission.claims) claimed.set(client, subject.id)

    const { row, state } = admission
    const at = clock()
    const audience = audienceOf(row)
    const rowJson = JSON.stringify(row)
    const entry = { user: subject.id, device, at, changes: changesBetween(type, before, row) }
    // An entry of this very group has no seq yet and stays beside.
    const last = current?.typing?.seq ? current.typing : null
    const joined = continuesTyping(type, last, entry)
    const changes = joined ?? entry.changes
    const typing: TypingEntry = { ...entry, changes, seq: 0 }
    const declaration = declarationOf(type)
    const lookups = declaration.lookups?.(row) ?? []
    const next: LoadedDocument = {
      id,
      type,
      seq: 0,
      audience,
      state,
      rowJson,
      row,
      doc,
      lookups,
      typing,
    }
    return ok({
      waiting: one,
      next,
      write: {
        id,
        type,
        audience,
        state,
        rowJson,
        lostTokens: (current?.audience ?? []).filter((token) => !audience.includes(token)),
        lookups: difference(
          current?.lookups ?? (before && declaration.lookups?.(before)) ?? [],
          lookups,
          ({ key, value }) => `${key} ${value}`,
        ),
        files: difference(
          before ? (declaration.files?.(before) ?? []) : [],
          declaration.files?.(row) ?? [],
          (hash) => hash,
        ),
        claims: admission.claims,
        user: subject.id,
        device,
        at,
        madeAt: one.madeAt,
        changesJson: JSON.stringify(changes),
        takesIn: joined && last ? last.seq : null,
      },
      committed: {
        id,
        type,
        update: admission.update,
        state,
        row,
        rowJson,
        changeJson: declaration.maps ? JSON.stringify(rowChange(before, row)) : rowJson,
        audienceBefore: current ? current.audience : null,
        audience,
        ...(one.origin && { origin: one.origin }),
      },
    })
  }

  const runGroup = async (group: Waiting[]): Promise<void> => {
    const outcomes = new Map<Waiting, Result<number>>()
    const documents = await load(new Set(group.map(({ id }) => id)))
    const decoded = group.map(({ change: bytes }) =>
      bytes instanceof Uint8Array ? decode(bytes) : null,
    )
    await writers.load(
      decoded.flatMap((one) => (one === null ? [writer] : one.ok ? [...clientsOf(one.value)] : [])),
    )
    const claimed = new Map<number, string>()
    const accepted: Accepted[] = []
    // A repeat of a change that is accepted in this very group is answered with that one's seq.
    const repeats: { one: Waiting; of: Accepted | null; seq: number }[] = []
    const lastById = new Map<string, Accepted>()
    for (const [index, one] of group.entries()) {
      const current = lastById.get(one.id)?.next ?? documents.get(one.id) ?? null
      let judged: Result<Accepted | null>
      try {
        judged = judge(one, decoded[index] ?? null, current, claimed)
      } catch (error) {
        if (current) current.doc = null
        onError(error)
        judged = fail('internal')
      }
      if (!judged.ok) outcomes.set(one, judged)
      else if (judged.value === null)
        repeats.push({ one, of: lastById.get(one.id) ?? null, seq: current?.seq ?? 0 })
      else {
        accepted.push(judged.value)
        lastById.set(one.id, judged.value)
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
        const refused = fail(isStorageFull(error) ? 'storageFull' : 'internal')
        for (const one of group) if (!outcomes.has(one)) outcomes.set(one, refused)
        for (const one of group) one.answer(outcomes.get(one) ?? refused)
        return
      }
      meter.group(accepted.length, (performance.now() - started) / 1000)
      fault('after-commit')
    }
    const changes: Committed[] = []
    for (const [index, { waiting: one, next, committed, write }] of accepted.entries()) {
      const seq = seqs[index] ?? 0
      next.seq = seq
      if (next.typing) next.typing.seq = seq
      for (const client of write.claims) writers.claim(client, write.user)
      outcomes.set(one, ok(seq))
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

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      // Lets the sockets be read once, so that what arrived together is one group.
      await new Promise((resolve) => setImmediate(resolve))
      const group = waiting.slice(0, maxGroup)
      waiting = waiting.slice(maxGroup)
      try {
        await runGroup(group)
      } catch (error) {
        onError(error)
        for (const one of group) {
          cache.drop(one.id)
          one.answer(fail('internal'))
        }
      }
    }
    working = null
  }

  return {
    propose: (proposal) =>
      stopped
        ? Promise.resolve(fail('restarting'))
        : new Promise((answer) => {
            waiting.push({ ...proposal, answer })
            working ??= work()
          }),
    observe: (observer) => {
      observers.push(observer)
    },
    read: async (id) => (await load([id])).get(id) ?? null,
    stop: async () => {
      stopped = true
      while (working) await working
    },
  }
}

const difference = <T>(before: T[], after: T[], keyOf: (item: T) => string): Difference<T> => {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const now = new Map(after.map((item) => [keyOf(item), item]))
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, item]) => item),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, item]) => item),
  }
}
