/** Rows in a base of their own, indexed when a test asks for it. */
import { afterEach, expect } from 'vitest'
import {
  messagesAfter,
  messagesOfSegments,
  messageTables,
  putMessages,
  replaceMessages,
} from '../../../client/replica/message-store.ts'
import { type MessageRow, openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { entryOf, type SearchedRow } from '../../../client/search/entries.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { type Kind, kinds } from '../../../client/search/kinds.ts'
import { eachNumber, listsOf } from '../../../client/search/postings.ts'
import { search } from '../../../client/search/search.ts'
import { searchTables } from '../../../client/search/tables.ts'
import { newId } from '../../../shared/ids.ts'

export const now = async () => {}

export const client = (id: string, name: string, more: object = {}) => ({
  id,
  type: 'client',
  kind: 'organisation' as const,
  name,
  phones: [],
  emails: [],
  addresses: [],
  links: [],
  ...more,
})

export const message = (id: string, text: string, at = 0) => ({
  id: `segment/${id}`,
  key: id,
  segment: 'segment',
  dialog: 'dialog',
  account: 'account',
  at,
  direction: 'in' as const,
  kind: 'letter' as const,
  author: {},
  text,
  state: null,
})

export const searchLab = () => {
  let base: ReplicaBase
  afterEach(() => base.delete())
  const open = () => {
    base = openBase(`search-${newId()}`)
  }

  const put = (...rows: MessageRow[]) =>
    base.transaction('rw', messageTables(base), () => putMessages(base, rows))

  /** The segment comes again without a message. */
  const take = (id: string) =>
    base.transaction('rw', messageTables(base), async () => {
      const messages = (await messagesOfSegments(base, ['segment'])).filter((row) => row.id !== id)
      const row = { type: 'segment', id: 'segment', dialog: 'dialog', account: 'account', messages }
      await replaceMessages(base, [row])
    })

  const allRows = async (kind: Kind): Promise<SearchedRow[]> =>
    kind === 'message' ? messagesAfter(base, '') : base.table(kind).toArray()

  /** Indexes all that waits. */
  const drain = async () => {
    const indexer = await openIndexer({ base, breathe: now })
    while (await indexer.step());
    return indexer
  }

  const found = async (kind: Kind, typed: string) =>
    (await search(base, typed, 1_000))[kind].map(({ id }) => id)

  /** Everything the index keeps, as one text. */
  const dump = async (): Promise<string> => {
    const rows = []
    for (const table of Object.keys(searchTables)) rows.push(await base.table(table).toArray())
    return JSON.stringify(rows)
  }

  /** Every term with the rows it leads to, as the tables of the index have it. */
  const indexedTerms = async (): Promise<string[]> => {
    const terms: string[] = []
    for (const { id, kind, dead } of await base.searchShard.toArray()) {
      expect(dead).toEqual([])
      const pages = await base.searchPage.where('[shard+page]').between([id, 0], [id, 9]).toArray()
      const keys = pages.flatMap((page) => page.keys)
      for (const block of await base.searchBlock.toArray())
        if (block.shard === id)
          for (const [term, list] of listsOf(block))
            eachNumber(list, (number) => terms.push(`${kind} ${keys[number]} ${term}`))
    }
    return terms.sort()
  }

  /** The same as a look at every row has it. */
  const termsOfRows = async (): Promise<string[]> => {
    const expected: string[] = []
    for (const kind of kinds)
      for (const row of await allRows(kind))
        for (const term of entryOf(kind, row)?.terms ?? [])
          expected.push(`${kind} ${row.id} ${term}`)
    return expected.sort()
  }

  return {
    get base() {
      return base
    },
    allRows,
    drain,
    dump,
    found,
    indexedTerms,
    open,
    put,
    take,
    termsOfRows,
  }
}
