/**
 * Guessing the charset of 8-bit Russian text that carries none, or a wrong one. Parsers leave this
 * to the client on purpose (nodemailer/mailparser#351): only the client knows which languages its
 * letters are in. Ours are Russian, so the choice is UTF-8, else KOI8-R or windows-1251.
 */

export type GuessedCharset = 'utf-8' | 'koi8-r' | 'windows-1251'

/**
 * Share of each letter in Russian text, in tenths of a percent (National Corpus of the Russian
 * Language, rounded). Only the order of magnitude matters here.
 */
const letterShares: Record<string, number> = {
  о: 110,
  е: 85,
  а: 80,
  и: 74,
  н: 67,
  т: 63,
  с: 55,
  р: 47,
  в: 45,
  л: 44,
  к: 35,
  м: 32,
  д: 30,
  п: 28,
  у: 26,
  я: 20,
  ы: 19,
  ь: 17,
  г: 17,
  з: 16,
  б: 16,
  ч: 14,
  й: 12,
  х: 10,
  ж: 9,
  ш: 7,
  ю: 6,
  ц: 5,
  щ: 4,
  э: 3,
  ф: 3,
  ъ: 1,
  ё: 1,
}

/** Signs that Russian letters are full of; anything else outside ASCII counts as noise. */
const commonSigns = new Set('«»—–№„“”…·\u00a0')
const signScore = Math.log(3)
const noiseScore = Math.log(0.05)

/** A capital inside a word is unusual, a small letter followed by a capital even more so. */
const capitalInsideWord = 0.3
const smallThenCapital = 2

const russianLetter = /[а-яё]/i

/** How much a decoded text looks like Russian; the sum of logarithms, higher is better. */
const russianScore = (text: string): number => {
  let score = 0
  let previous = ''
  for (const sign of text) {
    if (sign.charCodeAt(0) < 0x80) {
      previous = ''
      continue
    }
    const small = sign.toLowerCase()
    const share = letterShares[small]
    if (share === undefined) {
      score += commonSigns.has(sign) ? signScore : noiseScore
      previous = ''
      continue
    }
    score += Math.log(share)
    if (previous !== '' && sign !== small) {
      score -= previous === previous.toLowerCase() ? smallThenCapital : capitalInsideWord
    }
    previous = sign
  }
  return score
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    strictUtf8.decode(bytes)
    return true
  } catch {
    // The decoder's only way to say "not UTF-8".
    return false
  }
}

export const hasHighBytes = (bytes: Uint8Array): boolean => bytes.some((byte) => byte > 0x7f)

/** Charset of 8-bit text whose label is missing or cannot be true. */
export const guessCharset = (bytes: Uint8Array): GuessedCharset => {
  if (isUtf8(bytes)) return 'utf-8'
  const koi8 = russianScore(new TextDecoder('koi8-r').decode(bytes))
  const windows = russianScore(new TextDecoder('windows-1251').decode(bytes))
  return koi8 > windows ? 'koi8-r' : 'windows-1251'
}

/** In Western text accents stand alone inside words; in Russian whole words are 8-bit. */
const cyrillicRunLength = 2.5

/**
 * Whether bytes labelled with a Western charset are Cyrillic in truth: old mailers label
 * windows-1251 as iso-8859-1.
 */
export const looksCyrillic = (bytes: Uint8Array): boolean => {
  let high = 0
  let runs = 0
  let inside = false
  for (const byte of bytes) {
    if (byte > 0x7f) {
      high += 1
      if (!inside) runs += 1
      inside = true
    } else inside = false
  }
  if (runs === 0 || high / runs < cyrillicRunLength) return false
  const text = new TextDecoder(guessCharset(bytes)).decode(bytes)
  let letters = 0
  for (const sign of text) if (russianLetter.test(sign)) letters += 1
  return letters / Math.max(1, [...text].filter((sign) => sign.charCodeAt(0) > 0x7f).length) > 0.8
}
