/** What the screen Диалоги reads from the replica. */
import type { AppealRow } from '../../../shared/records/appeal.ts'
import { identitiesOf, resolveRow, resolveRows } from '../../replica/resolve.ts'
import type { ReplicaBase, StoredRow } from '../../replica/tables.ts'
import {
  type DialogEntry,
  type DialogFilter,
  inOrder,
  newestPerDialog,
  passes,
} from './dialog-list.ts'

export interface DialogPage {
  entries: DialogEntry[]
  /** Whether there are more than were asked for. */
  more: boolean
}

/** Segments read at once while the list is filled. */
const chunk = 300

/** The first `limit` dialogs that pass the filter, and the test of their fields where there is one. */
export const dialogPage = async (
  base: ReplicaBase,
  filter: DialogFilter,
  mine: ReadonlySet<string>,
  limit: number,
  test: ((dialog: StoredRow<'dialog'>) => boolean) | null = null,
): Promise<DialogPage> => {
  const newAppeals = await base.appeal.where('state').equals('new').toArray()
  const appealByDialog = new Map<string, AppealRow>(
    // One decision is one entry: of merged appeals it is the main one's.
    newAppeals.flatMap((appeal) =>
      appeal.mergedInto === undefined ? [[appeal.dialog, appeal] as const] : [],
    ),
  )
  const seen = new Set<string>()
  const found: DialogEntry[] = []
  // Whoever waits longest is the oldest of all, so with this order everything has to be looked at.
  const wanted = filter.waiting ? Number.POSITIVE_INFINITY : limit
  let offset = 0
  let exhausted = false
  while (!exhausted && found.length <= wanted) {
    const segments = await base.segment
      .orderBy('lastAt')
      .reverse()
      .offset(offset)
      .limit(chunk)
      .toArray()
    exhausted = segments.length < chunk
    offset += segments.length
    const newest = newestPerDialog(segments).filter(({ dialog }) => !seen.has(dialog))
    for (const { dialog } of newest) seen.add(dialog)
    const dialogs = await base.dialog.bulkGet(newest.map(({ dialog }) => dialog))
    newest.forEach(({ lastAt, last }, index) => {
      const dialog = dialogs[index]
      if (!dialog || (test && !test(dialog))) return
      const newAppeal = appealByDialog.get(dialog.id)
      const entry: DialogEntry = { dialog, lastAt, last, ...(newAppeal && { newAppeal }) }
      if (passes(entry, filter, mine)) found.push(entry)
    })
  }
  const entries = inOrder(found, filter).slice(0, limit)
  await addClientNames(base, entries)
  return { entries, more: found.length > limit }
}

const addClientNames = async (base: ReplicaBase, entries: DialogEntry[]): Promise<void> => {
  const ids = [...new Set(entries.flatMap(({ dialog }) => dialog.client ?? []))]
  const rows = await resolveRows(base, 'client', ids)
  for (const entry of entries) {
    const name = rows.get(entry.dialog.client ?? '')?.name
    if (name) entry.clientName = name
  }
}

export interface ConversationData {
  dialog: StoredRow<'dialog'> | undefined
  account: StoredRow<'account'> | undefined
  /** The one that is decided: of merged ones the main one, which may be of another dialog. */
  appeal: StoredRow<'appeal'> | undefined
  /** Its channel. */
  appealAccount: StoredRow<'account'> | undefined
  /** Others that are decided with it, as far as they may be read. */
  together: readonly StoredRow<'appeal'>[]
  /** The dialog's own appeal was merged into one that this user may not read. */
  decidedElsewhere: boolean
  client: StoredRow<'client'> | undefined
}

export const conversationData = async (
  base: ReplicaBase,
  id: string,
): Promise<ConversationData> => {
  const dialog = await base.dialog.get(id)
  const [account, own, client] = await Promise.all([
    dialog ? base.account.get(dialog.account) : undefined,
    dialog ? base.appeal.where('dialog').equals(id).toArray() : [],
    resolveRow(base, 'client', dialog?.client),
  ])
  const first = own.find(({ state }) => state === 'new') ?? own.at(-1)
  const appeal = await resolveRow(base, 'appeal', first?.id)
  return {
    dialog,
    account,
    appeal,
    appealAccount: appeal && (await base.account.get(appeal.account)),
    together: appeal ? await decidedWith(base, appeal) : [],
    decidedElsewhere: first !== undefined && appeal === undefined,
    client,
  }
}

/** The appeals that were merged into one, straight or by way of others. */
const decidedWith = async (
  base: ReplicaBase,
  main: StoredRow<'appeal'>,
): Promise<StoredRow<'appeal'>[]> => {
  const ids = await identitiesOf(base, 'appeal', main.id)
  return (await base.appeal.bulkGet(ids)).flatMap((row) => (row && row.id !== main.id ? [row] : []))
}

/** Other dialogs of the same client, newest first. */
export const dialogsOfClient = async (
  base: ReplicaBase,
  client: string,
  except?: string,
): Promise<DialogEntry[]> => {
  const dialogs = await base.dialog
    .where('client')
    .anyOf(await identitiesOf(base, 'client', client))
    .toArray()
  const entries = await Promise.all(
    dialogs
      .filter(({ id, deletedAt }) => id !== except && deletedAt === undefined)
      .map(async (dialog): Promise<DialogEntry> => {
        const segments = await base.segment.where('dialog').equals(dialog.id).toArray()
        const newest = segments.sort((a, b) => b.lastAt - a.lastAt)[0]
        return { dialog, lastAt: newest?.lastAt ?? 0, last: newest?.last }
      }),
  )
  return entries.sort((a, b) => b.lastAt - a.lastAt)
}
