/**
 * One look at a folder: what is new in it, what became of the letters in it. The cursor is stored at
 * the relay only after what it covers is.
 */
import type { ImapFlow } from 'imapflow'
import type { AccountContext } from '../channel.ts'
import type { LetterParser } from './letter/parser.ts'
import type { Moves } from './moves.ts'
import { persist } from './persist.ts'
import type { Seen } from './seen.ts'
import { cursorOf, type FolderCursor, firstSince, firstUids, syncPlan } from './sync-plan.ts'
import { takeLetter } from './take-letter.ts'

/** Letters between two stored cursors: after a crash so many are recognised again, at most. */
const cursorEvery = 20

interface TakeOptions {
  context: AccountContext
  parser: LetterParser
  moves: Moves
  seen: Seen
  signal: AbortSignal
}

export interface Folder {
  path: string
  direction: 'in' | 'out'
}

/** Throws where the connection ends; waits where the relay is away. */
export const takeFolder = async (
  options: TakeOptions,
  client: ImapFlow,
  folder: Folder,
): Promise<void> => {
  const { context, moves, seen, signal } = options
  const { relay, account } = context
  const selected =
    client.mailbox && client.mailbox.path === folder.path
      ? client.mailbox
      : await client.mailboxOpen(folder.path, { readOnly: true })
  const key = `imap:${folder.path}`
  const stored = await persist(context, signal, () => relay.state(account.id, key))
  if (!stored) return
  const plan = syncPlan(cursorOf(stored.value), selected)
  const uidValidity = String(selected.uidValidity)

  const isFirst = plan.kind === 'first'
  const freshFrom = isFirst ? selected.uidNext : plan.freshFrom
  const uids = isFirst
    ? firstUids(
        (await client.search({ since: new Date(firstSince(context.clock())) }, { uid: true })) ||
          [],
      )
    : await uidsFrom(client, plan.next)
  const first = isFirst ? (uids[0] ?? selected.uidNext) : plan.first
  let modseq = isFirst ? null : plan.modseq
  let next = isFirst ? first : plan.next
  let saved = isFirst ? null : JSON.stringify([next, modseq?.toString()])
  const save = async (): Promise<void> => {
    const wanted = JSON.stringify([next, modseq?.toString()])
    if (saved === wanted) return
    const cursor: FolderCursor = {
      uidValidity,
      next,
      freshFrom,
      first,
      ...(modseq !== null && { modseq: String(modseq) }),
    }
    const kept = await persist(context, signal, () => relay.setState(account.id, key, cursor))
    if (kept) saved = wanted
  }
  // Before anything else: what comes after this moment is new, even if we die in the middle.
  if (isFirst) await save()
  const known: number[] = []
  const settle = async (): Promise<void> => {
    await moves.turnedUp(client, folder.path, known.splice(0))
    await save()
  }
  for (const [at, uid] of uids.entries()) {
    const taken = await takeLetter(options, client, { ...folder, uid, fresh: uid >= freshFrom })
    if (taken === 'stopped') return
    if (taken === 'known') known.push(uid)
    next = uid + 1
    if ((at + 1) % cursorEvery === 0) await settle()
  }
  await settle()
  await moves.lookFor(client, folder.path, isFirst)
  // Our own letters are nobody's to read.
  if (folder.direction === 'in')
    modseq = await seen.follow(client, selected, modseq, { first, next })
  await save()
}

/** Uids not taken yet, oldest first. "5:*" names the last letter even where it is older than 5. */
const uidsFrom = async (client: ImapFlow, next: number): Promise<number[]> => {
  const found = (await client.search({ uid: `${next}:*` }, { uid: true })) || []
  return found.filter((uid) => uid >= next).sort((a, b) => a - b)
}
