/** What a change made on this device does to the stored record. No I/O. */
import { sameValue } from '../../shared/equality.ts'
import { maxUpdateBytes } from '../../shared/protocol/push.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { change, type Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { openDoc, project } from '../../shared/records/projection.ts'
import type { MessageEntry } from '../../shared/records/segment.ts'
import { withSetChanges } from '../../shared/records/sets.ts'
import { rights, type Subject } from '../../shared/rights.ts'
import type { ChangeKind, OutboxEntry } from './tables.ts'

export interface LocalChange {
  state: Uint8Array
  row: Row
  /** Null where the patch changed nothing. */
  entry: Omit<OutboxEntry, 'n'> | null
}

export interface LocalWrite {
  type: RecordType
  id: string
  patch: Patch
  /** Null creates the record. */
  state: Uint8Array | null
  /** Yjs client id. */
  writer: number
  /** Null: rights were judged when the change was first made. */
  subject: Subject | null
  at: number
}

/** Fails as `project` and `rights` do; then nothing may be stored. */
export const localChange = (write: LocalWrite): Result<LocalChange> => {
  const { type, id, patch, state, writer, subject, at } = write
  const before = state ? projected(type, id, state) : null
  const changed = change(type, id, state, patch, writer)
  if (!changed.ok) return changed
  const { row, update } = changed.value
  if (!update) return ok({ state: changed.value.state, row, entry: null })
  if (update.length > maxUpdateBytes) return fail('tooLarge')
  const refusal = subject && rights(subject, before, row)
  if (refusal) return fail(refusal.reason, refusal.field)
  const entry = {
    doc: id,
    type,
    update,
    at,
    kind: kindOf(before, row),
    patch: withSetChanges(type, patch, before),
    fields: fieldsOf(patch, before, row),
    files: newFiles(before, row),
    label: labelOf(row),
  }
  return ok({ state: changed.value.state, row, entry })
}

/** The row of a stored state; null where the state alone is not a valid record. */
export const projected = (type: RecordType, id: string, state: Uint8Array): Row | null => {
  const doc = openDoc(id, state)
  const row = project(type, id, doc)
  doc.destroy()
  return row.ok ? row.value : null
}

const kindOf = (before: Row | null, after: Row): ChangeKind => {
  if (!before) return 'created'
  return after.deletedAt !== undefined && before.deletedAt === undefined ? 'deleted' : 'changed'
}

/** Field → [before, after] of what the patch names; of messages their first words and status. */
export const fieldsOf = (
  patch: Patch,
  before: Row | null,
  after: Row,
): Record<string, [unknown, unknown]> => {
  const fields: Record<string, [unknown, unknown]> = {}
  const { messages, states, ...values } = patch
  const { custom, ...plain } = values
  for (const key of Object.keys(custom ?? {})) {
    const [old, now] = [before, after].map((row) => (row?.custom as Row | undefined)?.[key]) // of a `values` field
    if (!sameValue(old, now)) fields[`custom/${key}`] = [old, now]
  }
  for (const name of Object.keys(plain))
    if (!sameValue(before?.[name], after[name])) fields[name] = [before?.[name], after[name]]
  const oldMessages = (before?.messages ?? []) as MessageEntry[] // a segment's row has them
  for (const [key, { text }] of Object.entries(messages ?? {})) fields[key] = [undefined, text]
  for (const [key, { status }] of Object.entries(states ?? {}))
    if (!messages?.[key])
      fields[key] = [oldMessages.find((entry) => entry.key === key)?.state?.status, status]
  return fields
}

const newFiles = (before: Row | null, after: Row): string[] => {
  const files = declarationOf(after.type as RecordType).files // projected by a known type
  if (!files) return []
  const old = new Set(before ? files(before) : [])
  return [...new Set(files(after))].filter((hash) => !old.has(hash))
}

/** Name, subject or address: what a person would call the record. */
export const labelOf = (row: Row): string => {
  const { name, title, subject, address, firstWords } = row
  const found = [name, title, subject, address, firstWords].find(
    (value) => typeof value === 'string' && value !== '',
  )
  return typeof found === 'string' ? found : ''
}
