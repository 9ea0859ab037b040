/** The size of a picture by its header, of the kinds that browsers write: PNG, JPEG, WebP. */

export interface PictureSize {
  width: number
  height: number
}

/** Null where the bytes are none of these, or end before the size. */
export const pictureSize = (bytes: Uint8Array): PictureSize | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return pngSize(view) ?? webpSize(view) ?? jpegSize(view)
  } catch (error) {
    // DataView's own word for bytes that end too soon.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** W3C PNG, 5.2 and 11.2.2: the signature, then the chunk IHDR. */
const pngSize = (view: DataView): PictureSize | null =>
  view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a
    ? { width: view.getUint32(16), height: view.getUint32(20) }
    : null

/** Four letters as the number that they are read as. */
const fourCc = (letters: string): number =>
  [...letters].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0)

/** RFC 9649, 2.4-2.7. */
const webpSize = (view: DataView): PictureSize | null => {
  if (view.getUint32(0) !== fourCc('RIFF') || view.getUint32(8) !== fourCc('WEBP')) return null
  const low = (at: number) => view.getUint16(at, true)
  switch (view.getUint32(12)) {
    case fourCc('VP8 '):
      return { width: low(26) & 0x3fff, height: low(28) & 0x3fff }
    case fourCc('VP8L'): {
      const packed = view.getUint32(21, true)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case fourCc('VP8X'):
      // Three bytes each, of which one stands in the other half of a word.
      return {
        width: (low(24) | (view.getUint8(26) << 16)) + 1,
        height: (low(27) | (view.getUint8(29) << 16)) + 1,
      }
    default:
      return null
  }
}

/** ITU T.81, B.1.1: segments by length up to the one that begins a frame (SOF0-SOF15 but DHT, JPG, DAC). */
const jpegSize = (view: DataView): PictureSize | null => {
  if (view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // A length counts itself: less than two would stand still.
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    at += 2 + length
  }
  return null
}
