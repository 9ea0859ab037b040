/**
 * Reads entries of a ZIP as streams. What an archive says of its sizes is not believed: the bytes
 * are counted as they come out, so that a bomb ends at the limit and not at the end of the memory.
 */
import { Inflate } from 'fflate'

export interface ZipEntry {
  name: string
  stored: boolean
  /** Compressed bytes of the entry. */
  data: Uint8Array
}

const centralSignature = 0x02014b50
const endSignature = 0x06054b50
const localSignature = 0x04034b50
/** An .xlsx has some dozens; an archive with more is something else. */
const maxEntries = 20_000
/** Bytes put into the inflater at once. */
const step = 64 * 1024

export class BadZip extends Error {}
export class ZipTooLarge extends Error {}

/** By the directory at the end of the archive (APPNOTE.TXT 4.3), as Excel reads it. */
export const zipEntries = (bytes: Uint8Array): Map<string, ZipEntry> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count > maxEntries) throw new ZipTooLarge('entries')
  const entries = new Map<string, ZipEntry>()
  const names = new TextDecoder()
  let at = view.getUint32(end + 16, true)
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== centralSignature)
      throw new BadZip('directory')
    const nameLength = view.getUint16(at + 28, true)
    const name = names.decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const method = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 20, true)
    const local = view.getUint32(at + 42, true)
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localSignature)
      throw new BadZip('entry')
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    // Only these two are written by spreadsheets.
    if (method === 0 || method === 8)
      entries.set(name, { name, stored: method === 0, data: bytes.subarray(start, start + size) })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The record may be followed by a comment of up to 64 KB. */
const endOfDirectory = (view: DataView): number => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--)
    if (view.getUint32(at, true) === endSignature) return at
  throw new BadZip('no directory')
}

/** Inflates an entry piece by piece. Throws `ZipTooLarge` when more than `most` bytes come out. */
export const inflateEntry = (
  { stored, data }: ZipEntry,
  most: number,
  onPiece: (bytes: Uint8Array) => void,
): number => {
  let out = 0
  const take = (piece: Uint8Array) => {
    out += piece.length
    if (out > most) throw new ZipTooLarge('inflated')
    onPiece(piece)
  }
  if (stored) {
    take(data)
    return out
  }
  const inflate = new Inflate(take)
  for (let at = 0; at < data.length; at += step)
    inflate.push(data.subarray(at, at + step), at + step >= data.length)
  return out
}
