/**
 * On the device a value that lies apart (see shared/records/private-value.ts) stands in the row of
 * its record, where lists, cards and the search read it. Its document and row stay its own: what is
 * pushed, refused and forgotten is the value, not the record.
 */
import { takenApart, together } from '../../shared/fields/apart.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { customisedTypes, isCustomised } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import {
  accessOf,
  type PrivateValueRow,
  privateValueId,
} from '../../shared/records/private-value.ts'
import { isHistory, keptHistoryKey } from './kept-history.ts'
import { labelOf, projected } from './local-change.ts'
import { dropReplaced, readDocs } from './states.ts'
import {
  type OutboxEntry,
  type RejectedEntry,
  type ReplicaBase,
  rowsOf,
  type StoredRow,
  storedRow,
} from './tables.ts'
import type { Write } from './writes.ts'

/** Types whose rows a change of records of these types can touch. */
export const withPrivateValues = (types: Iterable<RecordType>): Set<RecordType> => {
  const all = new Set(types)
  if (all.has('privateValue'))
    // Object.keys forgets the key type.
    for (const type of Object.keys(customisedTypes) as RecordType[]) all.add(type)
  else if ([...all].some(isCustomised)) all.add('privateValue')
  return all
}

/**
 * Whether there are private values at all: most companies have none. Asked together with what else a
 * transaction reads first, since a question of its own before the end keeps every edit waiting.
 */
export const holdsValues = async (
  base: ReplicaBase,
  records: readonly { type: string }[],
): Promise<boolean> =>
  records.some(({ type }) => isCustomised(type)) && (await base.privateValue.count()) > 0

interface Together {
  /** Private values that are about to be forgotten. */
  gone?: readonly PrivateValueRow[]
  /** What `holdsValues` said before the rows were stored; asked here where it is not given. */
  hasValues?: boolean
}

/**
 * Puts the values into the rows of their records, after rows were stored as they came: of `rows`, and
 * of the records whose private values are among them or are `gone`. Inside the caller's transaction,
 * which has the tables of `withPrivateValues`.
 */
export const putTogether = async (
  base: ReplicaBase,
  rows: readonly Row[],
  { gone = [], hasValues }: Together = {},
): Promise<void> => {
  const came = rows.flatMap(
    (row) => (row.type === 'privateValue' ? [row as unknown as PrivateValueRow] : []), // by its type
  )
  const open = rows.filter(({ type }) => isCustomised(type))
  if (open.length + came.length + gone.length === 0) return
  if (came.length + gone.length === 0 && !(hasValues ?? (await holdsValues(base, open)))) return
  const types = new Map<string, RecordType>([
    ...open.map((row) => [row.id, row.type as RecordType] as const), // by `isCustomised`
    ...[...came, ...gone].map(({ record, recordType }) => [record, recordType] as const),
  ])
  const held = await base.privateValue
    .where('record')
    .anyOf([...types.keys()])
    .toArray()
  const heldOf = new Map<string, StoredRow<'privateValue'>[]>()
  for (const one of held) heldOf.set(one.record, [...(heldOf.get(one.record) ?? []), one])
  // A value that went is still in the row: what the record itself holds is made of its document.
  const emptied = new Set(
    [...came.filter(({ value }) => value === undefined), ...gone].map(({ record }) => record),
  )
  const byType = new Map<RecordType, string[]>()
  for (const [id, type] of types)
    if (heldOf.has(id) || emptied.has(id)) byType.set(type, [...(byType.get(type) ?? []), id])
  for (const [type, ids] of byType) {
    const stored = await rowsOf(base, type).bulkGet(ids)
    const docs = new Map(
      (
        await readDocs(
          base,
          [...emptied].filter((id) => types.get(id) === type),
        )
      ).flatMap((doc) => (doc ? [[doc.id, doc.state]] : [])),
    )
    const whole = ids.flatMap((id, at): StoredRow[] => {
      const state = docs.get(id)
      const row = state ? projected(type, id, state) : stored[at]
      // The value is there before its record, or longer than it.
      return row && stored[at] ? [storedRow(together({ ...row }, heldOf.get(id) ?? []))] : []
    })
    await rowsOf(base, type).bulkPut(whole)
  }
}

/** A private value is about to be forgotten: nothing of it may stay in its record's row and history. */
export const forgetValue = async (base: ReplicaBase, id: string): Promise<void> => {
  const value = await base.privateValue.get(id)
  if (!value) return
  await Promise.all([base.privateValue.delete(id), base.meta.delete(keptHistoryKey(value.record))])
  await putTogether(base, [], { gone: [value] })
}

/** A change of one document, made for the change that was given. */
export interface WritePart extends Write {
  /** Place of the given change in its list. */
  of: number
  /** Of a private value: its record. */
  leader?: string
}

/** Changes as they are made: what lies apart of a record is a change of its own, after the record's. */
export const partsOfWrites = async (
  base: ReplicaBase,
  apart: ReadonlySet<string>,
  writes: readonly Write[],
): Promise<WritePart[]> => {
  const whole = writes.map((write, of) => ({ ...write, of }))
  if (apart.size === 0 || !writes.some(({ type }) => isCustomised(type))) return whole
  const ids = [...new Set(writes.map(({ id }) => id))]
  const held = await base.privateValue.where('record').anyOf(ids).toArray()
  return whole.flatMap((write): WritePart[] => {
    const { type, id: record, patch, of } = write
    if (!isCustomised(type)) return [write]
    const own = held.filter((value) => value.record === record)
    const taken = takenApart(patch, apart, own)
    return [
      { ...write, patch: taken.open },
      ...[...taken.apart].map(([field, change]) => ({
        type: 'privateValue' as const,
        id: privateValueId(record, field),
        patch: { record, recordType: type, field, ...change },
        of,
        leader: record,
      })),
    ]
  })
}

/** The patch of a private value that is new: with what decides who may see it. */
export const withAccess = (
  { patch }: WritePart,
  leader: Row | null | undefined,
): Write['patch'] => ({
  ...(leader && { access: accessOf(leader) }),
  ...patch,
})

/** Fields of which the relay says for the first time that all their values lie apart. */
export const newlyApart = async (base: ReplicaBase, rows: readonly Row[]): Promise<string[]> => {
  const said = rows.flatMap(({ id, type, apart }) => (type === 'field' && apart ? [id] : []))
  const known = await base.field.bulkGet(said)
  return said.filter((_, at) => known[at]?.apart !== true)
}

/**
 * Takes away what was left of the values of these fields from when everyone saw them: older states,
 * histories that were looked at, what waiting and refused changes say of before.
 */
export const forgetOpenValues = async (
  base: ReplicaBase,
  fields: readonly string[],
): Promise<void> => {
  const withoutBefore = (entry: OutboxEntry | RejectedEntry) => {
    for (const id of fields) {
      const change = entry.fields[`custom/${id}`]
      if (!change) continue
      entry.fields[`custom/${id}`] = [undefined, change[1]]
      entry.forgotten = [...(entry.forgotten ?? []), `custom/${id}`]
    }
  }
  await Promise.all([
    dropReplaced(base),
    base.meta
      .toCollection()
      .filter((value) => isHistory(value))
      .delete(),
    base.outbox.toCollection().modify(withoutBefore),
    base.rejected.toCollection().modify(withoutBefore),
  ])
}

/** A waiting change of a private value as people know it: a field of a record that has a name. */
export const asValue = <E extends Pick<OutboxEntry, 'label' | 'fields' | 'patch'>>(
  entry: E,
  leader: Row | undefined,
): E => ({
  ...entry,
  label: leader ? labelOf(leader) : '',
  fields: entry.fields.value ? { [`custom/${String(entry.patch.field)}`]: entry.fields.value } : {},
})
