/** From a link to the picture behind it: the file itself, or what the page names as its picture. */
import { second } from '../../shared/clock.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { type Outside, type OutsideAnswer, outsideUrl } from './outside.ts'
import { pagePictures } from './page-pictures.ts'
import { type PictureKind, pictureKind } from './picture-kind.ts'

export interface Picture {
  type: PictureKind['type']
  bytes: Uint8Array
}

/** Fails with the reasons of `shared/protocol/pictures.ts`. */
export type FindPicture = (link: string, signal: AbortSignal) => Promise<Result<Picture>>

/** Page and picture together: who waits longer takes a file. */
const patience = 10 * second
/** What names a picture stands in the head of a page. */
const maxPageBytes = 512 * 1024
const maxPictureBytes = 5 * 1024 * 1024
/** A small file can be a picture that takes gigabytes when it is unpacked: cameras make less. */
const maxPixels = 50_000_000
/** Of the pictures that a page names. */
const maxTried = 2

const acceptPage = 'text/html,application/xhtml+xml,image/*;q=0.8'
const acceptPicture = 'image/webp,image/png,image/jpeg,image/gif'

export const createFindPicture =
  (outside: Outside, within = patience): FindPicture =>
  async (link, signal) => {
    const url = outsideUrl(link)
    if (!url.ok) return url
    const waited = AbortSignal.any([signal, AbortSignal.timeout(within)])
    const answer = await outside.get(url.value, acceptPage, waited)
    if (!answer.ok) return answer
    if (answer.value.type.startsWith('image/')) return pictureOf(answer.value, waited)
    if (!isPage(answer.value.type)) {
      answer.value.body.destroy()
      return fail('notFound')
    }
    const page = await readPage(answer.value, waited)
    if (!page.ok) return page
    let last: Result<Picture> = fail('notFound')
    for (const picture of pagePictures(page.value, answer.value.url).slice(0, maxTried)) {
      const found = await outside.get(picture, acceptPicture, waited)
      last = found.ok ? await pictureOf(found.value, waited) : found
      if (last.ok || waited.aborted) break
    }
    return last
  }

const isPage = (type: string): boolean => ['text/html', 'application/xhtml+xml'].includes(type)

const readPage = async (
  { body, charset }: OutsideAnswer,
  signal: AbortSignal,
): Promise<Result<string>> => {
  const read = await readUpTo(body, maxPageBytes, signal)
  if (!read.ok) return read
  // A page that is longer has its head in what was read.
  return ok(decoderOf(charset).decode(read.value.bytes))
}

const decoderOf = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset)
  } catch {
    // A name that nobody knows. Addresses of pictures are ASCII in any.
    return new TextDecoder()
  }
}

const pictureOf = async (
  { body, bytes: said }: OutsideAnswer,
  signal: AbortSignal,
): Promise<Result<Picture>> => {
  if (said !== null && said > maxPictureBytes) {
    body.destroy()
    return fail('tooLarge')
  }
  const read = await readUpTo(body, maxPictureBytes, signal)
  if (!read.ok) return read
  if (read.value.more) return fail('tooLarge')
  const { bytes } = read.value
  const kind = pictureKind(bytes)
  if (!kind) return fail('notFound')
  return kind.width * kind.height > maxPixels ? fail('tooLarge') : ok({ type: kind.type, bytes })
}

/** The first `limit` bytes of a body, and whether there were more. */
const readUpTo = async (
  body: OutsideAnswer['body'],
  limit: number,
  signal: AbortSignal,
): Promise<Result<{ bytes: Uint8Array; more: boolean }>> => {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // Leaving the loop destroys the body, and with it the connection.
    // No encoding was set, so that chunks are bytes.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limit) break
    }
  } catch {
    // Cut by the site, or by us because it takes too long.
    return fail(signal.aborted ? 'timedOut' : 'serviceUnavailable')
  }
  return ok({ bytes: Buffer.concat(chunks).subarray(0, limit), more: size > limit })
}
