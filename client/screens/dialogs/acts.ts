/** What is done with dialogs of the list, one or many, each with its way back (F315). */
import type { Patch } from '../../../shared/records/change.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type BulkChange, type BulkOutcome, undone, writeInBulk } from '../../lists/bulk.ts'
import { t as listTexts } from '../../lists/texts.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'

export type Act =
  | { kind: 'read'; at: number }
  | { kind: 'unread' }
  | { kind: 'close' }
  | { kind: 'reopen' }
  /** Null: nobody. */
  | { kind: 'assign'; to: string | null }

type Held = Pick<DialogRow, 'state' | 'responsible' | 'seenAt'>

const isClosed = ({ state }: Held): boolean => state === 'closed'

/** The change and its way back; null where the dialog is so already. */
export const actPatch = (dialog: Held, act: Act): { patch: Patch; undo: Patch } | null => {
  const seen = { undo: { seenAt: dialog.seenAt ?? null } }
  const was = { undo: { state: dialog.state ?? null } }
  switch (act.kind) {
    case 'read':
      return (dialog.seenAt ?? 0) >= act.at ? null : { patch: { seenAt: act.at }, ...seen }
    case 'unread':
      return dialog.seenAt === undefined ? null : { patch: { seenAt: null }, ...seen }
    case 'close':
      return isClosed(dialog) ? null : { patch: { state: 'closed' }, ...was }
    case 'reopen':
      return isClosed(dialog) ? { patch: { state: 'open' }, ...was } : null
    case 'assign':
      return (dialog.responsible ?? null) === act.to
        ? null
        : {
            patch: { responsible: act.to },
            undo: { responsible: dialog.responsible ?? null },
          }
  }
}

const changesOf = (rows: readonly (StoredRow<'dialog'> | undefined)[], act: Act): BulkChange[] =>
  rows.flatMap((row) => {
    const made = row && actPatch(row, act)
    return made ? [{ id: row.id, ...made }] : []
  })

/** Whoever gets a dialog gets its undecided appeal with it. */
const appealChanges = async (
  { base }: Pick<Replica, 'base'>,
  dialogs: readonly string[],
  act: Act,
): Promise<BulkChange[]> => {
  if (act.kind !== 'assign' || act.to === null) return []
  const appeals = await base.appeal
    .where('dialog')
    .anyOf([...dialogs])
    .toArray()
  return appeals
    .filter(({ state, responsible }) => state === 'new' && responsible !== act.to)
    .map(({ id, responsible }) => ({
      id,
      patch: { responsible: act.to },
      undo: { responsible: responsible ?? null },
    }))
}

interface Acted {
  dialogs: BulkOutcome
  appeals: BulkOutcome
  /** Takes back what was done. */
  undo: () => Promise<BulkOutcome[]>
}

/** In steps; null where all is so already. */
export const changeDialogs = async (
  replica: Pick<Replica, 'base' | 'writeAll'>,
  ids: readonly string[],
  act: Act,
  onProgress: (done: number, count: number) => void = () => undefined,
): Promise<Acted | null> => {
  const changes = changesOf(await replica.base.dialog.bulkGet([...ids]), act)
  if (changes.length === 0) return null
  const dialogs = await writeInBulk(replica, 'dialog', changes, (done) =>
    onProgress(done, changes.length),
  )
  const assigned = dialogs.done.map(({ id }) => id)
  const appeals = await writeInBulk(replica, 'appeal', await appealChanges(replica, assigned, act))
  const undo = async () => [
    await writeInBulk(replica, 'dialog', undone(dialogs.done)),
    await writeInBulk(replica, 'appeal', undone(appeals.done)),
  ]
  return { dialogs, appeals, undo }
}

const tellRefused = ({ refused }: BulkOutcome): void => {
  for (const [reason, count] of refused)
    showToast({
      text: listTexts('group.refused', { count, reason: reasonText(reason) }),
      stays: true,
    })
}

/** Does it, says what came of it, and offers «Отменить». */
export const actOn = async (
  replica: Replica,
  ids: readonly string[],
  act: Act,
  onProgress?: (done: number, count: number) => void,
): Promise<void> => {
  const acted = await changeDialogs(replica, ids, act, onProgress)
  if (!acted) {
    showToast({ text: listTexts('group.nothing') })
    return
  }
  const { dialogs, appeals, undo } = acted
  tellRefused(dialogs)
  tellRefused(appeals)
  if (dialogs.done.length > 0)
    showToast({
      text: listTexts('group.changed', { count: dialogs.done.length }),
      undo: async () => {
        for (const outcome of await undo()) tellRefused(outcome)
      },
    })
}
