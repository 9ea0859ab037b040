/**
 * Changing a record. A value is compared before it is set: 10,000 sets over 12 keys make a 90 KB
 * document. Fields that are lists of parts are changed part by part.
 */
import * as Y from 'yjs'
import { sameValue } from '../equality.ts'
import { fail, ok, type Result } from '../reasons.ts'
import type { Declaration, Row } from './declaration.ts'
import { declarationOf, type RecordType } from './index.ts'
import { openDoc, project } from './projection.ts'
import type { Message, MessageState } from './segment.ts'
import { putSet } from './sets.ts'

/**
 * What to change: a scalar field to its new value or null to clear it; a prose field to its new
 * text; a parts field to `{ [partId]: value with order, or null to remove }`; `custom` to
 * `{ [fieldId]: value, or null to clear }`; a set to its new items as a list, or to
 * `{ [item]: whether it is in }`; in a segment
 * `messages` (added) and `states` by message key.
 */
export type Patch = Record<string, unknown> & {
  messages?: Record<string, Message>
  states?: Record<string, MessageState>
}

/** A change made: what to store, and what to send. */
export interface Change {
  /** Encoded whole document. */
  state: Uint8Array
  /** Encoded difference, or null where the patch changed nothing. */
  update: Uint8Array | null
  row: Row
}

/** Applies a patch inside one transaction. Unknown fields are a programmer's error and throw. */
export const applyPatch = (doc: Y.Doc, type: RecordType, patch: Patch, origin?: unknown): void => {
  const { fields, maps, composed } = declarationOf(type)
  const { messages, states, ...values } = patch
  if ((messages || states) && !maps) throw new Error(`${type} has no messages`)
  doc.transact(() => {
    const map = doc.getMap('f')
    const touched = composed?.of.some((name) => name in values) ? composed : undefined
    const isBare = touched && !map.has(touched.field)
    const before = isBare && joinedIn(map, touched)
    for (const [name, value] of Object.entries(values)) {
      const field = fields[name]
      if (!field) throw new Error(`${type} has no field ${name}`)
      if (field.kind === 'prose') setText(doc.getText(name), String(value ?? ''))
      else if (field.kind === 'scalar') setKey(map, name, value)
      else if (field.kind === 'set') putSet(map, name, value)
      else
        for (const [part, partValue] of Object.entries(value as Record<string, unknown>)) // per Patch
          setKey(map, `${name}/${part}`, partValue)
    }
    for (const [key, value] of Object.entries(messages ?? {})) setKey(doc.getMap('m'), key, value)
    for (const [key, value] of Object.entries(states ?? {})) setKey(doc.getMap('s'), key, value)
    if (!isBare || map.has(touched.field)) return
    const after = joinedIn(map, touched)
    // Two devices may each empty what the other leaves: the whole as it was is then what there is.
    if (after) map.set(touched.field, before || after)
  }, origin)
}

/**
 * Changes a record's stored state, on behalf of `writer` (a Yjs client id of this page load or
 * process). `state` null creates the record. Fails as `project` does.
 */
export const change = (
  type: RecordType,
  id: string,
  state: Uint8Array | null,
  patch: Patch,
  writer: number,
): Result<Change> => {
  const doc = openDoc(id, state, writer)
  let update: Uint8Array | null = null
  doc.once('update', (bytes: Uint8Array) => {
    update = bytes
  })
  applyPatch(doc, type, patch)
  const row = project(type, id, doc)
  const result: Result<Change> = row.ok
    ? ok({ state: Y.encodeStateAsUpdate(doc), update, row: row.value })
    : fail(row.reason, row.field)
  doc.destroy()
  return result
}

/** Merges states or updates of one record into one. */
export const mergeStates = (...states: Uint8Array[]): Uint8Array => Y.mergeUpdates(states)

/** What is composed of the fields that a document holds; nothing where it has none of them. */
const joinedIn = (map: Y.Map<unknown>, { join }: NonNullable<Declaration['composed']>) =>
  join(map.toJSON() as Row) // only plain fields are joined; `project` judges them

const setKey = (map: Y.Map<unknown>, key: string, value: unknown): void => {
  if (value === null || value === undefined) {
    if (map.has(key)) map.delete(key)
  } else if (!sameValue(map.get(key), value)) map.set(key, value)
}

/** Turns the text into `next` by replacing only what differs, so that others' edits beside it stay. */
const setText = (text: Y.Text, next: string): void => {
  const current = text.toString()
  if (current === next) return
  let start = 0
  while (start < current.length && start < next.length && current[start] === next[start]) start++
  if (isLowSurrogate(next, start) || isLowSurrogate(current, start)) start--
  let tail = 0
  const longest = Math.min(current.length, next.length) - start
  while (tail < longest && current[current.length - 1 - tail] === next[next.length - 1 - tail])
    tail++
  if (tail > 0 && isLowSurrogate(next, next.length - tail)) tail--
  if (current.length - start - tail > 0) text.delete(start, current.length - start - tail)
  if (next.length - start - tail > 0) text.insert(start, next.slice(start, next.length - tail))
}

/** Yjs turns a character cut in the middle of its surrogate pair into U+FFFD. */
const isLowSurrogate = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}
