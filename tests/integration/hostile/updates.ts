/** Updates that no device makes, written by hand in Yjs' update format (v1). */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { newWriter } from './town.ts'

const string = 4
const any = 8
const deleted = 1
const withOrigin = 0x80

interface Run {
  client?: number
  clock?: number
  structs: ((encoder: encoding.Encoder) => void)[]
}

/** An update of these runs of structs, and nothing deleted. */
const update = (...runs: Run[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, runs.length)
  for (const { client = newWriter(), clock = 0, structs } of runs) {
    encoding.writeVarUint(encoder, structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const write of structs) write(encoder)
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

const text = (root: string, words: string) => (encoder: encoding.Encoder) => {
  encoding.writeUint8(encoder, string)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, root)
  encoding.writeVarString(encoder, words)
}

const hasKey = 0x20

/** A value under a key of a root map; `write` writes what lib0 calls any. */
const entry =
  (root: string, key: string, write: (encoder: encoding.Encoder) => void) =>
  (encoder: encoding.Encoder) => {
    encoding.writeUint8(encoder, any | hasKey)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, root)
    encoding.writeVarString(encoder, key)
    encoding.writeVarUint(encoder, 1)
    write(encoder)
  }

/** lib0's tags: an array and an object. */
const anyArray = 117
const anyObject = 118

/** Arrays within arrays. */
const nested = (depth: number) => (encoder: encoding.Encoder) => {
  for (let left = depth; left > 0; left--) {
    encoding.writeUint8(encoder, anyArray)
    encoding.writeVarUint(encoder, 1)
  }
  encoding.writeAny(encoder, 0)
}

export const valueUnder = (root: string, key: string, value: string): Uint8Array =>
  update({ structs: [entry(root, key, (encoder) => encoding.writeAny(encoder, value))] })

export const nestedValue = (depth: number): Uint8Array =>
  update({ structs: [entry('f', 'name', nested(depth))] })

/** An object with an own key `__proto__`, which JavaScript cannot write but bytes can. */
export const valueWithProto = (): Uint8Array =>
  update({
    structs: [
      entry('f', 'name', (encoder) => {
        encoding.writeUint8(encoder, anyObject)
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, '__proto__')
        encoding.writeAny(encoder, { administrator: true })
      }),
    ],
  })

/** Deletions of so many characters at once: a few bytes that use up a clock. */
export const clockBomb = (length: number): Uint8Array =>
  update({
    structs: [
      (encoder) => {
        encoding.writeUint8(encoder, deleted)
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, 'note')
        encoding.writeVarUint(encoder, length)
      },
    ],
  })

/** What builds on words of another that nobody has seen. */
export const onUnknown = (): Uint8Array =>
  update({
    structs: [
      (encoder) => {
        encoding.writeUint8(encoder, string | withOrigin)
        encoding.writeVarUint(encoder, newWriter())
        encoding.writeVarUint(encoder, 7)
        encoding.writeVarString(encoder, 'x')
      },
    ],
  })

export const fromClock = (clock: number): Uint8Array =>
  update({ clock, structs: [text('note', 'x')] })

export const writtenAs = (client: number, clock: number): Uint8Array =>
  update({ client, clock, structs: [text('note', 'x')] })

/** Many structs of one writer; many writers of one struct each. */
export const manyStructs = (count: number): Uint8Array =>
  update({ structs: Array.from({ length: count }, () => text('note', 'x')) })
export const manyWriters = (count: number): Uint8Array => {
  const first = newWriter() * 2
  return update(
    // Yjs wants the highest client id first.
    ...Array.from({ length: count }, (_, index) => ({
      client: first + count - index,
      structs: [text('note', 'x')],
    })),
  )
}

/** Deletes all that a state holds. */
export const deleteAll = (state: Uint8Array): Uint8Array => {
  const { structs } = Y.decodeUpdate(state)
  const ends = new Map<number, number>()
  for (const { id, length } of structs)
    ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length))
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, ends.size)
  for (const [client, end] of ends) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, end)
  }
  return encoding.toUint8Array(encoder)
}

/** One frame of the rooms' protocol with an update, and one with presence. */
export const updateFrame = (bytes: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 2)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}
export const presenceFrame = (client: number, clock: number, state: unknown): Uint8Array => {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, 1)
  encoding.writeVarUint(inner, client)
  encoding.writeVarUint(inner, clock)
  encoding.writeVarString(inner, JSON.stringify(state))
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  return encoding.toUint8Array(encoder)
}
/** A page's question for the whole document. */
export const questionFrame = new Uint8Array([0, 0, 1, 0])
