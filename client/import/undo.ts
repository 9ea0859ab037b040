/**
 * Takes an import back: what it created goes to the trash, what it changed becomes what it was. What
 * people did since stays: a card that was worked on or that others hang on, a field that was changed.
 */
import Dexie from 'dexie'
import { patchOf, takenBack } from '../../shared/duplicates/merge.ts'
import type { Patch } from '../../shared/records/change.ts'
import { onceMore } from '../replica/once-more.ts'
import { withRoom } from '../replica/room.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import { usedProducts } from '../replica/used-products.ts'
import { type Write, type WriteDeps, writeRecords } from '../replica/writes.ts'
import { fingerprint } from './fingerprint.ts'
import type { ImportedType } from './plan.ts'

const batch = 200

export interface UndoCounts {
  removed: number
  restored: number
  /** Created by the import and worked on since. */
  kept: number
  /** This user may not change them, or the device has no room for it. */
  refused: number
}

export const undoImport = async (
  deps: WriteDeps,
  importId: string,
  onProgress: (done: number, total: number) => void,
): Promise<UndoCounts> => {
  const { base } = deps
  const write = (writes: Write[]) =>
    withRoom(deps, () => onceMore(base, () => writeRecords(deps, writes)))
  const counts: UndoCounts = { removed: 0, restored: 0, kept: 0, refused: 0 }
  const ids = new Map<ImportedType, string[]>()
  for (const type of order)
    ids.set(type, await rowsOf(base, type).where('importIds').equals(importId).primaryKeys())
  const total = [...ids.values()].reduce((sum, { length }) => sum + length, 0)
  let done = 0
  for (const [type, all] of ids)
    for (let at = 0; at < all.length; at += batch) {
      const slice = all.slice(at, at + batch)
      const rows = (await rowsOf(base, type).bulkGet(slice)).flatMap((row) => row ?? [])
      const used = await usedOnes(base, type, slice)
      const acts = rows.map((row) => ({
        row,
        ...actOf(type, row, importId, used.has(row.id), deps.clock(), deps.subject().id),
      }))
      const writes = acts.map(({ row, patch }) => ({ type, id: row.id, patch }))
      const whole = await write(writes)
      for (const [index, { kind }] of acts.entries()) {
        const own = writes[index]
        const stored = whole.ok || (own !== undefined && (await write([own])).ok)
        counts[stored ? kind : 'refused']++
      }
      done += slice.length
      onProgress(done, total)
    }
  return counts
}

/** What hangs on others first: a client with nobody left in it may go, too. */
const order = ['interaction', 'task', 'interest', 'product', 'person', 'client'] as const

type Imported = StoredRow<ImportedType>
const rowsOf = (base: ReplicaBase, type: ImportedType) => base.table<Imported, string>(type)

/** By which fields records hang on a client, a person, an Interest. */
const hangers = {
  client: ['person.client', 'dialog.client', 'interest.client', 'task.client'],
  person: ['dialog.person', 'interest.person', 'task.person'],
  interest: ['task.interest'],
  task: [],
  interaction: [],
  product: [],
} as const satisfies Record<ImportedType, readonly string[]>

/** Records on which something hangs that this import's undoing did not take away. */
const usedOnes = async (
  base: ReplicaBase,
  type: ImportedType,
  ids: string[],
): Promise<Set<string>> => {
  const used = new Set<string>()
  for (const path of hangers[type]) {
    const [table = '', field = ''] = path.split('.')
    const rows = await base.table(table).where(field).anyOf(ids).toArray()
    for (const row of rows) if (row.deletedAt === undefined) used.add(row[field])
  }
  if (type === 'product') return new Set(await usedProducts(base, ids))
  // Events have places in the timelines of their contacts, as long as they are in no trash.
  if (type === 'client' || type === 'person')
    await base.interaction
      .where('places')
      .inAnyRange(
        ids.map((id) => [
          [id, Dexie.minKey],
          [id, Dexie.maxKey],
        ]),
      )
      .eachKey((place) => {
        const [id] = place as unknown as [string, number] // as its declaration makes them
        used.add(id)
      })
  return used
}

const actOf = (
  type: ImportedType,
  row: Imported,
  importId: string,
  isUsed: boolean,
  at: number,
  by: string,
): { kind: 'removed' | 'restored' | 'kept'; patch: Patch } => {
  const found = row.imports.find(({ id }) => id === importId)
  if (!found) throw new Error('found by this import')
  const { id: _, ...part } = found
  const marked = { imports: { [importId]: { ...part, undoneAt: at } } }
  if (found.created !== undefined) {
    const isWorkedOn = fingerprint(type, { ...row }) !== found.created || 'mergedInto' in row
    if (
      isUsed ||
      isWorkedOn ||
      row.imports.some(({ id, undoneAt }) => id !== importId && undoneAt === undefined)
    )
      return { kind: 'kept', patch: marked }
    return { kind: 'removed', patch: { ...marked, deletedAt: at, deletedBy: by } }
  }
  const back = takenBack(type, { ...row }, found.set ?? {})
  return { kind: 'restored', patch: { ...patchOf(back, 1), imports: { [importId]: null } } }
}
