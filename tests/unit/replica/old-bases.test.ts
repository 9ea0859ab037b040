import Dexie from 'dexie'
import { expect, onTestFinished, test } from 'vitest'
import { messagesOfSegments } from '../../../client/replica/message-store.ts'
import { readDoc } from '../../../client/replica/states.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'

/** Of every version: tables as they were declared then. */
const always = {
  docs: 'id',
  acknowledged: 'id',
  outbox: '++n, doc',
  rejected: '++id, doc',
  message: 'id, [dialog+at], [account+folder+at]',
  files: 'hash, lastUsed',
  drafts: 'key',
  meta: '',
  client: 'id, sortName, *facets',
  person: 'id, sortName, client, *facets',
  dialog: 'id, account, client, person',
  segment: 'id, dialog, account',
  account: 'id',
  appeal: 'id',
  employee: 'id',
}
const search = {
  searchLog: '++n, gone',
  searchShard: 'id',
  searchBlock: '[shard+last]',
  searchPage: '[shard+page]',
  searchPrint: 'shard',
}
const blocks = { blocks: '++n, *ids' }
const versions: [number, Record<string, string>][] = [
  [1, always],
  [2, { ...always, ...search }],
  [3, { ...always, ...search, ...blocks }],
  [5, { ...always, ...search, ...blocks, lost: 'id', role: 'id', department: 'id' }],
]

test.each(versions)(
  'a base of version %i opens with nothing lost and rows by the rules of today',
  async (version, stores) => {
    const name = `old-${newId()}`
    const id = newId()
    const made = change('client', id, null, { kind: 'organisation', name: 'ООО «Ромашка»' }, 7)
    if (!made.ok || !made.value.update) throw new Error('no client made')
    const { row, state, update } = made.value
    const entry = {
      doc: id,
      type: 'client' as const,
      update,
      at: 1,
      kind: 'created' as const,
      patch: { name: 'ООО «Ромашка»' },
      fields: { name: [undefined, 'ООО «Ромашка»'] as [unknown, unknown] },
      files: [],
      label: 'ООО «Ромашка»',
    }
    const message = {
      id: 'november/mail:1',
      segment: 'november',
      dialog: 'order',
      account: 'sales',
      key: 'mail:1',
      at: 5,
      direction: 'in',
      kind: 'letter',
      text: 'Здравствуйте',
    }

    const old = new Dexie(name)
    old.version(version).stores(stores)
    await old.open()
    await old.table('docs').put({ id, type: 'client', seq: 3, state })
    // By rules of its day: sorted otherwise, filtered otherwise, without lists that came later.
    const { phones: _phones, ...before } = row
    await old.table('client').put({ ...before, sortName: 'я', facets: ['устарело'] })
    await old.table('outbox').add(entry)
    await old.table('rejected').add({ ...entry, rejectedAt: 2, reason: 'forbidden' })
    await old.table('drafts').put({ key: 'new-client', value: { name: 'Черновик' }, at: 1 })
    await old.table('message').put(message)
    await old
      .table('meta')
      .bulkPut([{ head: 9, below: 0 }, 'эпоха', 4], ['cursor', 'epoch', 'generation'])
    old.close()

    const base = openBase(name)
    onTestFinished(() => base.delete())
    await base.open()
    expect(await base.client.get(id)).toEqual(storedRow(row))
    expect(await base.client.where('facets').equals('устарело').count()).toBe(0)
    expect((await readDoc(base, id))?.state).toEqual(state)
    expect(await base.outbox.toArray()).toEqual([{ ...entry, n: 1 }])
    expect(await base.rejected.toArray()).toMatchObject([{ doc: id, reason: 'forbidden' }])
    expect((await base.drafts.get('new-client'))?.value).toEqual({ name: 'Черновик' })
    expect(await messagesOfSegments(base, ['november'])).toMatchObject([message])
    expect(await base.meta.bulkGet(['cursor', 'epoch', 'generation'])).toEqual([
      { head: 9, below: 0 },
      'эпоха',
      4,
    ])
  },
)
