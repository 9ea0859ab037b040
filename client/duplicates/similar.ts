/** Records like the one that is being typed, found by the indexes of the list (F227). */
import '../format/world-phones.ts'
import { keysOf, type MatchField, matchesOf, matchFields } from '../../shared/duplicates/keys.ts'
import type { MergedContact, MergedType } from '../../shared/duplicates/merge.ts'
import { normaliseEmail } from '../../shared/emails.ts'
import { normalisePhone } from '../../shared/phones.ts'
import { wordsOf } from '../../shared/records/contact.ts'
import type { ReplicaBase } from '../replica/tables.ts'

export type ContactType = Exclude<MergedType, 'appeal'>

export interface Typed {
  /** Of a client. */
  kind?: 'organisation' | 'entrepreneur' | 'person'
  name: string
  phone?: string
  email?: string
  inn?: string
  kpp?: string
}

export interface Similar {
  row: MergedContact
  matched: MatchField[]
}

/** A name's word shorter than this is a legal form or an initial. */
const shortestWord = 3
/** Rows with a word in common that are compared: «Москва» is in a tenth of the names. */
const maxCandidates = 300

/**
 * At most `count` records that match what is typed in some field, those that match in most first. Names
 * are looked for by their words as they are written: another alphabet is found by the page of duplicates.
 */
export const similarRecords = async (
  base: ReplicaBase,
  table: ContactType,
  typed: Typed,
  count: number,
): Promise<Similar[]> => {
  const phone = typed.phone ? normalisePhone(typed.phone) : null
  const email = typed.email ? normaliseEmail(typed.email) : null
  const inn = typed.inn?.replace(/\D/g, '') ?? ''
  const words = wordsOf(typed.name)
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length)
  const rows = base.table<MergedContact, string>(table)
  const found = new Set<string>()
  for (const key of [phone?.slice(1), email, inn])
    if (key) for (const id of await rows.where('words').equals(key).primaryKeys()) found.add(id)
  // All words of a name are in the name of its duplicate; the longest is the rarest.
  for (const word of words.slice(0, 1))
    for (const id of await rows.where('words').equals(word).limit(maxCandidates).primaryKeys())
      found.add(id)
  const sought = keysOf(table, {
    id: '',
    type: table,
    kind: typed.kind ?? 'organisation',
    name: typed.name,
    phones: phone ? [{ value: phone }] : [],
    emails: email ? [{ value: email }] : [],
    ...(inn && { inn }),
    ...(typed.kpp && { kpp: typed.kpp }),
  } as unknown as MergedContact) // keys are made of these fields alone
  return (await rows.bulkGet([...found]))
    .flatMap((row): Similar[] => {
      if (!row || row.deletedAt !== undefined || row.mergedInto !== undefined) return []
      const matched = matchesOf(sought, keysOf(table, row), matchFields[table])
      return matched.length > 0 ? [{ row, matched }] : []
    })
    .sort((a, b) => b.matched.length - a.matched.length)
    .slice(0, count)
}
