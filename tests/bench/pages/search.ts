/** The index of a large replica, as the benchmark drives it from outside: no relay and no screens. */
import Dexie from 'dexie'
import {
  messagesAfter,
  messageTables,
  putMessages,
  replaceMessages,
} from '../../../client/replica/message-store.ts'
import { openBase, putRows } from '../../../client/replica/tables.ts'
import { stemOf } from '../../../client/search/forms.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { search } from '../../../client/search/search.ts'
import { wordsIn } from '../../../client/search/words.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { type Size, toPush } from '../data.ts'
import { letters } from '../search-data.ts'

/** Rows written in one transaction, about as many as a frame of the feed holds. */
const batch = 500

const base = openBase('search-bench')
const owner = '00000000-0000-4000-8000-000000000001'
const account = '00000000-0000-4000-8000-000000000002'

const usage = async (): Promise<number> => (await navigator.storage.estimate()).usage ?? 0

const fill = async (size: Size, most: number) => {
  await base.open()
  let rows: Row[] = []
  let messages = 0
  let writing = 0
  const flush = async () => {
    const started = performance.now()
    const tables = [base.client, base.interest, base.dialog, base.segment, ...messageTables(base)]
    await base.transaction('rw', tables, async () => {
      await Promise.all([...putRows(base, rows), replaceMessages(base, rows)])
    })
    writing += performance.now() - started
    for (const row of rows) messages += Array.isArray(row.messages) ? row.messages.length : 0
    rows = []
  }
  for (const generated of letters(size, owner, account, most)) {
    rows.push(toPush(generated, 1, 1).row)
    if (rows.length === batch) await flush()
  }
  await flush()
  const clients = await base.client.count()
  return { writing, clients, messages }
}

/** Indexes everything; what the worker does between slices takes no time here. */
const build = async () => {
  const before = await usage()
  const started = performance.now()
  let blocked = 0
  let ticked = started
  const ticking = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - ticked)
    ticked = performance.now()
  }, 1)
  let sliceStart = started
  const breathe = async () => {
    if (performance.now() - sliceStart < 8) return
    await new Promise((resolve) => setTimeout(resolve))
    sliceStart = performance.now()
  }
  const indexer = await openIndexer({ base, breathe })
  while (await indexer.step()) await breathe()
  clearInterval(ticking)
  return {
    building: performance.now() - started,
    /** The longest time for which a feed or a push of the same thread had to wait, ms. */
    blocked,
    bytes: (await usage()) - before,
    shards: await base.searchShard.count(),
  }
}

/** Milliseconds of each query, and how many it found. */
const ask = async (typed: string) => {
  const started = performance.now()
  const found = await search(base, typed, 6)
  const taken = performance.now() - started
  return { taken, found: Object.values(found).map((rows) => rows.length) }
}

/** From an edit to its being found, and what the index did for it. */
const edit = async (word: string): Promise<number> => {
  const indexer = await openIndexer({ base, breathe: async () => {} })
  const [row] = await messagesAfter(base, '')
  if (!row) throw new Error('fill() comes first')
  const edited = { ...row, text: `${row.text} ${word}` }
  await base.transaction('rw', messageTables(base), () => putMessages(base, [edited]))
  const started = performance.now()
  while (await indexer.step());
  return performance.now() - started
}

/** The rejected alternative: Dexie's multi-entry index over the stems of each message. */
const multiEntry = async (most: number) => {
  const other = new Dexie('search-bench-multi')
  other.version(1).stores({ message: 'id, *words' })
  const before = await usage()
  const started = performance.now()
  let after = ''
  let count = 0
  while (count < most) {
    const rows = await messagesAfter(base, after)
    const last = rows.at(-1)
    if (!last) break
    after = last.segment
    count += rows.length
    await other.table('message').bulkPut(
      rows.map((row) => ({
        ...row,
        words: [...new Set([...wordsIn(`${row.subject ?? ''} ${row.text}`)].map(stemOf))],
      })),
    )
  }
  const building = performance.now() - started
  const bytes = (await usage()) - before
  const asked = async (...words: string[]) => {
    const begun = performance.now()
    const sets = await Promise.all(
      words.map(async (word) => {
        const query = other.table('message').where('words').startsWith(stemOf(word))
        return new Set(await query.primaryKeys())
      }),
    )
    const [first = new Set(), ...rest] = sets
    const keys = [...first].filter((key) => rest.every((set) => set.has(key)))
    const rows = await other.table('message').bulkGet(keys.slice(0, 50))
    rows.sort((a, b) => b.at - a.at)
    return performance.now() - begun
  }
  const took = [await asked('счёт'), await asked('отгрузка', 'склад'), await asked('по')]
  other.close()
  await other.delete()
  return { building, bytes, count, asked: Math.max(...took) }
}

const bench = { fill, build, ask, edit, multiEntry, usage }
export type SearchBench = typeof bench

declare global {
  interface Window {
    searchBench: SearchBench
  }
}
window.searchBench = bench
