/** Which part of a picture becomes a photo, and how large (F55). No I/O. */

import { maxPhoto } from '../../../../shared/records/contact.ts'

/** How far one may go in. */
export const maxZoom = 5

export interface Size {
  width: number
  height: number
}

export interface Area extends Size {
  left: number
  top: number
}

/** `whole`: nothing is cut off. */
export type PhotoShape = 'square' | 'portrait' | 'whole'

export interface Crop {
  shape: PhotoShape
  /** The middle of the frame, in pixels of the picture. */
  x: number
  y: number
  /** 1: the largest frame that fits into the picture. */
  zoom: number
}

export const middleOf = ({ width, height }: Size, shape: PhotoShape): Crop => ({
  shape,
  x: width / 2,
  y: height / 2,
  zoom: 1,
})

/** Width to height of the frame. */
const aspectOf = (shape: PhotoShape, { width, height }: Size): number => {
  if (shape === 'square') return 1
  return shape === 'portrait' ? maxPhoto.width / maxPhoto.height : width / height
}

const between = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)

/** The crop with its frame inside the picture. */
export const kept = (picture: Size, { shape, x, y, zoom }: Crop): Crop => {
  const held = shape === 'whole' ? 1 : between(zoom, 1, maxZoom)
  const { width, height } = frameSize(picture, shape, held)
  return {
    shape,
    x: between(x, width / 2, picture.width - width / 2),
    y: between(y, height / 2, picture.height - height / 2),
    zoom: held,
  }
}

const frameSize = (picture: Size, shape: PhotoShape, zoom: number): Size => {
  const aspect = aspectOf(shape, picture)
  const width = Math.min(picture.width, picture.height * aspect) / zoom
  return { width, height: width / aspect }
}

/** What of the picture is in the frame. */
export const areaOf = (picture: Size, crop: Crop): Area => {
  const { shape, x, y, zoom } = kept(picture, crop)
  const { width, height } = frameSize(picture, shape, zoom)
  return { left: x - width / 2, top: y - height / 2, width, height }
}

/** Pixels of the photo: at most 200 × 300, and never more than the picture has. */
export const photoSize = ({ width, height }: Size): Size => {
  const scale = Math.min(1, maxPhoto.width / width, maxPhoto.height / height)
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}
