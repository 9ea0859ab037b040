/**
 * The pack: the parts of the program in one file, made by the build (build/program-pack.ts) and opened by
 * the service worker when it takes the program along. Gzip of
 *
 *     4 bytes   length of the head, big-endian
 *     head      JSON: [{ url, type, size }, …]
 *     bytes     of the parts, in the order of the head
 *
 * It is trusted as a whole: the service worker knows its hash and the browser checks it while fetching.
 * Gzip is its own, not the server's: a static server or a proxy compresses nothing that it does not know.
 */
import { gunzip, gzip } from '../../shared/protocol/gzip.ts'

/** Its name holds the hash of its contents, like the names of all that is in it. */
export const packName = (hash: string): string => `assets/program-${hash}.pack`
export const isPack = ({ url }: { url: string }): boolean => /^assets\/program-.*\.pack$/.test(url)

export interface Part {
  /** As the precache's manifest has it: relative to the service worker. */
  url: string
  /** Media type, as the relay would send it. */
  type: string
  bytes: Uint8Array
}

const lengthSize = 4

type Head = { url: string; type: string; size: number }[]

export const packParts = (parts: readonly Part[]): Promise<Uint8Array> => {
  const head: Head = parts.map(({ url, type, bytes }) => ({ url, type, size: bytes.length }))
  const headBytes = new TextEncoder().encode(JSON.stringify(head))
  const length = new Uint8Array(lengthSize)
  new DataView(length.buffer).setUint32(0, headBytes.length)
  const pieces = [length, headBytes, ...parts.map(({ bytes }) => bytes)]
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return gzip(all)
}

/** Throws where the bytes are no pack: then they are not those whose hash was checked. */
export const unpackParts = async (pack: Uint8Array): Promise<Part[]> => {
  const all = await gunzip(pack)
  const headSize = new DataView(all.buffer, all.byteOffset).getUint32(0)
  let at = lengthSize + headSize
  const head = JSON.parse(new TextDecoder().decode(all.subarray(lengthSize, at))) as Head // the build's own
  return head.map(({ url, type, size }) => {
    const bytes = all.subarray(at, at + size)
    at += size
    return { url, type, bytes }
  })
}
