/**
 * The feed: `GET /feed`, one streaming response from the relay to a device or connector.
 *
 *     query    head=<seq>   everything up to here is held already (0: nothing)
 *              below=<seq>  of the first sync, records under this seq are still missing (0: complete)
 *              epoch=<id>   of the workspace as the device knows it ('' at first)
 *              types=a,b    only these record types (connectors)
 *     headers  x-interes-device: <uuid>, x-interes-program: <protocol version>
 *
 *     stream   frame*       frame = u32 big-endian length of the rest, u8 kind, payload
 *
 *     hello      JSON Hello                         first frame
 *     records    cursor, flags, entries             whole records: the backlog, and access gained
 *     changes    cursor, flags, entries             committed changes, as they happen
 *     forget     JSON { ids, erased? }              access lost: delete all that is known of them;
 *                                                   `erased`: unsent and refused changes too
 *     caughtUp   cursor                             nothing older is missing any more
 *     beat       cursor                             idle; sent every `beatEvery` ms
 *     end        JSON { reason }                    the relay closes for good or for a while
 *
 *     cursor   varUint head, varUint below          what to resume with once the frame is stored
 *     flags    u8, bit 0: the entries are gzipped
 *     entries  varUint count, then for each: varString id, varString type, varUint seq,
 *              varUint8Array state (records) or update (changes), varString row as JSON
 *
 * The first sync runs from the newest record down, so that an empty device shows the freshest
 * clients in its first second; `below` falls while `head` stays. A record changed meanwhile gets a
 * seq above `head` and comes after. In `changes` the row of a segment holds only the messages that
 * changed (see rowChange). All frames of a stream are in commit order.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { isReason, type Reason } from '../reasons.ts'
import type { Row } from '../records/declaration.ts'
import { isRecordType, type RecordType } from '../records/index.ts'

/** An idle stream says something this often; the device gives up after three silences. */
export const beatEvery = 10_000
export const silenceLimit = 3 * beatEvery

const kinds = { hello: 0, records: 1, changes: 2, forget: 3, caughtUp: 4, beat: 5, end: 6 } as const

export interface Cursor {
  head: number
  below: number
}

export interface Hello {
  workspace: string
  epoch: string
  /** Newest seq of the workspace. */
  head: number
  /** Records that this stream is about to send before `caughtUp`, for the progress bar. */
  total: number
  /** Id of the employee, or name of the service. */
  subject: string
}

export interface FeedEntry {
  id: string
  type: RecordType
  seq: number
  /** Whole state in `records`, one update in `changes`. */
  bytes: Uint8Array
  row: Row
}

export type FeedFrame =
  | { kind: 'hello'; hello: Hello }
  | { kind: 'records' | 'changes'; cursor: Cursor; entries: FeedEntry[] }
  | { kind: 'forget'; ids: string[]; erased?: true }
  | { kind: 'caughtUp' | 'beat'; cursor: Cursor }
  | { kind: 'end'; reason: Reason }

export type Gzip = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>

/** Under this many bytes, two packets, gzip costs more than it saves: a millisecond at each end of an edit. */
const gzipFrom = 2048

/** An entry ready to go on the wire: rows come from the store as JSON text and are not parsed again. */
export interface WireEntry {
  id: string
  type: string
  seq: number
  bytes: Uint8Array
  rowJson: string
}

export const encodeEntries = (entries: WireEntry[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { id, type, seq, bytes, rowJson } of entries) {
    encoding.writeVarString(encoder, id)
    encoding.writeVarString(encoder, type)
    encoding.writeVarUint(encoder, seq)
    encoding.writeVarUint8Array(encoder, bytes)
    encoding.writeVarString(encoder, rowJson)
  }
  return encoding.toUint8Array(encoder)
}

/** Entries ready for any number of frames: only the cursor differs between streams. */
export interface EncodedEntries {
  zipped: boolean
  body: Uint8Array
}

/** Encodes entries; `gzip` is asked only where it pays. */
export const packEntries = async (entries: WireEntry[], gzip: Gzip): Promise<EncodedEntries> => {
  const plain = encodeEntries(entries)
  const zipped = plain.length >= gzipFrom
  return { zipped, body: zipped ? await gzip(plain) : plain }
}

/**
 * A `records` or `changes` frame of packed entries, in two pieces to be sent one after the other:
 * the second is the body itself, so that 200 streams that send it hold it in memory once.
 */
export const entriesFrame = (
  kind: 'records' | 'changes',
  cursor: Cursor,
  { zipped, body }: EncodedEntries,
): [Uint8Array, Uint8Array] => [
  frame(
    kinds[kind],
    (encoder) => {
      writeCursor(encoder, cursor)
      encoding.writeUint8(encoder, zipped ? 1 : 0)
    },
    body.length,
  ),
  body,
]

/** A `records` or `changes` frame in one piece. */
export const encodeEntriesFrame = async (
  kind: 'records' | 'changes',
  cursor: Cursor,
  entries: WireEntry[],
  gzip: Gzip,
): Promise<Uint8Array> => concat(...entriesFrame(kind, cursor, await packEntries(entries, gzip)))

type PlainFrame = Exclude<FeedFrame, { kind: 'records' | 'changes' }>

export const encodeFrame = (value: PlainFrame): Uint8Array =>
  frame(kinds[value.kind], (encoder) => {
    switch (value.kind) {
      case 'hello':
        return encoding.writeVarString(encoder, JSON.stringify(value.hello))
      case 'forget':
        return encoding.writeVarString(
          encoder,
          JSON.stringify({ ids: value.ids, ...(value.erased && { erased: true }) }),
        )
      case 'end':
        return encoding.writeVarString(encoder, JSON.stringify({ reason: value.reason }))
      case 'caughtUp':
      case 'beat':
        return writeCursor(encoder, value.cursor)
    }
  })

/** `more`: bytes that follow it and belong to it. */
const frame = (kind: number, write: (encoder: encoding.Encoder) => void, more = 0): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, kind)
  write(encoder)
  const body = encoding.toUint8Array(encoder)
  const bytes = new Uint8Array(4 + body.length)
  new DataView(bytes.buffer).setUint32(0, body.length + more)
  bytes.set(body, 4)
  return bytes
}

const writeCursor = (encoder: encoding.Encoder, { head, below }: Cursor): void => {
  encoding.writeVarUint(encoder, head)
  encoding.writeVarUint(encoder, below)
}

/** Frames larger than this are not ours: a batch of records is a few megabytes at most. */
const maxFrameBytes = 64 * 1024 * 1024

/**
 * Reads frames from the chunks of a stream, however they were cut.
 * Throws on bytes that are not of this protocol: the stream is then worth nothing, reconnect.
 */
export async function* readFrames(
  chunks: AsyncIterable<Uint8Array>,
  gunzip: Gzip,
): AsyncGenerator<FeedFrame> {
  let rest = new Uint8Array(0)
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? new Uint8Array(chunk) : concat(rest, chunk)
    while (rest.length >= 4) {
      const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0)
      if (length === 0 || length > maxFrameBytes) throw new Error(`frame of ${length} bytes`)
      if (rest.length < 4 + length) break
      yield await decodeFrame(rest.subarray(4, 4 + length), gunzip)
      rest = rest.subarray(4 + length)
    }
  }
}

const concat = (a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

const decodeFrame = async (bytes: Uint8Array, gunzip: Gzip): Promise<FeedFrame> => {
  const decoder = decoding.createDecoder(bytes)
  const kind = decoding.readUint8(decoder)
  switch (kind) {
    case kinds.hello:
      // Our own relay wrote it, over TLS: its shape is part of the protocol version.
      return { kind: 'hello', hello: JSON.parse(decoding.readVarString(decoder)) as Hello }
    case kinds.records:
    case kinds.changes: {
      const cursor = readCursor(decoder)
      const zipped = decoding.readUint8(decoder) === 1
      const body = decoding.readTailAsUint8Array(decoder)
      const entries = decodeEntries(zipped ? await gunzip(body) : body)
      return { kind: kind === kinds.records ? 'records' : 'changes', cursor, entries }
    }
    case kinds.forget: {
      const { ids, erased } = JSON.parse(decoding.readVarString(decoder)) as {
        ids: string[]
        erased?: true
      } // as above
      return { kind: 'forget', ids, ...(erased && { erased }) }
    }
    case kinds.caughtUp:
      return { kind: 'caughtUp', cursor: readCursor(decoder) }
    case kinds.beat:
      return { kind: 'beat', cursor: readCursor(decoder) }
    case kinds.end: {
      const { reason } = JSON.parse(decoding.readVarString(decoder)) as { reason: unknown }
      return { kind: 'end', reason: isReason(reason) ? reason : 'internal' }
    }
    default:
      throw new Error(`unknown frame kind ${kind}`)
  }
}

const readCursor = (decoder: decoding.Decoder): Cursor => ({
  head: decoding.readVarUint(decoder),
  below: decoding.readVarUint(decoder),
})

const decodeEntries = (bytes: Uint8Array): FeedEntry[] => {
  const decoder = decoding.createDecoder(bytes)
  const entries: FeedEntry[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const id = decoding.readVarString(decoder)
    const type = decoding.readVarString(decoder)
    const seq = decoding.readVarUint(decoder)
    // A copy: a view would keep the whole batch alive in memory and, once stored, in IndexedDB.
    const state = decoding.readVarUint8Array(decoder).slice()
    const row = JSON.parse(decoding.readVarString(decoder)) as Row // projected by the relay
    // A type this program does not know yet is skipped: it comes whole after the update.
    if (isRecordType(type)) entries.push({ id, type, seq, bytes: state, row })
  }
  return entries
}
