/** Words of a text, as they are indexed and compared. */
/** Longer ones are no words (encoded data, addresses run together); cut, so that they are found by their beginning. */
export const longestWord = 40

const wordPattern = /[\p{L}\p{N}]+/gu

/** One word as it is compared: ё as е, letters of any size alike. */
const normalised = (word: string): string =>
  word.toLowerCase().replaceAll('ё', 'е').slice(0, longestWord)

/** Different words of a text. */
export const wordsIn = (text: string): Set<string> => {
  const words = new Set<string>()
  for (const word of composed(text).match(wordPattern) ?? []) words.add(normalised(word))
  return words
}

/** A text as its words are found in it: й is one character, not и with a breve (macOS writes so). */
export const composed = (text: string): string => text.normalize('NFC')

export interface PlacedWord {
  word: string
  start: number
  end: number
}

/** Words with their places in `composed(text)`, from `start` on. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: found, index } of text.matchAll(wordPattern))
    yield { word: normalised(found), start: index, end: index + found.length }
}
