/** Contacts that a new one would double, by what F230 compares: INN with KPP, phone, e-mail. */
import { setImmediate } from 'node:timers/promises'
import { keysOf, type MatchField, matchesOf } from '../../shared/duplicates/keys.ts'
import type { MergedRow } from '../../shared/duplicates/merge.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { lookupsOf } from '../../shared/records/lookups.ts'
import { resolveAtRelay } from '../merges/resolve.ts'
import type { Asked } from './body.ts'
import { rowsAtOnce } from './limits.ts'
import type { Program } from './programs.ts'
import type { Reader, Whole } from './reader.ts'

export const onDuplicate = ['create', 'refuse', 'return'] as const
export type OnDuplicate = (typeof onDuplicate)[number]

export type ContactType = 'client' | 'person'

/** The strongest first. */
const fields: Record<ContactType, readonly MatchField[]> = {
  client: ['inn', 'phone', 'email'],
  person: ['phone', 'email'],
}

/** Contacts with one phone number: a switchboard has dozens. */
const maxFound = 200
/** With any of the numbers and addresses of a new one: who doubles more is a mistake of the program. */
const maxCompared = 1_000

/** Of what the employee sees, the best match first; others' records are not told of. */
export const duplicatesOf = async (
  { workspace: { store, pipeline } }: Program,
  reader: Reader,
  type: ContactType,
  { plain, parts }: Asked,
): Promise<Whole[]> => {
  const { phones = [], emails = [] } = Object.fromEntries(parts)
  // What the keys are made of; the body was checked against the declaration.
  const row = { name: '', ...plain, id: '', type, phones, emails } as Row
  const wanted = keysOf(type, row as unknown as MergedRow)
  // A body may have hundreds of numbers, and all of them be of the same records.
  const hits = new Set<string>()
  for (const { key, value } of lookupsOf(row)) {
    await setImmediate()
    for (const hit of await store.lookup(key, value, maxFound))
      if (hit.type === type && hits.size < maxCompared) hits.add(hit.id)
  }
  const ids = new Set<string>()
  for (const id of hits) ids.add(await resolveAtRelay(pipeline.read, id))
  const found: { whole: Whole; rank: number }[] = []
  for (const [at, id] of [...ids].sort().entries()) {
    if (at % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
    const whole = await reader.find(type, id)
    if (!whole || whole.row.deletedAt !== undefined) continue
    const matches = matchesOf(wanted, keysOf(type, whole.row as unknown as MergedRow), fields[type])
    const [best] = matches
    if (best) found.push({ whole, rank: fields[type].indexOf(best) })
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ whole }) => whole)
}
