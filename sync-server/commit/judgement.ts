/** Judges one proposed change, and makes of an accepted one all that is to be stored and told. */
import type { Clock } from '../../shared/clock.ts'
import { isId } from '../../shared/ids.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { change, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, isRecordType, type RecordType } from '../../shared/records/index.ts'
import { lookupsOf, sameLookups } from '../../shared/records/lookups.ts'
import { openDoc, rowChange } from '../../shared/records/projection.ts'
import { audienceOf, type Subject } from '../../shared/rights.ts'
import { type Difference, type DocumentWrite, earlierEpoch } from '../store/store.ts'
import { type Admission, admit, type Decoded, decode } from './admit.ts'
import { changesBetween, continuesTyping } from './changes.ts'
import { type LoadedDocument, scratchOf } from './documents.ts'

/** What is wanted of the record as it is then; null: nothing. */
export type LatePatch = (row: Row | null) => Patch | null

export interface Proposal {
  id: string
  type: string
  /**
   * Bytes from outside, or what the relay itself wants changed, made an update of at its turn; a
   * function is asked then what it wants of the record as it is, null for nothing.
   */
  change: Uint8Array | Patch | LatePatch
  subject: Subject
  device: string
  /** When the device says it was made, ms. */
  madeAt: number
  /** What the relay lost by a restore, from a device that has it (see `reconcile-door.ts`). */
  broughtBack?: true
  /** Yjs client id of the subject for a change that is no bytes; the relay's own unless given. */
  writer?: number
  /** Is refused unless the record is still at this seq. */
  ifSeq?: number
  /** Whose turn it takes (see `turns.ts`); the subject's own unless given. */
  turnOf?: string
  /** Is committed with the proposal before it of the same turn: nobody sees the record in between. */
  together?: true
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
  /** What it changed of the row. */
  fields: string[]
  /** Null for a new record. */
  audienceBefore: string[] | null
  audience: string[]
  /** That made it; `relay` for one of the relay's own. */
  device: string
  origin?: object
}

/** An accepted change on its way to the disk. */
export interface Accepted {
  write: DocumentWrite
  next: LoadedDocument
  committed: Omit<Committed, 'seq'>
}

export interface Judge {
  clock: Clock
  /** Yjs client id of the relay's own changes. */
  writer: number
  /** Records that name this one, by type (see `whileUsed`). */
  usesOf: (id: string) => Record<string, number>
  /** Records that name a part of this one, by type (see `namedParts`). */
  namingOf: (key: string, part: string) => Record<string, number>
  /** Who has claimed a Yjs client id, in the base or earlier in the group. */
  ownerOf: (client: number) => string | undefined
}

/** The update that a proposal is; null where the relay's own change changes nothing. */
const updateOf = (
  { id, change: proposed, writer }: Proposal,
  type: RecordType,
  current: LoadedDocument | null,
  own: number,
): Result<Uint8Array | null> => {
  if (proposed instanceof Uint8Array) return ok(proposed)
  const patch = typeof proposed === 'function' ? proposed(current?.row ?? null) : proposed
  if (!patch) return ok(null)
  const made = change(type, id, current?.state ?? null, patch, writer ?? own)
  return made.ok ? ok(made.value.update) : made
}

/**
 * Judges a proposal against what the group made of its record so far.
 * `decodedBefore` is of bytes from outside.
 * @returns null where nothing is new in it.
 */
export const judge = (
  proposal: Proposal,
  decodedBefore: Result<Decoded> | null,
  current: LoadedDocument | null,
  { clock, writer, ownerOf, usesOf, namingOf }: Judge,
): Result<Accepted | null> => {
  const { id, type, subject } = proposal
  if (!isId(id)) return fail('invalidRequest')
  if (!isRecordType(type)) return fail('unknownType')
  // Of one that was changed in this very group the seq is not known yet.
  if (proposal.ifSeq !== undefined && proposal.ifSeq !== current?.seq)
    return fail('changedMeanwhile')
  const made = updateOf(proposal, type, current, writer)
  if (!made.ok) return made
  const update = made.value
  if (!update) return ok(null)
  const decoded = decodedBefore ?? decode(update)
  if (!decoded.ok) return decoded
  const scratch = {
    doc: current ? scratchOf(current) : openDoc(id),
    row: current?.row ?? null,
    spoiled: false,
  }
  const candidate = {
    id,
    type,
    update,
    decoded: decoded.value,
    subject,
    ownerOf,
    usesOf,
    namingOf,
    broughtBack: proposal.broughtBack === true,
  }
  const admitted = admit(candidate, scratch)
  if (admitted.ok && !admitted.value.known)
    return ok(
      accepted(proposal, type, current, { ...admitted.value, doc: scratch.doc, at: clock() }),
    )
  if (current && scratch.spoiled) current.doc = null
  return admitted.ok ? ok(null) : admitted
}

type Admitted = Extract<Admission, { known: false }> & { doc: LoadedDocument['doc']; at: number }

const accepted = (
  { id, subject, device, madeAt, broughtBack, origin }: Proposal,
  type: RecordType,
  current: LoadedDocument | null,
  { row, state, update, claims, doc, at }: Admitted,
): Accepted => {
  const before = current?.row ?? null
  const declaration = declarationOf(type)
  const audience = audienceOf(row)
  const rowJson = JSON.stringify(row)
  const entry = { user: subject.id, device, at, changes: changesBetween(type, before, row) }
  // An entry of this very group has no seq yet and stays beside.
  const last = current?.typing?.seq ? current.typing : null
  const joined = continuesTyping(type, last, entry)
  const changes = joined ?? entry.changes
  const isFoundAlike = before !== null && sameLookups(before, row)
  const lookups = isFoundAlike ? (current?.lookups ?? null) : lookupsOf(row)
  const record = { id, type, audience, state, rowJson }
  return {
    next: { ...record, seq: 0, row, doc, lookups, typing: { ...entry, changes, seq: 0 } },
    write: {
      ...record,
      lostTokens: (current?.audience ?? []).filter((token) => !audience.includes(token)),
      lookups:
        isFoundAlike || !lookups
          ? { added: [], removed: [] }
          : difference(
              current?.lookups ?? (before ? lookupsOf(before) : []),
              lookups,
              ({ key, value }) => `${key} ${value}`,
            ),
      files: difference(
        before ? (declaration.files?.(before) ?? []) : [],
        declaration.files?.(row) ?? [],
        (hash) => hash,
      ),
      trash: declaration.trash ? trashOf(before, row) : null,
      claims,
      claimant: broughtBack ? earlierEpoch : subject.id,
      user: subject.id,
      device,
      at,
      madeAt,
      changesJson: JSON.stringify(changes),
      takesIn: joined && last ? last.seq : null,
    },
    committed: {
      ...record,
      update,
      row,
      changeJson: declaration.maps ? JSON.stringify(rowChange(before, row)) : rowJson,
      fields: Object.keys(entry.changes),
      audienceBefore: current ? current.audience : null,
      device,
      ...(origin && { origin }),
    },
  }
}

const trashOf = (before: Row | null, after: Row): DocumentWrite['trash'] => {
  const was = before?.deletedAt !== undefined
  const is = after.deletedAt !== undefined
  return was === is ? null : is ? 'in' : 'out'
}

const difference = <T>(before: T[], after: T[], keyOf: (item: T) => string): Difference<T> => {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const now = new Map(after.map((item) => [keyOf(item), item]))
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, item]) => item),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, item]) => item),
  }
}
