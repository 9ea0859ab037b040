/**
 * The judgement of one update: whether it may become part of a document, and what it makes of it.
 * Nothing is stored here. An update is accepted or refused as a whole.
 */
import { createDecoder, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'
import { maxReconcileBytes, maxUpdateBytes } from '../../shared/protocol/push.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Declaration, Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { project } from '../../shared/records/projection.ts'
import { mayBringBack, mayRead, rights, type Subject } from '../../shared/rights.ts'
import { earlierEpoch } from '../store/store.ts'

/**
 * How far one update may move a client's clock. Deleted runs are encoded as a length alone, so that
 * 14 bytes can claim 2^50 and use up a client id's clock for ever. A person who types all day
 * without network makes some 10^5; a merged update of 2 MB of text 2 * 10^6.
 */
export const maxClockAdvance = 4_000_000
/** Values deeper than any declared schema only serve to overflow someone's stack. */
const maxValueDepth = 16
/** Keys of the map `f`: fields, and one for each part of the lists. */
const maxFieldKeys = 5_000

/**
 * One change of a person is one page load's and some structs: a form, a paste, an afternoon's typing
 * merged. Yjs takes seconds for 2 MB of the smallest structs, while nobody else is served. Not asked
 * of what a restore lost: that is whole documents with all who ever wrote in them.
 */
const maxStructs = 20_000
const maxWriters = 1_000

export type Decoded = ReturnType<typeof Y.decodeUpdate>

/** Decodes an update, or says why it is none. */
export const decode = (update: Uint8Array, broughtBack = false): Result<Decoded> => {
  if (update.length > (broughtBack ? maxReconcileBytes : maxUpdateBytes)) return fail('tooLarge')
  try {
    if (broughtBack) return ok(Y.decodeUpdate(update))
    // Said in front: so many need not be decoded to be refused.
    const decoder = createDecoder(update)
    const writers = readVarUint(decoder)
    const structs = writers > 0 ? readVarUint(decoder) : 0
    // More than could be in so many bytes is no sound update of any size.
    if (writers > update.length || structs > update.length) return fail('malformedUpdate')
    if (writers > maxWriters || structs > maxStructs) return fail('tooLarge')
    const decoded = Y.decodeUpdate(update)
    return decoded.structs.length > maxStructs ? fail('tooLarge') : ok(decoded)
  } catch {
    // lib0 throws whatever a reader meets: end of input, unknown tags, a stack too deep.
    return fail('malformedUpdate')
  }
}

/** Ids of all clients whose structs are in the update. */
export const clientsOf = ({ structs }: Decoded): Set<number> =>
  new Set(structs.map(({ id }) => id.client))

interface Inspection {
  /** Clients with structs that the document does not have yet. */
  writers: Set<number>
}

/**
 * Looks through an update before it is applied: no gaps, no leaps, only plain values under declared
 * roots. Applying first would be too late: Yjs parks what it cannot place, at a cost that grows with
 * every parked struct, and a document cannot be un-applied.
 */
export const inspect = (
  { structs, ds }: Decoded,
  stateOf: (client: number) => number,
  declaration: Declaration,
): Result<Inspection> => {
  const ends = new Map<number, number>()
  const endOf = (client: number) => ends.get(client) ?? stateOf(client)
  const writers = new Set<number>()
  const seen = new Set<number>()
  let current = -1
  for (const { id, length } of structs) {
    if (id.client !== current) {
      // Yjs keeps only the last run of a client that appears twice.
      if (seen.has(id.client)) return fail('malformedUpdate')
      seen.add(id.client)
      current = id.client
    }
    if (!(length > 0)) return fail('malformedUpdate')
    const end = endOf(id.client)
    if (id.clock > end) return fail('causalGap')
    if (id.clock + length - stateOf(id.client) > maxClockAdvance) return fail('clockJump')
    if (id.clock + length <= end) continue
    ends.set(id.client, id.clock + length)
    writers.add(id.client)
  }
  const isKnown = (id: Y.ID | null) => id === null || id.clock < endOf(id.client)
  for (const struct of structs) {
    if (struct.id.clock + struct.length <= stateOf(struct.id.client)) continue
    // A run that was skipped is a gap with a name.
    if (struct instanceof Y.Skip) return fail('causalGap')
    if (!(struct instanceof Y.Item)) continue
    if (!isKnown(struct.origin) || !isKnown(struct.rightOrigin)) return fail('causalGap')
    const refused = inspectItem(struct, declaration)
    if (refused) return refused
  }
  for (const [client, deletions] of ds.clients)
    for (const { clock, len } of deletions)
      if (clock + len > endOf(client)) return fail('causalGap')
  return ok({ writers })
}

const inspectItem = (item: Y.Item, declaration: Declaration) => {
  // Only nested types are parents by id, and records have none: two devices that create the same
  // nested map at once lose one side.
  if (item.parent instanceof Y.ID) return fail('invalidValue')
  if (typeof item.parent === 'string') {
    const name: string = item.parent
    const isMap = name === 'f' || declaration.maps?.includes(name) === true
    const field = Object.hasOwn(declaration.fields, name) ? declaration.fields[name] : undefined
    if (!isMap && field?.kind !== 'prose') return fail('unknownField', name.slice(0, 100))
    // A list under a map's name, or a key in a text, is in no row and would be kept unseen.
    if (isMap !== (item.parentSub !== null)) return fail('invalidValue', name)
  }
  const { content } = item
  if (content instanceof Y.ContentAny)
    return content.arr.every((value) => isShallow(value, maxValueDepth))
      ? null
      : fail('invalidValue')
  return content instanceof Y.ContentString || content instanceof Y.ContentDeleted
    ? null
    : fail('invalidValue')
}

const isShallow = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1)))

export interface Candidate {
  id: string
  type: RecordType
  update: Uint8Array
  decoded: Decoded
  subject: Subject
  /** Who has claimed a Yjs client id. */
  usesOf: (id: string) => Record<string, number>
  /** Records that name a part of it, by type. */
  namingOf: (key: string, part: string) => Record<string, number>
  ownerOf: (client: number) => string | undefined
  /** Comes from before a restore: others may have written it too. */
  broughtBack: boolean
}

/** The record as it is, with a scratch copy of its document. */
export interface Current {
  doc: Y.Doc
  row: Row | null
  /**
   * Set once something was applied to `doc`: after a refusal the copy must then be thrown away. What
   * is refused before costs a large document no decoding.
   */
  spoiled: boolean
}

export type Admission =
  /** Everything in the update was known already: a repeated delivery. */
  | { known: true }
  | {
      known: false
      /** What the update really added. */
      update: Uint8Array
      state: Uint8Array
      row: Row
      claims: number[]
    }

/**
 * Applies a candidate to a scratch copy and judges the outcome. Of a record that may not be read a
 * refusal tells nothing: not what lacks before the change, nor what is wrong with it.
 */
export const admit = (candidate: Candidate, current: Current): Result<Admission> => {
  const outcome = admitted(candidate, current)
  const isTold = outcome.ok || !current.row || mayRead(candidate.subject, current.row)
  return isTold ? outcome : fail('forbidden')
}

const admitted = (candidate: Candidate, current: Current): Result<Admission> => {
  const { id, type, decoded, subject, ownerOf, broughtBack } = candidate
  const { doc, row: before } = current
  if (before && before.type !== type) return fail('immutableField', 'type')
  const declaration = declarationOf(type)
  const inspected = inspect(decoded, (client) => Y.getState(doc.store, client), declaration)
  if (!inspected.ok) return inspected
  const claims: number[] = []
  for (const client of inspected.value.writers) {
    const owner = ownerOf(client)
    if (owner === undefined) claims.push(client)
    else if (owner === earlierEpoch ? !broughtBack : owner !== subject.id)
      return fail('foreignWriter')
  }
  // `rights` says the same, but only of a row that had to be made first.
  if (before && inspected.value.writers.size > 0 && !mayRead(subject, before))
    return fail('forbidden')

  let added: Uint8Array | null = null
  const take = (bytes: Uint8Array) => {
    added = bytes
  }
  doc.on('update', take)
  current.spoiled = true
  try {
    Y.applyUpdate(doc, candidate.update)
  } catch {
    // Structs that decode can still contradict each other.
    return fail('malformedUpdate')
  } finally {
    doc.off('update', take)
  }
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return fail('causalGap')
  if (added === null) {
    current.spoiled = false
    return known(candidate, before)
  }

  if (doc.getMap('f').size > maxFieldKeys) return fail('tooLarge')
  const state = Y.encodeStateAsUpdate(doc)
  if (state.length > declaration.maxStateBytes) return fail('tooLarge')
  const row = project(type, id, doc)
  if (!row.ok) return row
  if (broughtBack && !mayBringBack(subject, before, row.value)) return fail('forbidden')
  const refused = broughtBack ? null : rights(subject, before, row.value)
  if (refused) return fail(refused.reason, refused.field)
  const inUse = before && !broughtBack ? declaration.whileUsed?.(before, row.value) : null
  if (inUse) {
    const uses = Object.entries(candidate.usesOf(id))
    if (uses.length > 0) return fail(inUse, uses.map((each) => each.join(':')).join(','))
  }
  const named = before && !broughtBack ? declaration.namedParts : undefined
  for (const part of (before && named?.taken(before, row.value)) ?? []) {
    const uses = Object.entries(candidate.namingOf(named?.key ?? '', part))
    if (uses.length > 0) return fail('inUse', uses.map((each) => each.join(':')).join(','))
  }
  return ok({ known: false, update: added, state, row: row.value, claims })
}

/** A repeat is told that it is known only by those who wrote it or may read it. */
const known = (candidate: Candidate, before: Row | null): Result<Admission> => {
  if (!before) return fail('malformedUpdate')
  const { decoded, subject, ownerOf } = candidate
  const clients = [...clientsOf(decoded)]
  const own = clients.length > 0 && clients.every((client) => ownerOf(client) === subject.id)
  return own || mayRead(subject, before) ? ok({ known: true }) : fail('forbidden')
}
