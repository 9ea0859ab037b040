/**
 * `sort=amount`, `sort=-due`: the records that match now, in the order of a value, highest first with the
 * minus; those that hold none come last. `cursor` is where the page ends. It is no walk through the
 * changes: nothing is told of what was deleted, and what changes between two pages may be missed or come
 * twice.
 *
 * There is no index by every field, so all that the employee may read is looked at for each page: so many
 * records at most, some at a time between other work, and at the cost of as many requests as filters.
 *
 *     ids that may be in it ─► their values ─► the first of them ─► a page
 */
import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { reader as audienceReader } from '../feed/plan.ts'
import type { Filters } from './filters.ts'
import { headsAtOnce, maxHeads, maxSorted, rowsAtOnce, rowsPerRequest } from './limits.ts'
import { idsFound, isThere, markOf } from './list.ts'
import { type OrderedField, orderedFields, valueIn } from './ordered.ts'
import type { Program } from './programs.ts'
import type { Reader, Shown } from './reader.ts'

interface Sorting {
  /** As it was asked for. */
  name: string
  field: OrderedField
  compare: (a: Place, b: Place) => number
}

/** A record's place in the order. */
interface Place {
  value: number | string | null
  id: string
}

export interface SortedPage {
  items: Shown[]
  cursor: string
  more: boolean
}

interface Asked {
  type: RecordType
  filters: Filters
  limit: number
  sort: string
  /** The cursor of the page before. */
  after: string | undefined
}

/** @param spend is told what a page cost its token, in requests. */
export const sortedPages = (spend: (token: string, cost: number) => void) => {
  // One list of a token at a time: many at once would all be let in before the first is paid for.
  const busy = new Set<string>()
  return async (
    program: Program,
    reader: Reader,
    definitions: readonly FieldRow[],
    { type, filters, limit, sort, after }: Asked,
  ): Promise<Result<SortedPage>> => {
    const { token, workspace } = program
    const sorting = sortingOf(type, sort, definitions)
    if (!sorting.ok) return sorting
    const place = after === undefined ? null : placeOf(after, sorting.value, workspace.facts.epoch)
    if (place && !place.ok) return place
    if (busy.has(token.id)) return fail('tooManyRequests')
    busy.add(token.id)
    try {
      const ids = await candidates(program, type, filters)
      if (!ids) return fail('tooLarge', 'sort')
      spend(token.id, ids.length / rowsPerRequest)
      const first = firstPlaces(sorting.value, place?.value ?? null, limit + 1)
      await look(program, reader, ids, filters, sorting.value, first.add)
      const places = first.all()
      const page = places.slice(0, limit)
      const items: Shown[] = []
      for (const { id } of page) {
        const whole = await reader.find(type, id)
        // It may have been deleted since it was looked at.
        if (whole && isThere(whole.row)) items.push(await reader.show(whole))
      }
      const last = page.at(-1) ?? place?.value
      const cursor = last ? cursorText(sort, last, workspace.facts.epoch) : ''
      return ok({ items, cursor, more: places.length > page.length })
    } finally {
      busy.delete(token.id)
    }
  }
}

const sortingOf = (
  type: RecordType,
  name: string,
  definitions: readonly FieldRow[],
): Result<Sorting> => {
  const field = orderedFields(type, definitions).get(name.replace(/^-/, ''))
  if (!field) return fail('invalidRequest', 'sort')
  const direction = name.startsWith('-') ? -1 : 1
  return ok({ name, field, compare: (a, b) => compare(a, b, direction) })
}

/** Names that lists of a type can be sorted by, each both ways. */
export const sortNames = (type: RecordType, definitions: readonly FieldRow[]): string[] =>
  [...orderedFields(type, definitions).keys()].flatMap((name) => [name, `-${name}`])

const packedPlace = v.tuple([v.string(), v.nullable(v.union([v.number(), v.string()])), v.string()])

const cursorText = (sort: string, { value, id }: Place, epoch: string): string =>
  `${Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')}.${markOf(epoch)}`

/** Where a page ended, of a list that was sorted so. */
const placeOf = (text: string, { name }: Sorting, epoch: string): Result<Place> => {
  const [packed = '', mark] = text.slice(0, 1_000).split('.')
  try {
    const [of, value, id] = v.parse(
      packedPlace,
      JSON.parse(Buffer.from(packed, 'base64url').toString()),
    )
    if (of !== name) return fail('invalidRequest', 'after')
    return mark === markOf(epoch) ? ok({ value, id }) : fail('epochChanged')
  } catch {
    // No JSON, or another one than ours.
    return fail('invalidRequest', 'after')
  }
}

/** What holds no value comes last both ways; among equals the older record first. */
const compare = (a: Place, b: Place, direction: 1 | -1): number => {
  if (a.value !== b.value) {
    if (a.value === null) return 1
    if (b.value === null) return -1
    return (a.value < b.value ? -1 : 1) * direction
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The first places behind one, found without sorting all of them in one turn of the event loop. */
const firstPlaces = ({ compare }: Sorting, after: Place | null, most: number) => {
  let places: Place[] = []
  /** Nothing behind it is among the first. */
  let last: Place | null = null
  const cut = () => {
    places = places.sort(compare).slice(0, most)
    last = places.length === most ? (places.at(-1) ?? null) : null
  }
  return {
    add: (place: Place) => {
      if ((after && compare(place, after) <= 0) || (last && compare(place, last) > 0)) return
      places.push(place)
      if (places.length >= 2 * most) cut()
    },
    all: () => {
      cut()
      return places
    },
  }
}

const look = async (
  { workspace: { store }, subject }: Program,
  reader: Reader,
  ids: readonly string[],
  { matches }: Filters,
  { field }: Sorting,
  add: (place: Place) => void,
): Promise<void> => {
  const may = audienceReader(subject.tokens)
  const asksOwn = matches.length > 0 || field.info.definition !== undefined
  for (let at = 0; at < ids.length; at += rowsAtOnce) {
    await setImmediate()
    for (const stored of await store.rowsOf(ids.slice(at, at + rowsAtOnce))) {
      const own = JSON.parse(stored.rowJson) as Row // projected
      if (!may(stored.audience.join(' ')) || !isThere(own) || !reader.tells(own)) continue
      const { row } = asksOwn ? await reader.whole(own, stored.seq) : { row: own }
      if (matches.every((match) => match(row))) add({ value: valueIn(field, row), id: row.id })
    }
  }
}

/** Ids of what may be in the list; null where these are too many to be sorted. */
const candidates = async (
  program: Program,
  type: RecordType,
  { lookup }: Filters,
): Promise<string[] | null> => {
  if (lookup) return idsFound(program, type, lookup)
  const { store } = program.workspace
  const may = audienceReader(program.subject.tokens)
  const ids: string[] = []
  let looked = 0
  for (let from: number | null = 0; from !== null; ) {
    const { heads, reached } = await store.headsOfTypes([type], from, headsAtOnce)
    looked += headsAtOnce
    for (const { id, audience } of heads) if (may(audience)) ids.push(id)
    if (ids.length > maxSorted || (reached !== null && looked >= maxHeads)) return null
    from = reached
    await setImmediate()
  }
  return ids
}
