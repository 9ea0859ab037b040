/** Which records may be one and the same: groups of a main record and its duplicates. No I/O. */
import { type Keys, keysIn, type MatchField, matchesOf } from './keys.ts'

/** What decides which of a group is the main record (F233). */
export interface Standing {
  /** Links from dialogs, persons, Interests … */
  citations: number
  /** Grows with every change of any record; the greater the more recent. */
  changed: number
  /** Filled fields. */
  completeness: number
  /** False: may only be read, and so not be merged. */
  mergeable: boolean
  /** Bound by a rule that comes to hold for all that are merged: a main record has to be, too (`mayGoInto`). */
  strict?: boolean
}

export interface Duplicate {
  id: string
  matched: MatchField[]
}

export interface Group {
  main: string
  duplicates: Duplicate[]
}

/**
 * A key shared by more records than this names none of them (a phone of a call centre, «тест»); comparing
 * each with each would take minutes.
 */
export const maxSharing = 200

/** Order of main records: those who cannot be merged last, then citations, date, completeness (F233). */
export const byStanding = (a: Standing, b: Standing): number =>
  Number(b.mergeable) - Number(a.mergeable) ||
  Number(b.strict ?? false) - Number(a.strict ?? false) ||
  b.citations - a.citations ||
  b.changed - a.changed ||
  b.completeness - a.completeness

export interface Found {
  /** Records that share some key with another, each with those it matches. */
  matches: Map<string, Duplicate[]>
  /** Keys that too many records share to say anything. */
  common: { field: MatchField; key: string; count: number }[]
}

/**
 * Compares records by the chosen fields.
 * @param isDistinct Whether a pair was said to be no duplicates (F236).
 */
export const findMatches = (
  index: readonly Keys[],
  fields: readonly MatchField[],
  isDistinct: (a: string, b: string) => boolean,
): Found => {
  const matches = new Map<string, Duplicate[]>()
  const common: Found['common'] = []
  const note = (id: string, duplicate: Duplicate) => {
    const list = matches.get(id)
    if (!list) matches.set(id, [duplicate])
    else if (!list.some((one) => one.id === duplicate.id)) list.push(duplicate)
  }
  for (const field of fields) {
    const shelves = new Map<string, Keys[]>()
    for (const keys of index)
      for (const key of keysIn(keys, field)) {
        const shelf = shelves.get(key)
        if (!shelf) shelves.set(key, [keys])
        // A record may have the same number twice.
        else if (shelf.at(-1) !== keys) shelf.push(keys)
      }
    for (const [key, shelf] of shelves) {
      if (shelf.length > maxSharing) {
        common.push({ field, key, count: shelf.length })
        continue
      }
      for (const [at, a] of shelf.entries())
        for (const b of shelf.slice(at + 1)) {
          if (isDistinct(a.id, b.id)) continue
          const matched = matchesOf(a, b, fields)
          if (matched.length === 0) continue
          note(a.id, { id: b.id, matched })
          note(b.id, { id: a.id, matched })
        }
    }
  }
  return { matches, common }
}

/**
 * Groups by main record. Whoever stands below another's is not a main record itself, but may be offered
 * under several (F236); one whose duplicates all are main records of other groups is shown with them.
 */
export const groupsOf = (
  { matches }: Pick<Found, 'matches'>,
  standing: (id: string) => Standing,
): Group[] => {
  const order = [...matches.keys()]
    .map((id) => ({ id, standing: standing(id) }))
    .sort((a, b) => byStanding(a.standing, b.standing) || (a.id < b.id ? -1 : 1))
  const rank = new Map(order.map(({ id }, index) => [id, index]))
  const below = new Set<string>()
  const groups: Group[] = []
  for (const { id } of order) {
    if (below.has(id)) continue
    const duplicates = [...(matches.get(id) ?? [])].sort(
      (a, b) =>
        b.matched.length - a.matched.length || (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0),
    )
    for (const duplicate of duplicates) below.add(duplicate.id)
    groups.push({ main: id, duplicates })
  }
  return groups
}
