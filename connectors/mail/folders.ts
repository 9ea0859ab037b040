/** The folders of a mailbox as the Почта tab shows them, and which of them are kept in Interes. */
import type { ListResponse } from 'imapflow'
import type { MailFolder } from '../../shared/records/account.ts'

const maxFolders = 300

/** Outgoing letters of other programs are taken from here. */
export const sentFolder = (list: ListResponse[]): string | null =>
  list.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null

const order = ['\\Inbox', '\\Sent', '\\Drafts', '\\Archive', '\\Junk', '\\Trash']
const rank = (use: string | undefined): number => {
  const at = use === undefined ? -1 : order.indexOf(use)
  return at === -1 ? order.length : at
}

export const foldersOf = (list: ListResponse[]): MailFolder[] =>
  list
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map((each): MailFolder => {
      const use = each.path.toUpperCase() === 'INBOX' ? '\\Inbox' : each.specialUse
      return {
        path: each.path.slice(0, 1000),
        name: each.name.slice(0, 300),
        ...(use ? { use } : {}),
        ...(each.status?.messages === undefined ? {} : { total: each.status.messages }),
        synced: use === '\\Inbox' || use === '\\Sent',
      }
    })
    .sort((a, b) => rank(a.use) - rank(b.use) || a.path.localeCompare(b.path, 'ru'))
    .slice(0, maxFolders)
