/** The Sent folder: has a letter been filed there, and file it where the server did not. */
import type { ImapFlow } from 'imapflow'
import type { MailServer } from '../../shared/records/account.ts'
import { sentFolder } from './folders.ts'
import { type Opened, withImap } from './imap.ts'
import type { Network } from './network.ts'

const find = async (
  client: ImapFlow,
  messageId: string,
): Promise<{ path: string | null; found: boolean }> => {
  const path = sentFolder(await client.list())
  if (path === null) return { path, found: false }
  await client.mailboxOpen(path, { readOnly: true })
  const uids = await client.search({ header: { 'message-id': messageId } }, { uid: true })
  return { path, found: Array.isArray(uids) && uids.length > 0 }
}

export const foundInSent = (
  network: Network,
  server: MailServer,
  password: string,
  messageId: string,
): Promise<Opened<boolean>> =>
  withImap(network, server, password, async (client) => (await find(client, messageId)).found)

/** Gmail and Office 365 file what they send by themselves: a second copy would be a duplicate. */
export const fileInSent = (
  network: Network,
  server: MailServer,
  password: string,
  messageId: string,
  raw: Buffer,
): Promise<Opened<'filed' | 'there' | 'noFolder'>> =>
  withImap(network, server, password, async (client) => {
    const { path, found } = await find(client, messageId)
    if (path === null) return 'noFolder'
    if (found) return 'there'
    await client.append(path, raw, ['\\Seen'])
    return 'filed'
  })
