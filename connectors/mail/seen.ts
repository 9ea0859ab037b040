/**
 * Letters read in another mail program mark their dialog seen. Only what changed since the cursor's
 * MODSEQ is asked for (CONDSTORE, RFC 7162), so that a look costs the same at 100 letters and at
 * 100,000. Servers without it say nothing of changes, and nothing is followed.
 *
 * "Unread" set again in another program changes nothing: `seenAt` never goes back.
 */
import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow'
import type { AccountContext } from '../channel.ts'
import { knownLetters } from './known-letters.ts'
import { persist } from './persist.ts'

/** Letters marked between two looks for new ones: somebody may mark the whole mailbox read. */
const atOnce = 100

export interface Seen {
  /**
   * Follows the changes of the selected folder, or goes on with them.
   * @param since null: nothing was followed yet; letters read before the connection count as well.
   * @param taken uids that the relay may know: from the first up to, and without, the next.
   * @returns the MODSEQ up to which all is at the relay; `since` while it is not.
   */
  follow(
    client: Pick<ImapFlow, 'fetchAll'>,
    folder: Pick<MailboxObject, 'highestModseq' | 'noModseq'>,
    since: bigint | null,
    taken: { first: number; next: number },
  ): Promise<bigint | null>
  /** More waits to be marked. */
  isBehind(): boolean
}

interface Changes {
  uids: number[]
  upTo: bigint
}

type Changed = Pick<FetchMessageObject, 'flags' | 'modseq'> & { uid?: number }

/** Which letters were read, and up to which MODSEQ that is all. */
export const changesToMark = (
  answered: Changed[],
  since: bigint | null,
  first: number,
  next: number,
): Changes => {
  // Without a uid it is the server's own word of a change amid the answer (seen with Dovecot): it may
  // be of a letter that the answer does not name, and is asked for again.
  const changed = answered.filter((each): each is Changed & { uid: number } => !!each.uid)
  let upTo = since ?? 1n
  for (const { modseq = 0n } of changed) if (modseq > upTo) upTo = modseq
  // Came, and was perhaps read, after the look for new letters: it is not at the relay yet.
  for (const { uid, modseq = 0n } of changed) if (uid >= next && modseq <= upTo) upTo = modseq - 1n
  return {
    // "5:*" names the last letter even where it is older than 5.
    uids: changed
      .filter(({ uid, flags }) => uid >= first && uid < next && flags?.has('\\Seen'))
      .map(({ uid }) => uid),
    upTo: upTo < 1n ? 1n : upTo,
  }
}

/** For one connection and one folder. */
export const createSeen = (context: AccountContext, signal: AbortSignal): Seen => {
  let waiting: Changes | null = null
  let interrupted = false

  const mark = async (client: Pick<ImapFlow, 'fetchAll'>, uids: number[]): Promise<void> => {
    const seenAt = new Map<string, number>()
    for (const { dialog, entry } of await knownLetters(context, signal, client, uids)) {
      if (entry.direction !== 'in') continue
      seenAt.set(dialog, Math.max(seenAt.get(dialog) ?? 0, entry.at))
    }
    for (const [dialog, at] of seenAt) {
      await persist(context, signal, () =>
        context.records.change('dialog', dialog, (row) =>
          row === null || (row.seenAt ?? 0) >= at ? null : { seenAt: at },
        ),
      )
    }
  }

  return {
    async follow(client, folder, since, { first, next }) {
      if (folder.noModseq || !folder.highestModseq) return since
      if (waiting === null) {
        const changed = await client.fetchAll(
          `${first}:*`,
          { uid: true, flags: true },
          { uid: true, ...(since !== null && { changedSince: since }) },
        )
        waiting = changesToMark(changed, since, first, next)
        const { upTo } = waiting
        interrupted = changed.some(({ uid, modseq = 0n }: Changed) => !uid && modseq > upTo)
      }
      await mark(client, waiting.uids.splice(0, atOnce))
      // Stopped in the middle: the next connection begins with these changes again.
      if (signal.aborted || waiting.uids.length > 0) return since
      const { upTo } = waiting
      waiting = null
      return upTo
    },
    isBehind: () => waiting !== null || interrupted,
  }
}
