/**
 * Takes an import back: what it created goes to the trash, what it changed becomes what it was. What
 * people did since stays: a card that was worked on or that others hang on, a field that was changed.
 */
import { patchOf, takenBack } from '../../shared/duplicates/merge.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { ReplicaBase, StoredRow } from '../replica/tables.ts'
import { type WriteDeps, writeRecords } from '../replica/writes.ts'
import { fingerprint } from './fingerprint.ts'
import type { Contact } from './plan.ts'

const batch = 200

export interface UndoCounts {
  removed: number
  restored: number
  /** Created by the import and worked on since. */
  kept: number
  /** This user may not change them. */
  refused: number
}

export const undoImport = async (
  deps: WriteDeps,
  importId: string,
  onProgress: (done: number, total: number) => void,
): Promise<UndoCounts> => {
  const { base } = deps
  const counts: UndoCounts = { removed: 0, restored: 0, kept: 0, refused: 0 }
  // Persons first: a client with nobody left in it may go, too.
  const ids = {
    person: await base.person.where('importIds').equals(importId).primaryKeys(),
    client: await base.client.where('importIds').equals(importId).primaryKeys(),
  }
  const total = ids.person.length + ids.client.length
  let done = 0
  for (const type of ['person', 'client'] as const)
    for (let at = 0; at < ids[type].length; at += batch) {
      const slice = ids[type].slice(at, at + batch)
      const rows = (await rowsOf(base, type).bulkGet(slice)).flatMap((row) => row ?? [])
      const used = type === 'client' ? await usedClients(base, slice) : new Set<string>()
      const acts = rows.map((row) => ({
        row,
        ...actOf(type, row, importId, used.has(row.id), deps.clock(), deps.subject().id),
      }))
      const writes = acts.map(({ row, patch }) => ({ type, id: row.id, patch }))
      const whole = await writeRecords(deps, writes)
      for (const [index, { kind }] of acts.entries()) {
        const write = writes[index]
        const stored = whole.ok || (write !== undefined && (await writeRecords(deps, [write])).ok)
        counts[stored ? kind : 'refused']++
      }
      done += slice.length
      onProgress(done, total)
    }
  return counts
}

const rowsOf = (base: ReplicaBase, type: Contact) => base.table<StoredRow<'client'>, string>(type)

/** Clients on which something hangs that this import's undoing did not take away. */
const usedClients = async (base: ReplicaBase, ids: string[]): Promise<Set<string>> => {
  const [persons, dialogs] = await Promise.all([
    base.person.where('client').anyOf(ids).toArray(),
    base.dialog.where('client').anyOf(ids).toArray(),
  ])
  return new Set(
    [...persons, ...dialogs].flatMap(({ client, deletedAt }) =>
      client && deletedAt === undefined ? [client] : [],
    ),
  )
}

const actOf = (
  type: Contact,
  row: StoredRow<'client'>,
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
    const isWorkedOn = fingerprint(type, row) !== found.created || row.mergedInto !== undefined
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
