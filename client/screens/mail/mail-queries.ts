/** What the screen Почта reads from the replica. */
import type { AccountRow, MailFolder } from '../../../shared/records/account.ts'
import {
  type BlockKey,
  blocksInFolders,
  type ReplicaBase,
  type StoredRow,
  writtenHere,
} from '../../replica/index.ts'

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

/** Paths of the letters that a folder lists: those written here stand in Sent. */
export const pathsOf = ({ path, use }: MailFolder): string[] =>
  use === sentUse && path !== writtenHere ? [path, writtenHere] : [path]

/** Where the newest letter of each thread in a folder is, newest first. */
export const threadsOf = async (
  base: ReplicaBase,
  account: string,
  folder: MailFolder,
): Promise<BlockKey[]> => {
  const seen = new Set<string>()
  return (await blocksInFolders(base, account, pathsOf(folder))).filter(
    ([dialog]) => !seen.has(dialog) && seen.add(dialog),
  )
}
