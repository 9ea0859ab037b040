/** Headers of pictures: all that a size is read from. */

const bytesOf = (
  length: number,
  write: (view: DataView, text: (at: number, letters: string) => void) => void,
) => {
  const bytes = new Uint8Array(length)
  write(new DataView(bytes.buffer), (at, letters) =>
    bytes.set(new TextEncoder().encode(letters), at),
  )
  return bytes
}

export const png = (width: number, height: number) =>
  bytesOf(33, (view, text) => {
    view.setUint32(0, 0x89504e47)
    view.setUint32(4, 0x0d0a1a0a)
    text(12, 'IHDR')
    view.setUint32(16, width)
    view.setUint32(20, height)
  })

/** With an Exif segment before the frame, as cameras write. */
export const jpeg = (width: number, height: number) =>
  bytesOf(40, (view, text) => {
    view.setUint32(0, 0xffd8ffe1)
    view.setUint16(4, 12)
    text(6, 'Exif')
    view.setUint16(16, 0xffc2)
    view.setUint16(18, 17)
    view.setUint16(21, height)
    view.setUint16(23, width)
  })

export const webp = {
  lossy: (width: number, height: number) =>
    bytesOf(30, (view, text) => {
      text(0, 'RIFF')
      text(8, 'WEBPVP8 ')
      view.setUint16(26, width, true)
      view.setUint16(28, height, true)
    }),
  lossless: (width: number, height: number) =>
    bytesOf(25, (view, text) => {
      text(0, 'RIFF')
      text(8, 'WEBPVP8L')
      view.setUint8(20, 0x2f)
      view.setUint32(21, (width - 1) | ((height - 1) << 14), true)
    }),
  extended: (width: number, height: number) =>
    bytesOf(30, (view, text) => {
      text(0, 'RIFF')
      text(8, 'WEBPVP8X')
      // Three bytes each, the highest last.
      view.setUint32(23, (width - 1) << 8, true)
      view.setUint16(27, height - 1, true)
    }),
}
