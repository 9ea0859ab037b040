/** The messages of a base of version 7 or older, an entry each, as blocks. */
import type { Transaction } from 'dexie'
import { entryOf, packMessages } from './message-blocks.ts'
import type { MessageRow } from './tables.ts'

/** Messages in memory at once; one may hold 64 KB of text. */
const atOnce = 1_000

/** Does nothing in a base that was made by this version or a later one. */
export const packStoredMessages = async (transaction: Transaction): Promise<void> => {
  if (!transaction.idbtrans.objectStoreNames.contains('message')) return
  const stored = transaction.table<MessageRow, string>('message')
  const blocks = transaction.table('messageBlock')
  // Ids begin with their segment's: the messages of one stand together.
  let rest: MessageRow[] = []
  for (;;) {
    const last = rest.at(-1)?.id ?? ''
    const page = await stored.where(':id').above(last).limit(atOnce).toArray()
    const rows = [...rest, ...page]
    const unfinished = page.length < atOnce ? undefined : rows.at(-1)?.segment
    const whole = new Map<string, MessageRow[]>()
    rest = []
    for (const row of rows)
      if (row.segment === unfinished) rest.push(row)
      else whole.set(row.segment, [...(whole.get(row.segment) ?? []), row])
    await blocks.bulkPut(
      [...whole.values()].flatMap((list) => {
        const [head] = list
        if (!head) return []
        const { segment, dialog, account } = head
        return packMessages({ segment, dialog, account }, list.map(entryOf))
      }),
    )
    if (page.length < atOnce) return
  }
}
