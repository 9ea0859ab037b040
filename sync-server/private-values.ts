/**
 * The relay's part in values that lie apart of their records (see shared/records/private-value.ts):
 *
 *     a field is restricted   its values move out of the records into records of their own
 *     it is opened again      they move back
 *     a merge is taken back   what it moved there is taken back, too
 *
 * What was cut short goes on at the next start. A value that came into a record while the field was
 * being restricted goes the same way.
 */
import { sameValue } from '../shared/equality.ts'
import { takenApart } from '../shared/fields/apart.ts'
import type { Patch } from '../shared/records/change.ts'
import type { Row } from '../shared/records/declaration.ts'
import { type FieldRow, isCustomised } from '../shared/records/field.ts'
import type { RecordType } from '../shared/records/index.ts'
import { accessOf, type PrivateValueRow, privateValueId } from '../shared/records/private-value.ts'
import type { Committed, Pipeline } from './commit/pipeline.ts'
import type { Directory } from './directory.ts'
import type { WorkspaceStore } from './store/store.ts'
import type { Workspace } from './workspace.ts'

export interface PrivateValuesDeps {
  store: Pick<WorkspaceStore, 'naming' | 'lookup' | 'history'>
  read: Pipeline['read']
  write: Workspace['write']
  directory: Pick<Directory, 'apart' | 'fields'>
  onError: (error: unknown) => void
}

export interface PrivateValues {
  /** Moves every value to where it belongs; at the start before anybody is served. */
  arrange(): Promise<void>
  /** An observer of commits. */
  take(changes: readonly Committed[]): void
}

/** What stands in a row and is to lie apart, as a patch that would put it there. */
const misplacedIn = (row: Row, apart: ReadonlySet<string>): Patch | null => {
  const custom = Object.entries(row.custom ?? {}).filter(([id]) => apart.has(id))
  const patch: Patch = custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}
  for (const name of ['merged', 'imports']) {
    const parts = (row[name] ?? []) as { id: string; set?: object }[] // as in their declarations
    const named = parts.filter(({ set = {} }) =>
      Object.keys(set).some(
        (path) => path.startsWith('custom/') && apart.has(path.slice('custom/'.length)),
      ),
    )
    if (named.length > 0)
      patch[name] = Object.fromEntries(named.map(({ id, ...part }) => [id, part]))
  }
  return Object.keys(patch).length > 0 ? patch : null
}

export const privateValues = (deps: PrivateValuesDeps): PrivateValues => {
  const { store, read, write, directory, onError } = deps

  /** Whether a value in the record was written later than one apart of it, where both are. */
  const isLater = async (record: string, value: string, field: string): Promise<boolean> => {
    const [open, apart] = await Promise.all([
      lastChange(record, `custom/${field}`),
      lastChange(value, 'value'),
    ])
    return open > apart
  }
  const lastChange = async (id: string, name: string): Promise<number> =>
    (await store.history(id, maxEntries)).find(({ changes }) => name in changes)?.seq ?? 0

  /** First to where it belongs, then away from where it was: cut short between, it is done again. */
  const setApart = async (row: Row): Promise<void> => {
    const wanted = misplacedIn(row, directory.apart())
    if (!wanted) return
    const { open, apart } = takenApart(wanted, directory.apart(), [])
    for (const [field, patch] of apart) {
      const id = privateValueId(row.id, field)
      const held = heldValue((await read(id))?.row)
      const stays = held !== undefined && !(await isLater(row.id, id, field))
      await write('privateValue', id, (before) => ({
        ...(before ? {} : { access: accessOf(row) }),
        record: row.id,
        recordType: row.type,
        field,
        ...patch,
        ...(stays && { value: heldValue(before ?? undefined) ?? null }),
      }))
    }
    // As it is then: what a person wrote meanwhile is moved by the change that brought it.
    await write(row.type as RecordType, row.id, (now) => {
      if (!now) return null
      const custom = Object.entries(wanted.custom ?? {}).filter(([id, value]) =>
        sameValue((now.custom as Record<string, unknown> | undefined)?.[id], value),
      )
      return { ...open, custom: Object.fromEntries(custom.map(([id]) => [id, null])) }
    })
  }

  /** A value whose field everyone may see goes back into its record. */
  const putBack = async ({ id, record, recordType, field, value, moves }: PrivateValueRow) => {
    if (value === undefined && moves.length === 0) return
    const path = `custom/${field}`
    const stays = value === undefined || (await isLater(record, id, field))
    await write(recordType, record, (row) => {
      if (!row) return null
      const isFilled = (row.custom as Row | undefined)?.[field] !== undefined // of a customised type
      const patch: Patch = isFilled && stays ? {} : { custom: { [field]: value } }
      for (const name of ['merged', 'imports']) {
        const parts = (row[name] ?? []) as { id: string; set?: object }[] // as in their declarations
        const named = parts.flatMap(({ id: part, ...rest }) => {
          const move = moves.find((each) => each.id === part)
          return move ? [[part, { ...rest, set: { ...rest.set, [path]: move.set } }]] : []
        })
        if (named.length > 0) patch[name] = Object.fromEntries(named)
      }
      return patch
    })
    await write('privateValue', id, () => ({
      value: null,
      moves: Object.fromEntries(moves.map(({ id: part }) => [part, null])),
    }))
  }

  /** A merge that is taken back at the record, by the relay or by one who may not see the value. */
  const takeBack = async (row: Row): Promise<void> => {
    const undone = ((row.merged ?? []) as { id: string; undoneAt?: number }[]) // as in its declaration
      .filter(({ undoneAt }) => undoneAt !== undefined)
      .map(({ id }) => id)
    if (undone.length === 0) return
    for (const { id } of await store.lookup('record', row.id, maxValues)) {
      const found = await read(id)
      if (!undone.some((part) => movesOf(found?.row).some((move) => move.id === part))) continue
      await write('privateValue', id, (now) => {
        const moves = movesOf(now ?? undefined).filter((move) => undone.includes(move.id))
        const stands = moves.findLast(({ set }) => sameValue(now?.value, set[1]))
        return {
          ...(stands && { value: stands.set[0] }),
          moves: Object.fromEntries(moves.map((move) => [move.id, null])),
        }
      })
    }
  }

  /** Every value of a field to where it belongs. */
  const arrange = async ({ id, recordType, readers }: FieldRow): Promise<void> => {
    const [type, act] = readers
      ? ([recordType, setApart] as const)
      : (['privateValue', (row: Row) => putBack(row as unknown as PrivateValueRow)] as const) // of its type
    for (const record of await store.naming(type, id)) {
      const found = await read(record)
      if (found) await act(found.row)
    }
    // Whoever changed the field meanwhile is served by the next turn.
    await write('field', id, (now) =>
      (now?.readers !== undefined) === (readers !== undefined)
        ? { apart: readers ? true : null }
        : null,
    )
  }

  // Opened and restricted again before its turn came, a field looks as if nothing had happened.
  const turned = new Set<string>()
  let known = directory.apart()
  const arrangeAll = async (): Promise<void> => {
    for (const field of directory.fields()) {
      const isArranged = (field.readers !== undefined) === (field.apart === true)
      if (turned.delete(field.id) || !isArranged) await arrange(field)
    }
  }

  // One after another: a field may be restricted and opened again within a second.
  let working = Promise.resolve()
  const later = (act: () => Promise<void>) => {
    working = working.then(act).catch(onError)
  }
  return {
    arrange: arrangeAll,
    take: (changes) => {
      const apart = directory.apart()
      for (const { type, row } of changes)
        if (type === 'field' && known.has(row.id) !== (row.readers !== undefined)) {
          turned.add(row.id)
          later(arrangeAll)
        }
      known = apart
      for (const { row } of changes)
        if (isCustomised(row.type) && concerns(row, apart))
          later(async () => {
            await setApart(row)
            await takeBack(row)
          })
    },
  }
}

/** Fewer than there are fields. */
const maxValues = 1_000
/** Looked through for the last change of a value. */
const maxEntries = 500

const heldValue = (row: Row | undefined): unknown => row?.value

const movesOf = (row: Row | undefined): PrivateValueRow['moves'] =>
  (row?.moves ?? []) as PrivateValueRow['moves'] // of a private value

const concerns = (row: Row, apart: ReadonlySet<string>): boolean =>
  apart.size > 0 &&
  (misplacedIn(row, apart) !== null ||
    (Array.isArray(row.merged) && row.merged.some(({ undoneAt }) => undoneAt !== undefined)))
