/** What was typed into a search of contacts, as beginnings of the words they are indexed by. */
import { wordsOf } from '../../../shared/records/contact.ts'

/** Fewer digits are more likely a house number or a part of a name than a telephone number. */
const fewestPhoneDigits = 4

/**
 * Ways to understand what was typed: a contact is found by any of them; inside one, every
 * beginning must be among the contact's words. Empty where there is nothing to search by.
 *
 * @example searchKeys('8 (916) 123') // → [['8', '916', '123'], ['8916123'], ['7916123']]
 */
export const searchKeys = (typed: string): string[][] => {
  const text = typed.trim().toLowerCase()
  if (text === '') return []
  const ways: string[][] = []
  const words = [...new Set(wordsOf(text))]
  if (words.length > 0) ways.push(words)
  // Addresses and domains are indexed whole, with their dots and signs.
  if (!/\s/.test(text) && /[@.]/.test(text)) ways.push([text.replaceAll('ё', 'е')])
  const digits = text.replace(/\D/g, '')
  if (/^[\d\s()+.-]+$/.test(text) && digits.length >= fewestPhoneDigits) {
    if (words.length > 1 || words[0] !== digits) ways.push([digits])
    // Numbers are kept in the international form; people type the trunk prefix.
    if (digits.startsWith('8')) ways.push([`7${digits.slice(1)}`])
  }
  return ways
}
