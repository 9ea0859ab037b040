/**
 * The relay's word about merges that do not fit together. A merge is two changes, of the main record
 * and of the duplicate, and devices that were apart may each have made another one:
 *
 *     the duplicate names a main record that knows nothing of it,   → it comes out again
 *     or that is merged into the duplicate itself (a ring),
 *     or that is not bound by a rule that binds the duplicate
 *     the main record claims a duplicate that went elsewhere,       → the claim is taken back, with all
 *     or that never said so itself (its change was refused)           it changed at the main record
 *
 * Which of two merges of one record stands is decided by `mayWrite`: the first to arrive.
 */
import { second } from '../../shared/clock.ts'
import {
  isMergedType,
  type MergedRow,
  type MergedType,
  mayGoInto,
  undoPatch,
} from '../../shared/duplicates/merge.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { Committed, Pipeline } from '../commit/pipeline.ts'
import type { Workspace } from '../workspace.ts'

/** A device pushes both changes in one batch, or in two that follow each other. */
const patience = 30 * second

export interface SettleDeps {
  read: Pipeline['read']
  write: Workspace['write']
  clock: () => number
  /** Runs something later. */
  later: (act: () => void, after: number) => void
  onError: (error: unknown) => void
}

/** An observer of commits. */
export const settleMerges = ({ read, write, clock, later, onError }: SettleDeps) => {
  const recordOf = async (type: string, id: string): Promise<MergedRow | null> => {
    const document = await read(id)
    // The pipeline projected it by its type.
    return document?.type === type ? (document.row as unknown as MergedRow) : null
  }

  const takeBack = async (type: MergedType, main: string, duplicate: string) => {
    const from = (await recordOf(type, duplicate)) ?? undefined
    return write(type, main, (row) =>
      row ? undoPatch(type, row as unknown as MergedRow, duplicate, { at: clock(), from }) : null,
    )
  }

  const duplicateSays = async (type: MergedType, row: MergedRow): Promise<void> => {
    const { id, mergedInto } = row
    if (mergedInto === undefined) return
    const main = await recordOf(type, mergedInto)
    const isKnown = main !== null && mergedHere(main).includes(id)
    const isRing = main !== null && (await leadsTo(type, main, id))
    if (isKnown && !isRing && mayGoInto(row, main)) return
    await write(type, id, (now) => (now?.mergedInto === mergedInto ? { mergedInto: null } : null))
    if (isKnown) await takeBack(type, mergedInto, id)
  }

  const leadsTo = async (type: MergedType, from: MergedRow, wanted: string): Promise<boolean> => {
    const seen = new Set<string>()
    for (let one: MergedRow | null = from; one && !seen.has(one.id); ) {
      seen.add(one.id)
      if (one.mergedInto === wanted) return true
      one = one.mergedInto === undefined ? null : await recordOf(type, one.mergedInto)
    }
    return false
  }

  const mainClaims = async (type: MergedType, main: string, patient: boolean): Promise<void> => {
    const row = await recordOf(type, main)
    for (const id of row ? mergedHere(row) : []) {
      const duplicate = await recordOf(type, id)
      if (duplicate?.mergedInto === main) continue
      if (duplicate && duplicate.mergedInto === undefined && patient)
        later(() => void mainClaims(type, main, false).catch(onError), patience)
      else await takeBack(type, main, id)
    }
  }

  return (changes: readonly Committed[]): void => {
    for (const { type, row } of changes) {
      if (!isMergedType(type)) continue
      const changed = row as unknown as MergedRow // projected by its type
      if (changed.mergedInto !== undefined) duplicateSays(type, changed).catch(onError)
      if (mergedHere(changed).length > 0) mainClaims(type, row.id, true).catch(onError)
    }
  }
}
