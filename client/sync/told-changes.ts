/**
 * What waits in the outbox, as far as it is known without reading it. Whoever stores a change sends
 * it along with the word of it (see `ChannelMessage`), so that an edit is pushed at once, and the
 * base is asked neither for it nor whether anything else waits.
 *
 *     n      … 15   16   17 │ 18   19   20
 *            gone to relay  │ told by the tabs
 *                         upTo
 *
 * Numbers of changes are given in the order of their transactions, with no gap. So what was told is
 * all there is where it goes on without a gap from the last that has left. Anything else (a tab that
 * says only that something changed, a refusal, a lost connection) means to read the base again, which
 * alone decides.
 */
import { maxPushEntries } from '../../shared/protocol/push.ts'
import type { OutboxEntry } from '../replica/tables.ts'

export interface Told {
  /** Of the relay, as it was when the outbox was last read. */
  epoch: string
  /** All that waits, in order. */
  entries: OutboxEntry[]
}

export interface ToldChanges {
  /** Something was stored; nothing is known of it where `entries` are not given. */
  tell(entries?: readonly OutboxEntry[]): void
  /** Takes what waits, for one push. Null: the base has to be read. */
  take(): Told | null
  /** What was taken or read has left the outbox, and the last of it had this number. */
  left(upTo: number, epoch: string): void
}

export const toldChanges = (): ToldChanges => {
  let known: { upTo: number; epoch: string } | null = null
  let told: OutboxEntry[] = []
  let missed = false
  return {
    tell: (entries) => {
      // Files go first, and may come to be there without a word.
      if (!entries || entries.some(({ files }) => files.length > 0)) missed = true
      else if (!missed) told.push(...entries)
    },
    take: () => {
      const from = missed ? null : known
      const entries = from ? told.filter(({ n }) => n > from.upTo).sort((a, b) => a.n - b.n) : []
      told = []
      missed = false
      const isAll = entries.every(({ n }, at) => from && n === from.upTo + 1 + at)
      // What is taken is not known to have left until `left` says so.
      if (!from || !isAll || entries.length > 0) known = null
      return from && isAll && entries.length <= maxPushEntries
        ? { epoch: from.epoch, entries }
        : null
    },
    left: (upTo, epoch) => {
      known = { upTo, epoch }
    },
  }
}
