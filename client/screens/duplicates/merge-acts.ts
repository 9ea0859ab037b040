/** Merging, skipping and taking back, as the page of duplicates does it; each says what was done. */
import { generateKeyBetween } from 'fractional-indexing'
import {
  type Choices,
  type MergedRow,
  type MergedType,
  type MergeWrite,
  mergeWrites,
  undoWrites,
} from '../../../shared/duplicates/merge.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { mergedHere } from '../../../shared/records/merged.ts'
import { setChange } from '../../../shared/records/sets.ts'
import { mayRead, tokensOf } from '../../../shared/rights.ts'
import { reachOf } from '../../../shared/rights-scopes.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { t } from './texts.ts'

const say = (replica: Replica, writes: readonly MergeWrite[]) =>
  replica.writeAll(writes).then((result) => {
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  })

interface Merge {
  table: MergedType
  main: MergedRow
  duplicates: readonly MergedRow[]
  choices: Choices
  /** Employees who become managers of the main record, since they would lose access (F240). */
  kept: readonly string[]
}

/** Returns whether it was done. */
export const merge = async (
  replica: Replica,
  { table, main, duplicates, choices, kept }: Merge,
): Promise<boolean> => {
  const who = { by: replica.session.user.id, at: Date.now() }
  const writes = mergeWrites(table, main, duplicates, { ...who, choices })
  const managers = setChange(main.managers ?? [], [...(main.managers ?? []), ...kept])
  if (kept.length > 0) writes.splice(1, 0, { type: table, id: main.id, patch: { managers } })
  const done = await say(replica, writes)
  if (done)
    showToast({
      text: t('merged', { name: main.name, count: duplicates.length }),
      undo: async () => {
        for (const { id } of duplicates) await undo(replica, table, main.id, id)
      },
    })
  return done
}

/** Takes a duplicate out of its main record again. */
export const undo = async (
  replica: Replica,
  table: MergedType,
  main: string,
  duplicate: string,
): Promise<boolean> => {
  const rows: (MergedRow | undefined)[] = await replica.base.table(table).bulkGet([main, duplicate])
  const [row, from] = rows
  if (!row) return false
  return say(
    replica,
    undoWrites(table, row, duplicate, { by: replica.session.user.id, at: Date.now(), from }),
  )
}

/** Notes that these are no duplicates of `main` (F236), at whichever of the two may be written. */
export const skip = async (
  replica: Replica,
  table: MergedType,
  main: MergedRow,
  others: readonly MergedRow[],
): Promise<boolean> => {
  const subject = replica.subject.peek()
  const by = replica.session.user.id
  const note = { at: Date.now(), by, order: generateKeyBetween(null, null) }
  const mayWrite = (row: MergedRow) => mayWriteContact(subject, row, row) === null
  const pairs = others.map((other) =>
    mayWrite(main) ? ([main.id, other.id] as const) : ([other.id, main.id] as const),
  )
  const put = (value: object | null): MergeWrite[] =>
    pairs.map(([id, other]) => ({ type: table, id, patch: { distinct: { [other]: value } } }))
  const done = await say(replica, put(note))
  if (done)
    showToast({
      text: t('skipped', { count: others.length }),
      undo: () => say(replica, put(null)),
    })
  return done
}

/** Active managers of the duplicates who cannot see the main record (F240). */
export const losesAccess = async (
  replica: Replica,
  main: MergedRow,
  duplicates: readonly MergedRow[],
): Promise<StoredRow<'employee'>[]> => {
  const [employees, departments, roles] = await Promise.all([
    replica.base.employee.toArray(),
    replica.base.department.toArray(),
    replica.base.role.toArray(),
  ])
  const managers = new Set(duplicates.flatMap((row) => row.managers ?? []))
  return employees.filter(({ id, role, state }) => {
    if (!managers.has(id) || state === 'blocked') return false
    const administrator = role === 'administrator'
    const reach = reachOf(id, { employees, departments, roles })
    const tokens = tokensOf({ id, administrator }, [], reach)
    const row: Row = { ...main }
    return !mayRead({ kind: 'employee', id, administrator, tokens, reach }, row)
  })
}

export interface MergeEntry {
  table: MergedType
  main: MergedRow
  /** Undefined where this user may not read it. */
  duplicate: MergedRow | undefined
  id: string
  at: number
  by: string
  undoneAt?: number
  undoneBy?: string
  mayUndo: boolean
}

/** Merges of which the main record is on this device, newest first (F241). */
export const mergeHistory = async (replica: Replica): Promise<MergeEntry[]> => {
  const subject = replica.subject.peek()
  const lists = await Promise.all(
    (['client', 'person'] as const).map(async (table) => {
      const rows = replica.base.table<MergedRow, string>(table)
      const mains = await rows.where('hasMerges').equals(1).toArray()
      const pairs = mains.flatMap((main) => (main.merged ?? []).map((part) => ({ main, part })))
      const duplicates = await rows.bulkGet(pairs.map(({ part }) => part.id))
      return pairs.map(({ main, part }, index): MergeEntry => {
        const { id, at, by, undoneAt, undoneBy } = part
        const duplicate = duplicates[index]
        return {
          table,
          main,
          duplicate,
          id,
          at,
          by,
          ...(undoneAt !== undefined && { undoneAt }),
          ...(undoneBy !== undefined && { undoneBy }),
          mayUndo:
            mergedHere(main).includes(id) &&
            duplicate !== undefined &&
            mayWriteContact(subject, main, main) === null &&
            mayWriteContact(subject, duplicate, duplicate) === null,
        }
      })
    }),
  )
  return lists.flat().sort((a, b) => (b.undoneAt ?? b.at) - (a.undoneAt ?? a.at))
}
