/**
 * Bytes of a text file → text, with the encoding found by itself: a byte order mark, zero bytes of
 * UTF-16, well-formed UTF-8, and between the two Cyrillic code pages the one in which the text reads
 * like Russian.
 */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'koi8-r'] as const
export type Encoding = (typeof encodings)[number]

/** Enough to tell an encoding, little enough to be read at once. */
const sampleBytes = 256 * 1024

export const findEncoding = (bytes: Uint8Array): Encoding => {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, sampleBytes)
  return zeroEncoding(sample) ?? (isUtf8(sample) ? 'utf-8' : cyrillicEncoding(sample))
}

export const decode = (bytes: Uint8Array, encoding: Encoding): string =>
  new TextDecoder(encoding).decode(bytes)

/** Every separator, digit and line end of UTF-16 has a zero byte; other encodings have none. */
const zeroEncoding = (sample: Uint8Array): Encoding | null => {
  let even = 0
  let odd = 0
  for (const [at, byte] of sample.entries())
    if (byte === 0) {
      if (at % 2 === 0) even++
      else odd++
    }
  if (even + odd < sample.length / 20) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** A character may be cut at the end of the sample: `stream` waits for the rest of it. */
const isUtf8 = (sample: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    // Not UTF-8: what is asked here.
    return false
  }
}

const cyrillicEncoding = (sample: Uint8Array): Encoding =>
  russianness(decode(sample, 'koi8-r')) > russianness(decode(sample, 'windows-1251'))
    ? 'koi8-r'
    : 'windows-1251'

/**
 * The two code pages swap the cases of letters, so the wrong one gives words such as «нНН» and
 * «пРИВЕТ»: a capital after a small letter. Frequent letters decide where all is in capitals.
 */
const russianness = (text: string): number => {
  const frequent = text.match(/[оеаинтсрОЕАИНТСР]/gu)?.length ?? 0
  const upsideDown = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0
  const rare = text.match(/[^\p{L}\p{N}\p{P}\p{Zs}\s№«»+=<>|$^`~]/gu)?.length ?? 0
  return frequent - 2 * upsideDown - 2 * rare
}
