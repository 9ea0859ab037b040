/**
 * Where a letter lies, as the Почта tab shows it. It follows a letter from one folder kept in Interes
 * to another: the letter turns up in the new folder, is known by its Message-ID, and is gone from the
 * old one. Most programs move by copying and deleting, and some letters lie in two folders for good
 * (one written to oneself): so a copy is remembered, at the relay, and asked after at each look at
 * the old folder until it is gone.
 *
 * A letter that was deleted, or moved to a folder that is not kept in Interes, stays in its dialog and
 * keeps the folder it was last seen in: a mailbox that somebody tidies must not take away what the
 * company knows of its clients. This needs no QRESYNC, which Gmail does not have.
 */
import type { ImapFlow } from 'imapflow'
import { minute } from '../../shared/clock.ts'
import type { AccountContext } from '../channel.ts'
import { knownLetters } from './known-letters.ts'
import { persist } from './persist.ts'

/** A letter that turned up in another folder than the one it is shown in. */
interface Copy {
  segment: string
  key: string
  messageId: string
  from: string
  /** In `from`; not known before the first look. */
  uid?: number
  to: string
}

const stateKey = 'imap-copies'
/** Copies that are remembered. Letters to oneself stay among them; the oldest are forgotten. */
const maxCopies = 100
/** For so long a letter that left may be in INBOX, written to ourselves, and not yet filed in Sent. */
const filing = 5 * minute

export interface Moves {
  /** Letters that the relay had already turned up in the selected folder; a command's worth of them. */
  turnedUp(client: Pick<ImapFlow, 'fetchAll'>, path: string, uids: number[]): Promise<void>
  /** Looks which copies have gone from the selected folder. `anew`: its uids mean nothing now. */
  lookFor(client: Pick<ImapFlow, 'search'>, path: string, anew: boolean): Promise<void>
  /** Whether a copy was found of a letter in this folder, which was not looked at since. */
  toBeChecked(path: string | null): boolean
}

/** For one connection. `isKept` tells the folders that are looked at. */
export const createMoves = (
  context: AccountContext,
  signal: AbortSignal,
  isKept: (path: string) => boolean,
): Moves => {
  const { relay, records, account, clock, log } = context
  let copies: Copy[] | null = null

  const load = async (): Promise<Copy[]> => {
    if (copies === null) {
      const stored = await persist(context, signal, () => relay.state(account.id, stateKey))
      copies = copiesOf(stored?.value)
    }
    return copies
  }
  const save = async (next: Copy[]): Promise<void> => {
    copies = next.slice(-maxCopies)
    const value = copies
    await persist(context, signal, () => relay.setState(account.id, stateKey, value))
  }

  const setFolder = async ({ segment, key, from, to }: Copy): Promise<void> => {
    await persist(context, signal, () =>
      records.change('segment', segment, (row) => {
        const entry = row?.messages.find((each) => each.key === key)
        if (entry === undefined || (entry.folder ?? '') !== from) return null
        const { key: _key, state: _state, ...message } = entry
        return { messages: { [key]: { ...message, folder: to } } }
      }),
    )
    log.info({ key, from, to }, 'Letter moved')
  }

  const uidOf = async (client: Pick<ImapFlow, 'search'>, copy: Copy): Promise<number | null> => {
    // Marked \Deleted is the half-way of programs that do not know MOVE.
    const query =
      copy.uid === undefined
        ? { header: { 'message-id': copy.messageId }, deleted: false }
        : { uid: String(copy.uid), deleted: false }
    const found = (await client.search(query, { uid: true })) || []
    return found[0] ?? null
  }

  return {
    async turnedUp(client, path, uids) {
      const added: Copy[] = []
      for (const { segment, entry } of await knownLetters(context, signal, client, uids)) {
        const { key, messageId, folder: from, direction, state } = entry
        if (from === path) continue
        if (direction === 'out' && clock() - (state?.at ?? 0) < filing) continue
        const copy: Copy = { segment, key, messageId, from: from ?? '', to: path }
        // Where nobody looks the letter cannot be looked for; it certainly lies here.
        if (isKept(copy.from)) added.push(copy)
        else await setFolder(copy)
      }
      if (added.length === 0) return
      const keys = new Set(added.map(({ key }) => key))
      await save([...(await load()).filter(({ key }) => !keys.has(key)), ...added])
    },
    async lookFor(client, path, anew) {
      const known = await load()
      const next: Copy[] = []
      for (const copy of known) {
        if (copy.from !== path) {
          next.push(copy)
          continue
        }
        const { uid: _uid, ...unknown } = copy
        const uid = await uidOf(client, anew ? unknown : copy)
        if (uid === null) await setFolder(copy)
        else next.push(copy.uid === uid ? copy : { ...copy, uid })
      }
      if (next.length !== known.length || next.some((copy, at) => copy !== known[at])) {
        await save(next)
      }
    },
    toBeChecked: (path) =>
      copies?.some(({ from, uid }) => from === path && uid === undefined) ?? false,
  }
}

const copiesOf = (value: unknown): Copy[] =>
  // Written by `save` alone.
  Array.isArray(value) ? (value as Copy[]) : []
