/**
 * The pass before parsing: letters whose 8-bit bytes carry no charset, or one that cannot be true,
 * get a true one. Only headers are rewritten (raw 8-bit header lines become UTF-8; the charset
 * parameter of a text part is set); bodies are left byte for byte.
 *
 *   raw ─▶ parts (header range, body range) ─▶ guess per text part ─▶ raw with mended headers
 */
import { guessCharset, hasHighBytes, isUtf8, looksCyrillic } from './charset.ts'

/** Deeper or wider letters are attacks or accidents; the rest of them is left as it is. */
const maxDepth = 40
const maxParts = 500

/** So much of a part's text is enough to tell its charset. */
const sampleBytes = 64 * 1024

interface Part {
  headerStart: number
  headerEnd: number
  bodyStart: number
  bodyEnd: number
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

const headerValue = (headers: string, name: string): string | undefined =>
  new RegExp(`^${name}:([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(headers)?.[1]?.trim()

const parameter = (value: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]+))`, 'i').exec(value)
  return found?.[1] ?? found?.[2]
}

/** Every part of the letter, the letter itself first. */
const partsOf = (raw: string): Part[] => {
  const parts: Part[] = []
  const walk = (start: number, end: number, depth: number): void => {
    if (depth > maxDepth || parts.length >= maxParts) return
    const blank = /\r?\n\r?\n/g
    blank.lastIndex = start
    // A part may begin with an empty line: it has no headers at all.
    const leading = /^\r?\n/.exec(raw.slice(start, start + 2))
    const found = leading ? null : blank.exec(raw)
    const headerEnd = leading ? start : found && found.index < end ? found.index : end
    const bodyStart = leading
      ? start + leading[0].length
      : found && found.index < end
        ? found.index + found[0].length
        : end
    parts.push({ headerStart: start, headerEnd, bodyStart, bodyEnd: end })
    const type = headerValue(raw.slice(start, headerEnd), 'content-type') ?? ''
    const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : undefined
    if (!boundary) return
    const delimiter = `--${boundary}`
    let child = -1
    let at = raw.indexOf(delimiter, bodyStart)
    while (at !== -1 && at < end) {
      const lineStart = at === bodyStart || raw[at - 1] === '\n'
      if (lineStart) {
        if (child !== -1) walk(child, at, depth + 1)
        const closing = raw.startsWith('--', at + delimiter.length)
        const lineEnd = raw.indexOf('\n', at)
        child = closing || lineEnd === -1 ? -1 : lineEnd + 1
        if (closing) break
      }
      at = raw.indexOf(delimiter, at + delimiter.length)
    }
    if (child !== -1 && child < end) walk(child, end, depth + 1)
  }
  walk(0, raw.length, 0)
  return parts
}

const decodeBody = (body: string, encoding: string): Uint8Array => {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding === 'quoted-printable') {
    const bytes = body
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    return Buffer.from(bytes, 'latin1')
  }
  return Buffer.from(body, 'latin1')
}

/** Labels that old and careless programs put on any text. */
const western = new Set(['iso-8859-1', 'latin1', 'windows-1252', 'cp1252'])
const ascii = new Set([
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  '7bit',
  '8bit',
  'default',
  'unknown',
  'unknown-8bit',
  'x-unknown',
])

const isDecodable = (label: string): boolean => {
  try {
    new TextDecoder(label)
    return true
  } catch {
    // The constructor's only way to say that it does not know the label.
    return false
  }
}

/** Stray accents without a label are Western text. */
const guessUnlabelled = (bytes: Uint8Array): string =>
  isUtf8(bytes) || looksCyrillic(bytes) ? guessCharset(bytes) : 'windows-1252'

/** The charset the part should be read with, or null where its own label stands. */
export const trueCharset = (declared: string | undefined, bytes: Uint8Array): string | null => {
  if (!hasHighBytes(bytes)) return null
  const label = declared?.toLowerCase().trim() ?? ''
  if (label === '' || ascii.has(label)) return guessUnlabelled(bytes)
  if (western.has(label)) return looksCyrillic(bytes) ? guessCharset(bytes) : null
  if (label === 'utf-8' || label === 'utf8')
    return isUtf8(bytes) ? null : looksCyrillic(bytes) ? guessCharset(bytes) : null
  return isDecodable(label) ? null : guessCharset(bytes)
}

const withCharset = (headers: string, charset: string): string => {
  const type = headerValue(headers, 'content-type')
  if (type === undefined) {
    const line = `Content-Type: text/plain; charset=${charset}`
    return headers === '' ? line : `${headers}\r\n${line}`
  }
  const mended = /;\s*charset\s*=/i.test(type)
    ? type.replace(/(;\s*charset\s*=\s*)(?:"[^"]*"|[^\s;"]*)/i, `$1${charset}`)
    : `${type.replace(/;\s*$/, '')}; charset=${charset}`
  // A replacer function: the value may hold "$", which a replacement string would interpret.
  return headers.replace(type, () => mended)
}

const encodedWord = /=\?(iso-8859-1|latin1|windows-1252|us-ascii)\?([bq])\?([^?\r\n]*)\?=/gi

/** Encoded words (RFC 2047) in Russian that call themselves Western get their true label. */
const mendEncodedWords = (headers: string): string =>
  headers.replace(encodedWord, (word, label: string, encoding: string, body: string) => {
    const bytes = decodeBody(
      encoding.toLowerCase() === 'q' ? body.replaceAll('_', ' ') : body,
      encoding.toLowerCase() === 'q' ? 'quoted-printable' : 'base64',
    )
    const charset = trueCharset(label, bytes)
    return charset === null ? word : `=?${charset}?${encoding}?${body}?=`
  })

/** The raw letter with every charset that could be mended mended; the same bytes where none was. */
export const mendCharsets = (raw: Uint8Array): Uint8Array => {
  const source = latin1(raw)
  const parts = partsOf(source)
  const edits: { start: number; end: number; bytes: Uint8Array }[] = []
  let spokenCharset: string | null = null

  for (const part of parts) {
    const headers = source.slice(part.headerStart, part.headerEnd)
    const type = headerValue(headers, 'content-type') ?? 'text/plain'
    let mended = mendEncodedWords(headers)
    if (/^text\//i.test(type)) {
      const encoding = headerValue(headers, 'content-transfer-encoding')?.toLowerCase() ?? ''
      const body = source.slice(
        part.bodyStart,
        Math.min(part.bodyEnd, part.bodyStart + sampleBytes),
      )
      // Cut at the end of a line, so that a UTF-8 character is not cut in two.
      const whole = body.length < sampleBytes ? body : body.slice(0, body.lastIndexOf('\n') + 1)
      const declared = parameter(type, 'charset')
      const charset = trueCharset(declared, decodeBody(whole, encoding))
      if (charset !== null) mended = withCharset(mended, charset)
      const spoken = charset ?? declared?.toLowerCase() ?? ''
      if (
        spokenCharset === null &&
        !ascii.has(spoken) &&
        !/^(|utf-?8)$/.test(spoken) &&
        isDecodable(spoken)
      ) {
        spokenCharset = spoken
      }
    }
    const bytes = Buffer.from(mended, 'latin1')
    if (mended !== headers || (hasHighBytes(bytes) && !isUtf8(bytes))) {
      edits.push({ start: part.headerStart, end: part.headerEnd, bytes })
    }
  }
  if (edits.length === 0) return raw

  const pieces: Uint8Array[] = []
  let at = 0
  for (const edit of edits) {
    // A header of few words says little about its charset; the body beside it says more.
    const header =
      hasHighBytes(edit.bytes) && !isUtf8(edit.bytes)
        ? Buffer.from(new TextDecoder(spokenCharset ?? guessCharset(edit.bytes)).decode(edit.bytes))
        : edit.bytes
    pieces.push(raw.subarray(at, edit.start), header)
    // A part that had no headers at all begins with its blank line; the new header needs its own.
    if (edit.start === edit.end) pieces.push(Buffer.from('\r\n'))
    at = edit.end
  }
  pieces.push(raw.subarray(at))
  return Buffer.concat(pieces)
}
