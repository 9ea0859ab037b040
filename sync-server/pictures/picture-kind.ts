/** Which kind of picture bytes are, by the bytes alone: what a site says of them is a word. */
import { type PictureSize, pictureSize } from '../files/picture-size.ts'

export interface PictureKind extends PictureSize {
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
}

/** First bytes as letters; GIF89a, 17 and 18 for its size. */
const beginnings = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['RIFF', 'image/webp'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
] as const

/** Null for anything else: SVG and HTML carry scripts, other kinds not every browser shows. */
export const pictureKind = (bytes: Uint8Array): PictureKind | null => {
  const begins = Buffer.from(bytes.subarray(0, 10))
  const letters = begins.toString('latin1')
  const type = beginnings.find(([beginning]) => letters.startsWith(beginning))?.[1]
  if (!type) return null
  const size = type === 'image/gif' ? gifSize(begins) : pictureSize(bytes)
  return size && size.width > 0 && size.height > 0 ? { type, ...size } : null
}

const gifSize = (begins: Buffer): PictureSize | null =>
  begins.length < 10 ? null : { width: begins.readUInt16LE(6), height: begins.readUInt16LE(8) }
