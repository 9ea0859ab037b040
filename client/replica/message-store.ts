/**
 * Where the messages of dialogs are: the one place that reads and writes `messageBlock`. Whoever
 * writes does so in a transaction with `messageTables`, together with the row of the segment.
 *
 * A put costs some 90 µs whatever its size, so that messages are kept by the block (see
 * `message-blocks.ts`). Every write notes for the search which messages it was about: the changelog
 * of the other rows sees entries of tables, and an entry here is many messages.
 */
import Dexie from 'dexie'
import { sameValue } from '../../shared/equality.ts'
import type { Row } from '../../shared/records/declaration.ts'
import type { RowsByType } from '../../shared/records/index.ts'
import type { MessageEntry } from '../../shared/records/segment.ts'
import {
  type BlockHead,
  blockWith,
  byTime,
  entriesOf,
  entryOf,
  type MessageBlock,
  monthEnd,
  packMessages,
} from './message-blocks.ts'
import type { MessageRow, ReplicaBase } from './tables.ts'

/** Key of a block: its dialog and where it begins. */
export type BlockKey = [dialog: string, from: number]

/** Tables that a transaction with the writing functions needs. */
export const messageTables = (base: ReplicaBase) => [base.messageBlock, base.searchLog]

/**
 * Folder of the rows of letters written here: they lie in no folder of the mailbox that we know of,
 * and are listed with those of Sent (RFC 6154).
 */
export const writtenHere = '\\Sent'

/** Messages of a projected segment as rows. */
export const messageRows = (row: Row): MessageRow[] => {
  if (row.type !== 'segment') return []
  const { id, dialog, account, messages } = row as unknown as RowsByType['segment'] // by its type
  return messages.map((entry) => rowOf({ segment: id, dialog, account }, inFolder(entry)))
}

const inFolder = (entry: MessageEntry): MessageEntry =>
  entry.kind === 'letter' && entry.direction === 'out' && entry.folder === undefined
    ? { ...entry, folder: writtenHere }
    : entry

const rowOf = ({ segment, dialog, account }: BlockHead, entry: MessageEntry): MessageRow => ({
  ...entry,
  id: `${segment}/${entry.key}`,
  segment,
  dialog,
  account,
})

const rowsIn = (block: MessageBlock): MessageRow[] =>
  entriesOf(block).map((entry) => rowOf(block, entry))

const bySegment = (rows: readonly MessageRow[]): Map<string, MessageRow[]> => {
  const groups = new Map<string, MessageRow[]>()
  for (const row of rows) {
    const group = groups.get(row.segment)
    if (group) group.push(row)
    else groups.set(row.segment, [row])
  }
  return groups
}

const noteOf = (rows: readonly MessageRow[]) => ({
  kind: 'message' as const,
  keys: rows.map(({ id }) => id),
})

const noteOfGone = (rows: readonly MessageRow[]) => ({ ...noteOf(rows), gone: 1 as const })

/** Each is asked for at once: a cursor over many waits for each step. */
const blocksOf = async (base: ReplicaBase, segments: readonly string[]): Promise<MessageBlock[]> =>
  (
    await Promise.all(
      segments.map((segment) => base.messageBlock.where('segment').equals(segment).toArray()),
    )
  ).flat()

/** Puts messages, each in the place of what was known under its key. */
export const putMessages = async (
  base: ReplicaBase,
  rows: readonly MessageRow[],
): Promise<void> => {
  if (rows.length === 0) return
  const groups = await Promise.all(
    [...bySegment(rows)].map(([segment, list]) => mergedBlocks(base, segment, list)),
  )
  await Promise.all([
    base.messageBlock.bulkPut(groups.flatMap(({ blocks }) => blocks)),
    base.messageBlock.bulkDelete(groups.flatMap(({ emptied }) => emptied)),
    base.searchLog.add(noteOf(rows)),
  ])
}

/** The blocks of a segment that change when these messages are put. */
const mergedBlocks = async (
  base: ReplicaBase,
  segment: string,
  rows: readonly MessageRow[],
): Promise<{ blocks: MessageBlock[]; emptied: BlockKey[] }> => {
  const entries = [...new Map(rows.map((row) => [row.key, entryOf(row)])).values()]
  const keys = (await base.messageBlock.where('segment').equals(segment).primaryKeys()).sort(
    (a, b) => a[1] - b[1],
  )
  const [head] = rows
  if (!head || keys.length === 0) {
    const { dialog = '', account = '' } = head ?? {}
    return { blocks: packMessages({ segment, dialog, account }, entries), emptied: [] }
  }
  const placeOf = (at: number): number =>
    Math.max(
      keys.findLastIndex(([, from]) => from <= at),
      0,
    )
  const added = new Map<number, MessageEntry[]>()
  for (const entry of entries) {
    const place = placeOf(entry.at)
    added.set(place, [...(added.get(place) ?? []), entry])
  }
  const read = async (places: number[]): Promise<MessageBlock[]> =>
    (await base.messageBlock.bulkGet(keys.filter((_, place) => places.includes(place)))).flatMap(
      (block) => block ?? [],
    )
  const touched = await read([...added.keys()])
  const isIn = ({ json }: MessageBlock) => {
    return ({ key }: MessageEntry) => json.includes(JSON.stringify(key))
  }
  const others = [...keys.keys()].filter((place) => !added.has(place))
  // A message that was given another time is in another block: there it may not stay.
  if (others.length > 0 && !entries.every((entry) => touched.some((block) => isIn(block)(entry))))
    touched.push(...(await read(others)).filter((block) => entries.some(isIn(block))))
  const blocks: MessageBlock[] = []
  const emptied: BlockKey[] = []
  for (const block of touched) {
    const before = entriesOf(block)
    const more = added.get(placeOf(block.from)) ?? []
    const kept = before.filter(
      ({ key }) =>
        !entries.some((entry) => entry.key === key) || more.some((entry) => entry.key === key),
    )
    const now = blockWith(block, kept, more)
    blocks.push(...now)
    if (now.length === 0) emptied.push([block.dialog, block.from])
  }
  return { blocks, emptied }
}

/** Puts the messages of whole segments in the place of all that was known of them. */
export const replaceMessages = async (base: ReplicaBase, rows: readonly Row[]): Promise<void> => {
  const newest = new Map(rows.flatMap((row) => (row.type === 'segment' ? [[row.id, row]] : [])))
  if (newest.size === 0) return
  const messages = [...newest.values()].flatMap(messageRows)
  const old = await blocksOf(base, [...newest.keys()])
  const ids = new Set(messages.map(({ id }) => id))
  const known = new Map(old.flatMap(rowsIn).map((row) => [row.id, row]))
  const gone = [...known.values()].filter(({ id }) => !ids.has(id))
  const changed = messages.filter((row) => !sameValue(row, known.get(row.id)))
  const blocks = [...bySegment(messages).values()].flatMap((list) => {
    const [head] = list
    return head ? packMessages(headOf(head), list.map(entryOf)) : []
  })
  await base.messageBlock.bulkDelete(old.map(({ dialog, from }): BlockKey => [dialog, from]))
  await Promise.all([
    base.messageBlock.bulkPut(blocks),
    base.searchLog.bulkAdd([
      ...(gone.length > 0 ? [noteOfGone(gone)] : []),
      ...(changed.length > 0 ? [noteOf(changed)] : []),
    ]),
  ])
}

const headOf = ({ segment, dialog, account }: MessageRow): BlockHead => ({
  segment,
  dialog,
  account,
})

/** Deletes all messages of segments. */
export const dropMessages = async (
  base: ReplicaBase,
  segments: readonly string[],
): Promise<void> => {
  const old = await blocksOf(base, segments)
  if (old.length === 0) return
  await Promise.all([
    base.messageBlock.bulkDelete(old.map(({ dialog, from }): BlockKey => [dialog, from])),
    base.searchLog.add(noteOfGone(old.flatMap(rowsIn))),
  ])
}

/** All messages of segments, by time within each. */
export const messagesOfSegments = async (
  base: ReplicaBase,
  segments: readonly string[],
): Promise<MessageRow[]> => (await blocksOf(base, segments)).flatMap(rowsIn).sort(byTime)

/** Messages by their ids, in the order of these. */
export const messagesById = async (
  base: ReplicaBase,
  ids: readonly string[],
): Promise<(MessageRow | undefined)[]> => {
  const wanted = new Set(ids)
  const segments = new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))
  const rows = new Map<string, MessageRow>()
  for (const block of await blocksOf(base, [...segments]))
    for (const row of rowsIn(block)) if (wanted.has(row.id)) rows.set(row.id, row)
  return ids.map((id) => rows.get(id))
}

const blocksOfDialog = (base: ReplicaBase, dialog: string) =>
  base.messageBlock.where('[dialog+from]').between([dialog, Dexie.minKey], [dialog, Dexie.maxKey])

/** The newest `limit` messages of a dialog, oldest of them first. Older blocks are not read. */
export const newestMessages = async (
  base: ReplicaBase,
  dialog: string,
  limit: number,
): Promise<MessageRow[]> => {
  const keys = await blocksOfDialog(base, dialog).primaryKeys()
  let found: MessageRow[] = []
  while (found.length < limit) {
    const key = keys.pop()
    if (!key) break
    const block = await base.messageBlock.get(key)
    if (block) found = [...rowsIn(block), ...found]
  }
  return found.slice(-limit)
}

/** A block and the time before which all its messages are. */
export interface BlockSpan {
  key: BlockKey
  until: number
}

/** Where the blocks of dialogs lie in time, those that reach furthest first. Only keys are read. */
export const blockSpans = async (
  base: ReplicaBase,
  dialogs: readonly string[],
): Promise<BlockSpan[]> => {
  const lists = await Promise.all(dialogs.map((id) => blocksOfDialog(base, id).primaryKeys()))
  return lists
    .flatMap((keys) =>
      keys.map((key, index) => ({ key, until: keys[index + 1]?.[1] ?? monthEnd(key[1]) })),
    )
    .sort((a, b) => b.until - a.until)
}

/** All messages of these blocks. */
export const messagesOfBlocks = async (
  base: ReplicaBase,
  blocks: readonly BlockKey[],
): Promise<MessageRow[]> =>
  (await base.messageBlock.bulkGet([...blocks])).flatMap((block) => (block ? rowsIn(block) : []))

/** Which of a dialog's messages it is, counted from the newest, 1 first; null where it is not here. */
export const placeFromNewest = async (
  base: ReplicaBase,
  dialog: string,
  key: string,
): Promise<number | null> => {
  const blocks = await blocksOfDialog(base, dialog).toArray()
  const entries = blocks.flatMap(entriesOf)
  const index = entries.findIndex((entry) => entry.key === key)
  return index < 0 ? null : entries.length - index
}

/**
 * Blocks that hold letters of a folder, those with the newest first. A dialog may come several
 * times: its first one holds its newest letter. Only keys are read: a folder may hold tens of
 * thousands of letters.
 */
export const blocksInFolders = async (
  base: ReplicaBase,
  account: string,
  folders: readonly string[],
): Promise<BlockKey[]> => {
  const found = folders.map((folder) =>
    base.messageBlock
      .where('places')
      .between([account, folder, Dexie.minKey], [account, folder, Dexie.maxKey]),
  )
  const lists = await Promise.all(found.map((collection) => collection.primaryKeys()))
  const filled = lists.filter((list) => list.length > 0)
  if (filled.length < 2) return filled[0]?.reverse() ?? []
  const timed: { at: number; key: BlockKey }[] = []
  for (const collection of found)
    await collection.eachKey((place, { primaryKey }) => {
      const [, , at] = place as unknown as [string, string, number] // the index holds places
      timed.push({ at, key: primaryKey as BlockKey })
    })
  return timed.sort((a, b) => b.at - a.at).map(({ key }) => key)
}

/** The newest letter of the folders in each of the blocks. */
export const newestInFolders = async (
  base: ReplicaBase,
  blocks: readonly BlockKey[],
  folders: readonly string[],
): Promise<(MessageRow | undefined)[]> =>
  (await base.messageBlock.bulkGet([...blocks])).map(
    (block) =>
      block &&
      rowsIn(block).findLast(({ folder }) => folder !== undefined && folders.includes(folder)),
  )

/** Blocks read at once by those who go through all of them. */
const atOnce = 40

/** The messages of the segments after one in the order of their ids, whole; none: there are no more. */
export const messagesAfter = async (base: ReplicaBase, after: string): Promise<MessageRow[]> => {
  const blocks = await base.messageBlock.where('segment').above(after).limit(atOnce).toArray()
  const last = blocks.at(-1)?.segment
  if (last === undefined) return []
  const before = blocks.filter(({ segment }) => segment !== last).flatMap(rowsIn)
  return [...before, ...(await messagesOfSegments(base, [last]))]
}
