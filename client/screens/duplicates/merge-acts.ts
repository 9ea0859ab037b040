/** Merging, skipping and taking back, as the page of duplicates does it; each says what was done. */
import { generateKeyBetween } from 'fractional-indexing'
import { mayEdit } from '../../../shared/duplicates/may-merge.ts'
import {
  type Choices,
  isAppeal,
  type MergedRow,
  type MergedType,
  type MergeWrite,
  mergedTypes,
  mergeWrites,
  nameOf,
  undoWrites,
} from '../../../shared/duplicates/merge.ts'
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
  if (kept.length > 0 && !isAppeal(main)) {
    const managers = setChange(main.managers ?? [], [...(main.managers ?? []), ...kept])
    writes.splice(1, 0, { type: table, id: main.id, patch: { managers } })
  }
  const done = await say(replica, writes)
  if (done)
    showToast({
      text: t('merged', { name: nameOf(main), count: duplicates.length }),
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
  const pairs = others.map((other) =>
    mayEdit(subject, main) ? ([main.id, other.id] as const) : ([other.id, main.id] as const),
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

/** Who of the employees is concerned with a duplicate, and would lose it (F240): its managers; of an appeal all who read it. */
export const losesAccess = async (
  replica: Replica,
  main: MergedRow,
  duplicates: readonly MergedRow[],
): Promise<StoredRow<'employee'>[]> => {
  const [employees, departments, roles, accounts] = await Promise.all([
    replica.base.employee.toArray(),
    replica.base.department.toArray(),
    replica.base.role.toArray(),
    replica.base.account.toArray(),
  ])
  return employees.filter(({ id, role, state }) => {
    const isConcerned = (row: MergedRow) => isAppeal(row) || row.managers?.includes(id)
    if (state === 'blocked' || !duplicates.some(isConcerned)) return false
    const administrator = role === 'administrator'
    const reach = reachOf(id, { employees, departments, roles })
    const tokens = tokensOf({ id, administrator }, accounts, reach)
    const reads = (row: Row) => mayRead({ kind: 'employee', id, administrator, tokens, reach }, row)
    return (
      duplicates.some((row) => isConcerned(row) && (!isAppeal(row) || reads({ ...row }))) &&
      !reads({ ...main })
    )
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
    mergedTypes.map(async (table) => {
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
            mayEdit(subject, main) &&
            mayEdit(subject, duplicate),
        }
      })
    }),
  )
  return lists.flat().sort((a, b) => (b.undoneAt ?? b.at) - (a.undoneAt ?? a.at))
}
