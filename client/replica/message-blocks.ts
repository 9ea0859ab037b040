/**
 * Messages by the block: what one entry of the table `messageBlock` holds, and how a block takes
 * more of them. No I/O.
 *
 *     dialog   ├── October ──────────┼── November ─────────────────────
 *     blocks   │ from 1 Oct │ 17 Oct │ from 1 Nov │ 9 Nov 10:02 │ 20 Nov
 *
 * A block holds the messages of its dialog from its `from` up to that of the next block, so that
 * blocks never overlap, and a message is put or found by reading one of them.
 */
import type { MessageEntry } from '../../shared/records/segment.ts'
import type { MessageRow } from './tables.ts'

/** Whose messages a block holds. */
export interface BlockHead {
  segment: string
  dialog: string
  account: string
}

/** Account, folder, time of the block's newest message in that folder. */
export type Place = [account: string, folder: string, at: number]

export interface MessageBlock extends BlockHead {
  /** Earliest time of its messages, ms: of the first block of a segment the month's beginning. */
  from: number
  /** One of each folder. */
  places: Place[]
  /** `MessageEntry[]` by time, as JSON: kept and read several times faster than as objects. */
  json: string
}

/** A new message rewrites so many at most. */
const maxMessages = 100
/**
 * Characters of a block. At two bytes each it stays under 64 KB; larger values are kept by Chromium
 * in files of their own.
 */
const maxLength = 24 * 1024

/** The messages of a block, by time. */
export const entriesOf = ({ json }: Pick<MessageBlock, 'json'>): MessageEntry[] =>
  JSON.parse(json) as MessageEntry[] // written by this file only

/** A row without what its block says of all its messages. */
export const entryOf = (row: MessageRow): MessageEntry => {
  const { id: _id, segment: _segment, dialog: _dialog, account: _account, ...entry } = row
  return entry
}

/** First moment of the month (UTC) of a time. */
export const monthStart = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** First moment of the month after that of a time. */
export const monthEnd = (at: number): number => {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/** Order of messages of one dialog. */
export const byTime = (
  a: Pick<MessageEntry, 'at' | 'key'>,
  b: Pick<MessageEntry, 'at' | 'key'>,
): number => a.at - b.at || (a.key < b.key ? -1 : 1)

/** The messages of a month as blocks that are full, but for the last. */
export const packMessages = (head: BlockHead, entries: readonly MessageEntry[]): MessageBlock[] => {
  const [first] = entries
  if (!first) return []
  return packed(head, monthStart(first.at), [...entries].sort(byTime), filled)
}

/**
 * A block with messages added and others in the place of theirs, as one block or more. Where it
 * grows at its end, the new ones get another block and the full one is left alone from then on.
 */
export const blockWith = (
  { segment, dialog, account, from }: MessageBlock,
  before: readonly MessageEntry[],
  added: readonly MessageEntry[],
): MessageBlock[] => {
  const head = { segment, dialog, account }
  const entryByKey = new Map(before.map((entry) => [entry.key, entry]))
  const atEnd = added.every(
    (entry) => entryByKey.has(entry.key) || byTime(before.at(-1) ?? entry, entry) <= 0,
  )
  for (const entry of added) entryByKey.set(entry.key, entry)
  return packed(head, from, [...entryByKey.values()].sort(byTime), atEnd ? filled : halved)
}

type Written = { entry: MessageEntry; json: string }

const packed = (
  head: BlockHead,
  from: number,
  entries: readonly MessageEntry[],
  cut: (written: readonly Written[]) => (readonly Written[])[],
): MessageBlock[] =>
  cut(entries.map((entry) => ({ entry, json: JSON.stringify(entry) }))).map((part, index) => ({
    ...head,
    from: index === 0 ? from : (part[0]?.entry.at ?? from),
    places: placesOf(
      head,
      part.map(({ entry }) => entry),
    ),
    json: `[${part.map(({ json }) => json).join(',')}]`,
  }))

const lengthOf = (written: readonly Written[]): number =>
  written.reduce((sum, { json }) => sum + json.length, 0)

const fits = (written: readonly Written[]): boolean =>
  written.length <= maxMessages && lengthOf(written) <= maxLength

/** One block after another is filled. Messages of the same millisecond stay together. */
const filled = (written: readonly Written[]): Written[][] => {
  const blocks: Written[][] = []
  let block: Written[] = []
  let length = 0
  for (const each of written) {
    const isFull = block.length >= maxMessages || length + each.json.length > maxLength
    if (isFull && block.length > 0 && block.at(-1)?.entry.at !== each.entry.at) {
      blocks.push(block)
      block = []
      length = 0
    }
    block.push(each)
    length += each.json.length
  }
  return block.length > 0 ? [...blocks, block] : blocks
}

/** As often cut in the middle as it takes: blocks that get older messages keep room for more. */
const halved = (written: readonly Written[]): (readonly Written[])[] => {
  if (fits(written)) return written.length > 0 ? [written] : []
  const middle = written[Math.ceil(written.length / 2)]?.entry.at
  const at = written.findIndex(({ entry }) => entry.at === middle)
  const end = at > 0 ? at : written.findIndex(({ entry }) => entry.at > (middle ?? 0))
  if (end <= 0) return [written]
  return [...halved(written.slice(0, end)), ...halved(written.slice(end))]
}

const placesOf = ({ account }: BlockHead, entries: readonly MessageEntry[]): Place[] => {
  const newest = new Map<string, number>()
  for (const { folder, at } of entries) if (folder !== undefined) newest.set(folder, at)
  return [...newest].map(([folder, at]) => [account, folder, at])
}
