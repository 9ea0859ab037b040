/**
 * The picture of a page or a profile in a social network, asked through the relay (F55): the network
 * sees the relay's address, and the device's pages stay closed to everything else.
 *
 *     POST /api/pictures  PictureRequest → the bytes of a PNG, JPEG, WebP or GIF
 *
 * Reasons beside those of every door: `serviceNotConnected` (switched off), `invalidAddress`,
 * `hostUnknown`, `hostNotAllowed`, `notFound` (no picture there), `tooLarge`, `timedOut`,
 * `serviceUnavailable` (the site refuses, or cannot be reached safely), `tooManyRequests`.
 */
import * as v from 'valibot'

/** Of the 500 characters of a field each may be six when it is encoded: `Ж` is `%D0%96`. */
const maxLink = 3000

export const pictureRequest = v.object({
  /** Whose photo it may become. */
  type: v.picklist(['client', 'person']),
  id: v.pipe(v.string(), v.uuid()),
  link: v.pipe(v.string(), v.maxLength(maxLink)),
})
export type PictureRequest = v.InferOutput<typeof pictureRequest>
