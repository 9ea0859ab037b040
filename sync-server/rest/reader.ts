/** Records as programs see them: published fields, with the private values that their employee may see. */
import { filesOfRow } from '../../shared/archive/files.ts'
import { together } from '../../shared/fields/apart.ts'
import type { Part, Row } from '../../shared/records/declaration.ts'
import { canBeHidden, seenFields } from '../../shared/records/field.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import type { PrivateValueRow } from '../../shared/records/private-value.ts'
import { mayRead, type Subject } from '../../shared/rights.ts'
import type { Workspace } from '../workspace.ts'
import { publishedFields } from './published.ts'

/** A record with all that the employee sees of it. */
export interface Whole {
  row: Row
  /** Of its newest change, or of that of one of its private values. */
  seq: number
  /** Of the newest change of the record itself. */
  own: number
}

export type Shown = { id: string; version: number } & Record<string, unknown>

/** Fewer than there are fields. */
const maxPrivateValues = 1_000

export interface Reader {
  /** Whether values of records of the type lie apart. */
  hasApart(type: string): boolean
  /** Whether the employee is told of a record that they may read: not of fields whose values they may not. */
  tells(row: Row): boolean
  whole(row: Row, seq: number): Promise<Whole>
  /** Null of one that is not there, is of another type or may not be read; deleted ones are given. */
  find(type: RecordType, id: string): Promise<Whole | null>
  show(whole: Whole): Promise<Shown>
  /** Names of its files by their hashes, without those in fields that the employee does not see. */
  files(whole: Whole): ReadonlyMap<string, string>
}

export const reader = (
  { store, directory }: Pick<Workspace, 'store' | 'directory'>,
  subject: Subject,
): Reader => {
  const seen = new Set(
    seenFields(subject, directory.fields())
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map(({ id }) => id),
  )
  const hasApart = (type: string) => directory.apart().size > 0 && canBeHidden(type)

  const tells = ({ type, id, deletedAt }: Row) =>
    type !== 'field' || deletedAt !== undefined || seen.has(id)

  const whole = async (row: Row, seq: number): Promise<Whole> => {
    if (!hasApart(row.type)) return { row, seq, own: seq }
    const hits = await store.lookup('record', row.id, maxPrivateValues)
    const values = (await store.rowsOf(hits.map(({ id }) => id)))
      .map((value) => ({ ...value, row: JSON.parse(value.rowJson) as Row })) // projected
      .filter((value) => value.type === 'privateValue' && mayRead(subject, value.row))
    return {
      row: together(
        row,
        values.map((value) => value.row as unknown as PrivateValueRow), // by its type
      ),
      seq: Math.max(seq, ...values.map((value) => value.seq)),
      own: seq,
    }
  }

  const shownValue = (name: string, kind: string, value: unknown): unknown => {
    if (kind === 'parts')
      // Their places are told by the order of the list.
      return (value as Part<object>[]).map(({ order: _, ...part }) => part) // as declared
    if (name !== 'custom') return value
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).filter(([id]) => seen.has(id)), // as declared
    )
  }

  return {
    hasApart,
    tells,
    whole,
    find: async (type, id) => {
      const [found] = await store.rowsOf([id])
      if (found?.type !== type) return null
      const row = JSON.parse(found.rowJson) as Row // projected
      return mayRead(subject, row) && tells(row) ? whole(row, found.seq) : null
    },
    show: async ({ row, seq }) => {
      const at = (await store.timesOf([seq])).get(seq)
      const shown: Shown = { id: row.id, version: seq, ...(at !== undefined && { updatedAt: at }) }
      // Projected by a known type.
      for (const [name, { field }] of publishedFields(row.type as RecordType))
        if (row[name] !== undefined) shown[name] = shownValue(name, field.kind, row[name])
      return shown
    },
    files: ({ row }) =>
      new Map(
        filesOfRow(declarationOf(row.type as RecordType), {
          ...row,
          custom: shownValue('custom', 'values', row.custom ?? {}),
        }),
      ),
  }
}
