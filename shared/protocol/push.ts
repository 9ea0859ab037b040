/**
 * Pushing: `POST /push` sends a batch of changes in the order they were made; the answer says for
 * each whether it is on the relay's disk, or why not.
 *
 *     body     varUint count, then for each: varUint n, varString id, varString type,
 *              varUint at (ms, the device's clock, kept for history only), varUint8Array update
 *     answer   JSON PushAnswer
 *
 * A change pushed twice is stored once: its structs are known already, and the answer is the same.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Reason } from '../reasons.ts'

/** One request may hold this much; a device with more waits for the answer and sends the rest. */
export const maxPushEntries = 500
export const maxPushBytes = 8 * 1024 * 1024
/** One update may hold this much. Larger things are files. */
export const maxUpdateBytes = 2 * 1024 * 1024

/**
 * `POST /reconcile?epoch=<id>`: the same body and answer, for what a device has of an earlier epoch
 * and the relay lost when it was restored from a backup. `update` is the part that the relay lacks,
 * whoever wrote it. Refused with `gone` where no backup was restored lately.
 */
export const maxReconcileBytes = 32 * 1024 * 1024

export interface PushEntry {
  /** The sender's own number of the entry, returned in the answer. */
  n: number
  id: string
  type: string
  /** When it was made by the device's clock, ms. */
  at: number
  update: Uint8Array
}

export type PushOutcome =
  | { n: number; ok: true; seq: number }
  | { n: number; ok: false; reason: Reason; field?: string }

export interface PushAnswer {
  epoch: string
  outcomes: PushOutcome[]
}

export const encodePush = (entries: PushEntry[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { n, id, type, at, update } of entries) {
    encoding.writeVarUint(encoder, n)
    encoding.writeVarString(encoder, id)
    encoding.writeVarString(encoder, type)
    encoding.writeVarUint(encoder, at)
    encoding.writeVarUint8Array(encoder, update)
  }
  return encoding.toUint8Array(encoder)
}

/** Throws on bytes that are not a push; the relay answers `invalidRequest`. */
export const decodePush = (bytes: Uint8Array): PushEntry[] => {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  if (count > maxPushEntries) throw new RangeError(`${count} entries`)
  const entries: PushEntry[] = []
  for (let left = count; left > 0; left--)
    entries.push({
      n: decoding.readVarUint(decoder),
      id: decoding.readVarString(decoder),
      type: decoding.readVarString(decoder),
      at: decoding.readVarUint(decoder),
      update: decoding.readVarUint8Array(decoder).slice(),
    })
  if (decoding.hasContent(decoder)) throw new RangeError('bytes after the last entry')
  return entries
}
