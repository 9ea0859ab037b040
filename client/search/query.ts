/** What was typed, as something to look for. */
import { searchKeys } from '../screens/clients/search-keys.ts'
import { type Entry, titleMark } from './entries.ts'
import { fits, type SoughtWord, sought } from './forms.ts'
import type { Kind } from './kinds.ts'
import { wordsIn } from './words.ts'

/** Further words narrow nothing down any more. */
const mostWords = 8

/**
 * A record is found by any of the ways; in one, every word must be among those of the record.
 * Contacts are found by numbers and addresses too, which are not split into words.
 */
export type Ways = SoughtWord[][]

export interface Query {
  contacts: Ways
  texts: Ways
}

export const queryOf = (typed: string): Query => {
  const words = [...wordsIn(typed)].slice(0, mostWords)
  const waysOf = (keys: string[][]) => keys.map((way) => way.slice(0, mostWords).map(sought))
  return {
    contacts: waysOf(isNumber(typed) ? joinedOnly(searchKeys(typed)) : searchKeys(typed)),
    // One letter begins every tenth word of every letter: that finds nothing.
    texts: words.some((word) => word.length > 1) ? waysOf([words]) : [],
  }
}

/** So many digits are a number, and not words of digits like a house and a flat. */
const fewestDigits = 6

const isNumber = (typed: string): boolean =>
  /^[\d\s()+.-]+$/.test(typed) && typed.replace(/\D/g, '').length >= fewestDigits

/** Of the ways to read a number those with all digits together: its groups alone begin too much. */
const joinedOnly = (ways: string[][]): string[][] => ways.filter(({ length }) => length === 1)

export const isContact = (kind: Kind): boolean => kind === 'client' || kind === 'person'

export const waysFor = (query: Query, kind: Kind): Ways =>
  isContact(kind) ? query.contacts : query.texts

/** Whether an entry is found; with `inTitle`, by the words of its title alone. */
export const isFound = (entry: Pick<Entry, 'terms'>, ways: Ways, inTitle: boolean): boolean => {
  const words = entry.terms.flatMap((term) => {
    if (term.startsWith(titleMark) !== inTitle) return []
    return inTitle ? term.slice(titleMark.length) : term
  })
  return ways.some((way) => way.every((word) => words.some((each) => fits(each, word))))
}
