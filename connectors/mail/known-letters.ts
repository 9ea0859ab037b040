/**
 * Letters of the mailbox that are at the relay already, by their Message-ID. One without a Message-ID
 * cannot be found this way: what other programs do with it is not followed.
 */
import type { ImapFlow } from 'imapflow'
import type { MessageEntry } from '../../shared/records/segment.ts'
import type { AccountContext } from '../channel.ts'
import { messageIdsOf } from './letter/threading.ts'
import { bracketed } from './message.ts'
import { persist } from './persist.ts'

export interface KnownLetter {
  uid: number
  segment: string
  dialog: string
  entry: MessageEntry & { messageId: string }
}

const header = /^message-id:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im

/** In the selected folder; `uids` are few enough for one command. */
export const knownLetters = async (
  context: AccountContext,
  signal: AbortSignal,
  client: Pick<ImapFlow, 'fetchAll'>,
  uids: number[],
): Promise<KnownLetter[]> => {
  if (uids.length === 0) return []
  const { relay, records, account } = context
  const fetched = await client.fetchAll(
    uids.join(','),
    { uid: true, headers: ['message-id'] },
    { uid: true },
  )
  const entries = new Map<string, MessageEntry[]>()
  const found: KnownLetter[] = []
  for (const { uid, headers } of fetched) {
    const id = messageIdsOf(header.exec(headers?.toString('latin1') ?? '')?.[1])[0]
    if (id === undefined) continue
    const messageId = bracketed(id)
    const hits = await persist(context, signal, () =>
      relay.lookup('messageId', messageId, account.id),
    )
    const hit = hits?.value.find(({ dialog }) => dialog !== undefined)
    if (hit?.dialog === undefined) continue
    if (!entries.has(hit.id)) {
      const read = await persist(context, signal, () => records.read('segment', hit.id))
      entries.set(hit.id, read?.value?.messages ?? [])
    }
    const entry = entries.get(hit.id)?.find((each) => each.messageId === messageId)
    if (entry) {
      found.push({ uid, segment: hit.id, dialog: hit.dialog, entry: { ...entry, messageId } })
    }
  }
  return found
}
