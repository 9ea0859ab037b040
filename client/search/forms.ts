/**
 * What is searched for: words that begin as typed, and the other forms of the typed word. The index
 * holds words as they are written, since word beginnings need them whole; forms are compared when
 * something is looked for, so that the index knows no stemmer and outlives a change of it.
 */
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as russian } from '@orama/stemmers/russian'
import { longestWord } from './words.ts'

/** A word that is looked for. */
export interface SoughtWord {
  /** As typed: the beginning of words. */
  beginning: string
  stem: string
  /** What all fitting words begin with: the range of the dictionary to look through. */
  range: string
  /** Terms of the tags that are called so (see `tags.ts`): looked for as they are. */
  tags?: readonly string[]
}

const cyrillic = /[а-я]/
const letters = /^\p{L}+$/u

export const stemOf = (word: string): string => {
  if (!letters.test(word)) return word
  return cyrillic.test(word) ? russian(word) : english(word)
}

/** Letters that end English stems in one form of a word and not in another: happy and happiness. */
const unsteadyEnd = /[eiy]$/

export const sought = (typed: string): SoughtWord => {
  const beginning = typed.slice(0, longestWord)
  const stem = stemOf(beginning)
  const steady = cyrillic.test(beginning) ? stem : stem.replace(unsteadyEnd, '')
  let length = 0
  while (length < steady.length && steady[length] === beginning[length]) length++
  return length === 0
    ? { beginning, stem: beginning, range: beginning }
    : { beginning, stem, range: beginning.slice(0, length) }
}

/** Whether a word of a text is what was looked for. */
export const fits = (word: string, { beginning, stem, range, tags }: SoughtWord): boolean =>
  word.startsWith(beginning) ||
  tags?.includes(word) === true ||
  (word.startsWith(range) && word.length - range.length <= longestEnding && stemOf(word) === stem)

/** Endings are shorter (-ировавшимися); spares the stemming of most words with the same beginning. */
const longestEnding = 14
