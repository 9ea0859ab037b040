/** Gives the bytes of a file, whole or a range of them, so that no browser runs what they are. */
import type { RelayContext } from '../http/context.ts'
import { filePolicy } from '../http/security.ts'
import type { StoredFile } from '../store/store.ts'
import type { FileDisk } from './disk.ts'
import { parseRange } from './range.ts'

/** Who may have it was asked before. */
export const sendFile = (
  c: RelayContext,
  disk: Pick<FileDisk, 'read'>,
  { hash, size, type }: StoredFile,
  name: string,
): Response => {
  c.header('etag', `"${hash}"`)
  c.header('accept-ranges', 'bytes')
  c.header('content-type', type)
  c.header('content-disposition', attachment(name))
  c.header('content-security-policy', filePolicy)
  if (c.req.header('if-none-match') === `"${hash}"`) return c.body(null, 304)
  const range = parseRange(c.req.header('range'), size)
  if (range === 'unsatisfiable') {
    c.header('content-range', `bytes */${size}`)
    return c.body(null, 416)
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  c.header('content-length', String(end - start + 1))
  if (range) c.header('content-range', `bytes ${start}-${end}/${size}`)
  const body = c.req.method === 'HEAD' || size === 0 ? null : disk.read(hash, start, end)
  if (body === null) return c.body(null, range ? 206 : 200)
  return c.body(body, range ? 206 : 200)
}

/** RFC 6266 with RFC 8187: the name in UTF-8, and a plain one for programs that do not read it. */
const attachment = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_').slice(0, 200)
  const encoded = encodeURIComponent(name.slice(0, 200).toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
