/** A picture of any size as a photo of 200 × 300 pixels at most, made on the device (F55). */
import { type Area, photoSize } from './photo-crop.ts'

/** As a camera's JPEG; at this size nobody sees the difference from the lossless one. */
const quality = 0.9

/** Null where the file is no picture that this browser can read. Turned as the camera was held. */
export const readPicture = async (file: Blob): Promise<ImageBitmap | null> =>
  createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
    // The browser throws for what it cannot decode: the caller says so in words.
    () => null,
  )

/** What iPhones write; of the browsers only Safari reads it. Not every system knows its type. */
export const isHeic = ({ type }: Blob, name: string): boolean =>
  /^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name)

/**
 * 60,000 pixels are 240 KB before they are packed: the limit of 1 MB is never met. Browsers that cannot
 * write WebP write PNG by themselves.
 */
export const encodePhoto = async (picture: ImageBitmap, area: Area): Promise<Blob | null> => {
  const { width, height } = photoSize(area)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return null
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, area.left, area.top, area.width, area.height, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality))
}
