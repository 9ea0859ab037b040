/** The part of a text that shows why it was found. No I/O. */
import { fits, type SoughtWord } from './forms.ts'
import { composed, placedWords } from './words.ts'

export interface Part {
  text: string
  found: boolean
}

/** Characters shown before the first found word, so that it is read in its sentence. */
const before = 40
/** A first found word further in is out of sight on a phone, where two lines hold 80 characters. */
const inSight = 60

const spaced = (text: string): string => composed(text).replace(/\s+/gu, ' ').trim()

/** A whole line with the found words marked. */
export const marked = (text: string, words: readonly SoughtWord[]): Part[] =>
  partsOf(spaced(text), words)

export const hasFound = (parts: readonly Part[]): boolean => parts.some(({ found }) => found)

/**
 * About `length` characters around the first found word, or the beginning of the text where none is
 * in it; cut between words, with an ellipsis on cut sides.
 */
export const excerpt = (text: string, words: readonly SoughtWord[], length: number): Part[] => {
  const line = spaced(text)
  let from = 0
  for (const { word, start } of placedWords(line))
    if (words.some((each) => fits(word, each))) {
      from = start > inSight ? start - before : 0
      break
    }
  const gap = from > 0 ? line.indexOf(' ', from) : -1
  // Not past the found word itself, which may be a part of a long address.
  if (gap >= 0 && gap < from + before) from = gap + 1
  let to = Math.min(line.length, from + length)
  const space = line.lastIndexOf(' ', to)
  if (to < line.length && space > from) to = space
  const parts = partsOf(line.slice(from, to), words)
  if (from > 0) parts.unshift({ text: '…', found: false })
  if (to < line.length) parts.push({ text: '…', found: false })
  return parts
}

const partsOf = (line: string, words: readonly SoughtWord[]): Part[] => {
  const parts: Part[] = []
  let at = 0
  for (const { word, start, end } of placedWords(line)) {
    if (!words.some((each) => fits(word, each))) continue
    if (start > at) parts.push({ text: line.slice(at, start), found: false })
    parts.push({ text: line.slice(start, end), found: true })
    at = end
  }
  if (at < line.length) parts.push({ text: line.slice(at), found: false })
  return parts
}
