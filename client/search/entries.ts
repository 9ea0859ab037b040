/** What of a row is searched: its words, and its place among those found. No I/O. */
import { isId } from '../../shared/ids.ts'
import { type ContactRow, contactWords, dayPattern } from '../../shared/records/contact.ts'
import type { CustomValue } from '../../shared/records/custom-value.ts'
import type { MessageRow, StoredRow } from '../replica/tables.ts'
import type { Kind } from './kinds.ts'
import { tagTerms } from './tags.ts'
import { wordsIn } from './words.ts'

export type SearchedRow =
  | StoredRow<
      | 'client'
      | 'person'
      | 'interest'
      | 'contract'
      | 'product'
      | 'task'
      | 'dialog'
      | 'appeal'
      | 'interaction'
    >
  | MessageRow

/** Smaller comes first: minus the time, or the name. The same type within a kind. */
export type Rank = number | string

export interface Entry {
  /** Id of the row. */
  key: string
  rank: Rank
  /** Each once. Those of a contact's name are there a second time, with `titleMark` before them. */
  terms: string[]
}

/** Names are looked through first: who searches for «Заря» means the company, not a street. */
export const titleMark = '\u0001'

/** Null: the row is in the trash or merged into another, and found by nothing. */
export const entryOf = (kind: Kind, row: SearchedRow, lastAt = 0): Entry | null => {
  if ('deletedAt' in row && row.deletedAt !== undefined) return null
  if ('mergedInto' in row && row.mergedInto !== undefined) return null
  switch (kind) {
    case 'client': {
      const client = row as StoredRow<'client'> // rows of a kind are of its table
      const names = [client.name, client.fullName, client.inn]
      return contactEntry(client, names, [client.kpp, client.ogrn])
    }
    case 'person': {
      const person = row as StoredRow<'person'>
      return contactEntry(person, [person.name], [person.position])
    }
    case 'interest': {
      const interest = row as StoredRow<'interest'>
      const { id, name, description, tags, createdAt } = interest
      const terms = [...wordsIn([name, description ?? '', ...ownTexts(interest)].join('\n'))]
      return { key: id, rank: -(createdAt ?? 0), terms: [...terms, ...tagTerms(tags)] }
    }
    case 'contract': {
      const contract = row as StoredRow<'contract'>
      const { id, number, subject, description, tags, files, createdAt } = contract
      const texts = [number, subject, description, ...files.map(({ name }) => name)]
      const words = wordsIn([...texts, ...ownTexts(contract)].filter(Boolean).join('\n'))
      return { key: id, rank: -(createdAt ?? 0), terms: [...words, ...tagTerms(tags)] }
    }
    case 'product': {
      const product = row as StoredRow<'product'>
      const { id, name, article, description } = product
      const texts = [name, article, description, ...ownTexts(product)]
      const terms = [...wordsIn(texts.filter(Boolean).join('\n'))]
      return { key: id, rank: byName(name), terms }
    }
    case 'task': {
      const task = row as StoredRow<'task'>
      const { id, title, description, result, due, createdAt } = task
      const texts = [title, description, result, ...ownTexts(task)]
      const words = wordsIn(texts.filter(Boolean).join('\n'))
      return { key: id, rank: -(due ?? createdAt ?? 0), terms: [...words] }
    }
    case 'dialog': {
      const dialog = row as StoredRow<'dialog'>
      const { id, subject, peer, createdAt } = dialog
      const texts = [subject, peer.name, peer.address, ...ownTexts(dialog)]
      const terms = [...wordsIn(texts.filter(Boolean).join('\n'))]
      return { key: id, rank: -(lastAt || createdAt || 0), terms }
    }
    case 'appeal': {
      const appeal = row as StoredRow<'appeal'>
      const { id, who, firstWords, at } = appeal
      const texts = [who.name, who.address, firstWords, ...ownTexts(appeal)]
      return { key: id, rank: -at, terms: [...wordsIn(texts.filter(Boolean).join('\n'))] }
    }
    case 'message': {
      const { id, at, subject, text, author, files } = row as MessageRow
      const names = (files ?? []).map(({ name }) => name)
      const words = wordsIn(
        [subject, author.name, author.address, ...names, text].filter(Boolean).join('\n'),
      )
      return { key: id, rank: -at, terms: [...words] }
    }
    case 'interaction': {
      const event = row as StoredRow<'interaction'>
      const { id, at, text, files = [] } = event
      const texts = [text, ...files.map(({ name }) => name), ...ownTexts(event)]
      const words = wordsIn(texts.filter(Boolean).join('\n'))
      return { key: id, rank: -at, terms: [...words] }
    }
  }
}

/** Texts in fields of one's own: what names a record, an option or a day has no words that people search. */
export const ownTexts = ({ custom = {} }: { custom?: Record<string, CustomValue> }): string[] =>
  Object.values(custom).filter(
    (value): value is string =>
      typeof value === 'string' && !isId(value) && !dayPattern.test(value),
  )

const byName = (name: string): Rank => name.toLowerCase().replaceAll('ё', 'е')

type Contact = StoredRow<'client' | 'person'> & ContactRow

const contactEntry = (
  row: Contact,
  names: (string | undefined)[],
  more: (string | undefined)[],
): Entry => {
  const title = contactWords(names, row)
  const { addresses, links, note = '', tags = [] } = row
  const others = wordsIn(
    [
      ...names,
      ...more,
      ...[...addresses, ...links, ...row.emails].map(({ value }) => value),
      // Those of before they were entries of a directory are names themselves.
      ...tags.filter((tag) => !isId(tag)),
      note,
    ].join('\n'),
  )
  for (const word of title) others.add(word)
  for (const term of tagTerms(tags)) others.add(term)
  return {
    key: row.id,
    rank: byName(row.name),
    terms: [...others, ...title.map((word) => titleMark + word)],
  }
}
