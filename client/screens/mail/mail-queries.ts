/** What the screen Почта reads from the replica. */
import Dexie from 'dexie'
import type { AccountRow, MailFolder } from '../../../shared/records/account.ts'
import { type ReplicaBase, type StoredRow, writtenHere } from '../../replica/index.ts'

export const sentUse = '\\Sent'

/** Order of the folders one works with; the rest follow by name. */
const uses = ['\\Inbox', sentUse, '\\Drafts', '\\Archive', '\\Junk', '\\Trash']

export const isInbox = ({ path, use }: MailFolder): boolean =>
  use === '\\Inbox' || path.toUpperCase() === 'INBOX'

const placeOf = (folder: MailFolder): number => {
  const place = isInbox(folder) ? 0 : uses.indexOf(folder.use ?? '')
  return place < 0 ? uses.length : place
}

/** The folders as they are listed; an account whose server was not asked yet has its inbox and Sent. */
export const foldersOf = (account: Pick<AccountRow, 'folders'>): MailFolder[] => {
  const folders = account.folders?.length
    ? account.folders
    : [
        { path: 'INBOX', name: 'INBOX', use: '\\Inbox', synced: true },
        { path: writtenHere, name: 'Sent', use: sentUse, synced: true },
      ]
  return [...folders].sort((a, b) => placeOf(a) - placeOf(b) || a.name.localeCompare(b.name, 'ru'))
}

export const mailAccounts = async (base: ReplicaBase): Promise<StoredRow<'account'>[]> =>
  (await base.account.toArray())
    .filter(({ channel, deletedAt }) => channel === 'mail' && deletedAt === undefined)
    .sort((a, b) => a.address.localeCompare(b.address))

/**
 * Ids of the newest letter of each thread in a folder, newest first. Only keys are read: a folder
 * may hold tens of thousands of letters.
 */
export const threadsOf = async (
  base: ReplicaBase,
  account: string,
  folder: MailFolder,
): Promise<string[]> => {
  const keysIn = (path: string) =>
    base.message
      .where('[account+folder+at]')
      .between([account, path, Dexie.minKey], [account, path, Dexie.maxKey])
      .reverse()
      .primaryKeys()
  const [ids, here, segments] = await Promise.all([
    folder.path === writtenHere ? [] : keysIn(folder.path),
    folder.use === sentUse ? keysIn(writtenHere) : [],
    base.segment.where('account').equals(account).toArray(),
  ])
  const dialogBySegment = new Map(segments.map(({ id, dialog }) => [id, dialog]))
  const all = here.length > 0 ? await byTime(base, [...ids, ...here]) : ids
  const seen = new Set<string>()
  return all.filter((id) => {
    const segment = id.slice(0, id.indexOf('/'))
    const dialog = dialogBySegment.get(segment) ?? segment
    return !seen.has(dialog) && seen.add(dialog)
  })
}

/** Two lists of one folder (filed by a mail program, written here) as one. */
const byTime = async (base: ReplicaBase, ids: string[]): Promise<string[]> => {
  const rows = await base.message.bulkGet(ids)
  return rows
    .flatMap((row) => row ?? [])
    .sort((a, b) => b.at - a.at)
    .map(({ id }) => id)
}
