/**
 * Search by tags. The index holds their ids, as the rows do, so that a tag that gets another name, or is
 * joined with another, is found by its name of today with nothing indexed anew.
 */
import { isId } from '../../shared/ids.ts'
import { resolveEntry } from '../../shared/records/directory.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { fits } from './forms.ts'
import type { Query, Ways } from './query.ts'
import { wordsIn } from './words.ts'

/** Before the id of a tag among the words: no word has it. */
const tagMark = '\u0002'

const termOf = (id: string): string => tagMark + id

/** What the index holds of the tags of a row. */
export const tagTerms = (tags: readonly string[] = []): string[] => tags.filter(isId).map(termOf)

/** Names of these tags, of joined ones those they go by now; a deleted tag has none. */
export const tagNames = async (
  base: ReplicaBase,
  ids?: ReadonlySet<string>,
): Promise<Map<string, string>> => {
  if (ids?.size === 0) return new Map()
  const entries = await base.directory.where('directory').equals('tag').toArray()
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const names = new Map<string, string>()
  for (const entry of entries) {
    if (ids && !ids.has(entry.id)) continue
    const meant = resolveEntry(byId, entry.id)
    if (meant) names.set(entry.id, meant.name)
  }
  return names
}

/** The query as one of which each word may be that of a tag, too. */
export const withTags = async (base: ReplicaBase, query: Query): Promise<Query> => {
  const words = new Map([...(await tagNames(base))].map(([id, name]) => [id, [...wordsIn(name)]]))
  const extended = (ways: Ways): Ways =>
    ways.map((way) =>
      way.map((word) => {
        const called = [...words].filter(([, own]) => own.some((each) => fits(each, word)))
        return called.length > 0 ? { ...word, tags: called.map(([id]) => termOf(id)) } : word
      }),
    )
  return { contacts: extended(query.contacts), texts: extended(query.texts) }
}
