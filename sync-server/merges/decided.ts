/**
 * The decision about an appeal is that of all that were merged into it, and their dialogs go with it:
 * each leads to the same client, or is closed. The device that decides does this to the dialogs that it
 * knows and may write to; the rest is done here: dialogs of a channel that is not theirs to answer in,
 * and of an appeal that another device merged meanwhile.
 *
 *     appeal ── merged here ──► appeal ── dialog ──► client of the decision, or closed
 */
import type { AppealRow } from '../../shared/records/appeal.ts'
import type { DialogRow } from '../../shared/records/dialog.ts'
import type { Committed, Pipeline } from '../commit/pipeline.ts'
import type { Workspace } from '../workspace.ts'
import { mergedRecords, resolveAtRelay } from './resolve.ts'

interface DecidedDeps {
  read: Pipeline['read']
  write: Workspace['write']
  onError: (error: unknown) => void
}

/** An observer of commits. */
export const dialogsOfDecided = ({ read, write, onError }: DecidedDeps) => {
  const appeal = async (id: string): Promise<AppealRow | null> => {
    const document = await read(id)
    // The pipeline projected it by its type.
    return document?.type === 'appeal' ? (document.row as AppealRow) : null
  }

  const follow = async (changed: string): Promise<void> => {
    const main = await appeal(await resolveAtRelay(read, changed))
    if (!main || main.state === 'new') return
    const { state, decision } = main
    for (const id of await mergedRecords(read, main.id)) {
      const one = id === main.id ? null : await appeal(id)
      if (!one) continue
      await write('dialog', one.dialog, (row) => {
        const dialog = row as DialogRow | null // projected by its type
        if (!dialog) return null
        if (state === 'rejected') return dialog.state === 'closed' ? null : { state: 'closed' }
        // To whom it was linked by hand, it stays linked.
        return decision?.client && dialog.client === undefined ? { client: decision.client } : null
      })
    }
  }

  return (changes: readonly Committed[]): void => {
    for (const { type, row, fields } of changes) {
      if (type !== 'appeal') continue
      const { mergedInto, merged = [] } = row as AppealRow // projected by its type
      const decided = fields.includes('state') && merged.length > 0
      const joined = fields.includes('mergedInto') && mergedInto !== undefined
      // Nothing else is followed: whoever takes a dialog away from its client later means it.
      if (decided || joined) follow(row.id).catch(onError)
    }
  }
}
