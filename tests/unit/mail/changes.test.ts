import type { FetchMessageObject, FetchOptions } from 'imapflow'
import { describe, expect, it } from 'vitest'
import type { AccountContext } from '../../../connectors/channel.ts'
import { remoteRecords } from '../../../connectors/host/records.ts'
import { deliver } from '../../../connectors/mail/deliver.ts'
import { createMoves } from '../../../connectors/mail/moves.ts'
import { changesToMark, createSeen } from '../../../connectors/mail/seen.ts'
import { minute } from '../../../shared/clock.ts'
import { account, letter } from './letters.ts'
import { memoryRelay } from './memory-relay.ts'

const now = Date.UTC(2026, 10, 21, 12)
const running = new AbortController().signal
const seenFlag = new Set(['\\Seen'])

const contextOf = (relay = memoryRelay(), clock = () => now): AccountContext => ({
  account,
  password: '',
  relay,
  records: remoteRecords(relay, clock),
  holder: 'h',
  clock,
  random: () => 0,
  log: { info: () => {}, warn: () => {}, error: () => {} },
  leaseHeld: () => true,
  reportHealth: () => {},
})

/** Puts letters into the CRM, one dialog each: `id` at `now + n` minutes. */
const store = async (
  context: AccountContext,
  ids: string[],
  direction: 'in' | 'out' = 'in',
  folder = 'INBOX',
) => {
  for (const [n, id] of ids.entries()) {
    const made = letter({ messageId: id, date: now + n * minute })
    const stored = await deliver(context, {
      letter: made,
      raw: Buffer.from(id),
      kind: { kind: 'personal' },
      direction,
      folder,
      arrivedAt: now + n * minute,
      fresh: true,
    })
    expect(stored).toEqual({ ok: true, value: 'stored' })
  }
}

interface Asked {
  range: string
  changedSince: bigint | undefined
}

/** A folder whose letter with uid n has the Message-ID `ids[n - 1]`; remembers what it was asked. */
const folderOf = (ids: string[], changed: Partial<FetchMessageObject>[] = []) => {
  const asked: Asked[] = []
  return {
    asked,
    fetchAll: async (range: unknown, query: { headers?: unknown }, options?: FetchOptions) => {
      // The connector counts in bigint.
      asked.push({
        range: String(range),
        changedSince: options?.changedSince as bigint | undefined,
      })
      if (!query.headers) return changed.map((each, seq) => ({ seq, uid: 0, ...each }))
      return String(range)
        .split(',')
        .map((uid) => ({
          seq: 1,
          uid: Number(uid),
          headers: Buffer.from(`Message-ID:\r\n <${ids[Number(uid) - 1]}>\r\n\r\n`),
        }))
    },
  }
}

const seenAts = (relay: ReturnType<typeof memoryRelay>) =>
  [...relay.rows.values()].filter(({ type }) => type === 'dialog').map(({ seenAt }) => seenAt)

describe('changes of letters', () => {
  const changed = (uid: number, modseq: bigint, flags = seenFlag) => ({ uid, modseq, flags })

  it('are those of letters that are at the relay, up to the highest MODSEQ', () => {
    expect(
      changesToMark([changed(3, 12n), changed(4, 15n, new Set()), changed(1, 11n)], 10n, 2, 5),
    ).toEqual({ uids: [3], upTo: 15n })
    expect(changesToMark([], 10n, 2, 5)).toEqual({ uids: [], upTo: 10n })
    expect(changesToMark([], null, 2, 5)).toEqual({ uids: [], upTo: 1n })
  })

  it('are asked for again where a letter was read before it was taken', () => {
    // Letter 5 came after the look for new ones, with MODSEQ 13: what is above 12 is asked for again.
    expect(changesToMark([changed(3, 12n), changed(4, 15n), changed(5, 13n)], 10n, 2, 5)).toEqual({
      uids: [3, 4],
      upTo: 12n,
    })
  })
})

describe('a letter read in another program', () => {
  it('while the server answers is asked for again', async () => {
    const context = contextOf()
    const word = { uid: undefined, modseq: 16n, flags: seenFlag } as unknown as FetchMessageObject // as imapflow gives it
    expect(changesToMark([word], 10n, 1, 3)).toEqual({ uids: [], upTo: 10n })
    const seen = createSeen(context, running)
    const folder = folderOf(['a@x'], [word])
    expect(await seen.follow(folder, { highestModseq: 16n }, 10n, { first: 1, next: 3 })).toBe(10n)
    expect(seen.isBehind()).toBe(true)
    const calm = folderOf(['a@x'])
    expect(await seen.follow(calm, { highestModseq: 16n }, 10n, { first: 1, next: 3 })).toBe(10n)
    expect(seen.isBehind()).toBe(false)
  })

  const condstore = { highestModseq: 20n }

  it('marks its dialog seen, and never back', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    await store(context, ['a@x', 'b@x'])
    const folder = folderOf(['a@x', 'b@x'], [{ uid: 2, modseq: 15n, flags: seenFlag }])
    const seen = createSeen(context, running)
    expect(await seen.follow(folder, condstore, 10n, { first: 1, next: 3 })).toBe(15n)
    expect(folder.asked[0]).toEqual({ range: '1:*', changedSince: 10n })
    expect(seenAts(relay)).toEqual([undefined, now + minute])

    const [, dialog] = [...relay.rows.values()].filter(({ type }) => type === 'dialog')
    await context.records.change('dialog', String(dialog?.id), () => ({ seenAt: now + 5 * minute }))
    await seen.follow(folder, condstore, 10n, { first: 1, next: 3 })
    expect(seenAts(relay)).toEqual([undefined, now + 5 * minute])
  })

  it('is one of many, and new letters do not wait for all of them', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    const ids = Array.from({ length: 130 }, (_, at) => `${at}@x`)
    // The relay knows the first and the last of each hundred.
    await store(context, ['0@x', '99@x', '100@x', '129@x'])
    // Marked all at once: all have the same MODSEQ, so that no cursor can stand between them.
    const changed = ids.map((_, at) => ({ uid: at + 1, modseq: 15n, flags: seenFlag }))
    const folder = folderOf(ids, changed)
    const seen = createSeen(context, running)
    const follow = () => seen.follow(folder, condstore, 10n, { first: 1, next: 131 })
    expect([await follow(), seen.isBehind()]).toEqual([10n, true])
    expect(seenAts(relay).filter((at) => at !== undefined)).toHaveLength(2)
    expect([await follow(), seen.isBehind()]).toEqual([15n, false])
    expect(seenAts(relay).filter((at) => at !== undefined)).toHaveLength(4)
    expect(folder.asked.filter(({ changedSince }) => changedSince !== undefined)).toHaveLength(1)
  })

  it('counts when it was read before the mailbox was connected', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    await store(context, ['a@x'])
    const folder = folderOf(['?', '?', 'a@x'], [{ uid: 3, modseq: 7n, flags: seenFlag }])
    const seen = createSeen(context, running)
    expect(await seen.follow(folder, condstore, null, { first: 3, next: 4 })).toBe(7n)
    expect(folder.asked[0]).toEqual({ range: '3:*', changedSince: undefined })
    expect(seenAts(relay)).toEqual([now])
  })

  it('is not followed where the server keeps no MODSEQ', async () => {
    const folder = folderOf([])
    const seen = createSeen(contextOf(), running)
    const taken = { first: 1, next: 2 }
    expect(await seen.follow(folder, {}, null, taken)).toBeNull()
    expect(await seen.follow(folder, { ...condstore, noModseq: true }, null, taken)).toBeNull()
    expect(folder.asked).toEqual([])
  })
})

describe('a letter that turns up in another folder', () => {
  const folderNow = (relay: ReturnType<typeof memoryRelay>) =>
    [...relay.rows.values()]
      .filter(({ type }) => type === 'segment')
      .flatMap(({ messages }) => (messages as { folder?: string }[]).map(({ folder }) => folder)) // a segment's row
  const isKept = (path: string) => path !== 'Old'
  const searching = (...answers: number[][]) => {
    const queries: object[] = []
    return {
      queries,
      search: async (query: object) => {
        queries.push(query)
        return answers.shift() ?? []
      },
    }
  }

  it('is shown there once it has gone from the first, even by another process', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    await store(context, ['a@x'])
    const moves = createMoves(context, running, isKept)
    await moves.turnedUp(folderOf(['a@x']), 'Sent', [1])
    expect([folderNow(relay), moves.toBeChecked('INBOX')]).toEqual([['INBOX'], true])

    const still = searching([9])
    await moves.lookFor(still, 'INBOX', false)
    expect(still.queries).toEqual([{ header: { 'message-id': '<a@x>' }, deleted: false }])
    expect([folderNow(relay), moves.toBeChecked('INBOX')]).toEqual([['INBOX'], false])

    const next = createMoves(context, running, isKept)
    const gone = searching([])
    await next.lookFor(gone, 'INBOX', false)
    expect(gone.queries).toEqual([{ uid: '9', deleted: false }])
    expect(folderNow(relay)).toEqual(['Sent'])
    await next.lookFor(gone, 'INBOX', false)
    expect(gone.queries).toHaveLength(1)
  })

  it('is looked for by its id where the uids mean nothing any more', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    await store(context, ['a@x'])
    const moves = createMoves(context, running, isKept)
    await moves.turnedUp(folderOf(['a@x']), 'Sent', [1])
    const folder = searching([9], [4], [4])
    await moves.lookFor(folder, 'INBOX', false)
    await moves.lookFor(folder, 'INBOX', true)
    await moves.lookFor(folder, 'INBOX', false)
    expect(folder.queries.slice(1)).toEqual([
      { header: { 'message-id': '<a@x>' }, deleted: false },
      { uid: '4', deleted: false },
    ])
  })

  it('moves at once from a folder that nobody looks at', async () => {
    const relay = memoryRelay()
    const context = contextOf(relay)
    await store(context, ['a@x'], 'in', 'Old')
    await createMoves(context, running, isKept).turnedUp(folderOf(['a@x']), 'INBOX', [1])
    expect(folderNow(relay)).toEqual(['INBOX'])
  })

  it('stays in Sent when it is ours, came to us as well, and is not filed yet', async () => {
    const relay = memoryRelay()
    await store(contextOf(relay), ['a@x'], 'out', 'Sent')
    const atOnce = createMoves(contextOf(relay), running, isKept)
    await atOnce.turnedUp(folderOf(['a@x']), 'INBOX', [1])
    expect(atOnce.toBeChecked('Sent')).toBe(false)
    const later = createMoves(
      contextOf(relay, () => now + 6 * minute),
      running,
      isKept,
    )
    await later.turnedUp(folderOf(['a@x']), 'INBOX', [1])
    expect(later.toBeChecked('Sent')).toBe(true)
  })
})
