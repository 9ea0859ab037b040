import { describe, expect, onTestFinished, test } from 'vitest'
import { storeErasure } from '../../../client/replica/erase.ts'
import { keepHistory } from '../../../client/replica/kept-history.ts'
import { blocksOf } from '../../../client/replica/states.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { openIndexer } from '../../../client/search/indexer.ts'
import { pushOnce } from '../../../client/sync/push.ts'
import { toldChanges } from '../../../client/sync/told-changes.ts'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import { decodePush, type PushAnswer } from '../../../shared/protocol/push.ts'
import { service } from '../../../shared/rights.ts'

const openDevice = async () => {
  const base = openBase(`erase-${newId()}`)
  await base.open()
  onTestFinished(() => base.close())
  const writer = createWriter(drawClientId)
  const who = service(newId())
  const write = async (...writes: Write[]) => {
    const deps = { base, writer, subject: () => who, clock: () => 1_700_000_000_000 }
    const result = await writeRecords(deps, writes)
    if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  }
  const deps = { base, draw: drawClientId, clock: () => 5 }
  return { base, write, deps }
}

/** Strings, files and bytes of a value; bytes as UTF-8, in which Yjs keeps strings. */
const textOf = async (value: unknown): Promise<string> => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (value instanceof Blob) return value.text()
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = await Promise.all(
    Object.entries(value).map(async ([key, inner]) => `${key}\n${await textOf(inner)}`),
  )
  return parts.join('\n')
}

/** Names of the tables in whose keys or values a word stands. */
const tablesWith = async (base: ReplicaBase, word: string): Promise<string[]> => {
  const found: string[] = []
  for (const table of base.tables) {
    const all = [await table.toCollection().primaryKeys(), await table.toArray()]
    if ((await textOf(all)).toLowerCase().includes(word)) found.push(table.name)
  }
  return found
}

/** Two clients of everything a device can hold; every text has the client's own mark in it. */
const live = async (device: Awaited<ReturnType<typeof openDevice>>, mark: string) => {
  const { base, write } = device
  const [client, dialog, account] = [newId(), newId(), newId()]
  const at = Date.UTC(2024, 1, 1)
  const segment = segmentId(dialog, at)
  const email = { value: `${mark}@x.test`, kind: 'work', order: 'a0' }
  await write({ type: 'client', id: client, patch: { kind: 'person', name: mark } })
  await write(
    { type: 'client', id: client, patch: { note: `о ${mark}`, emails: { [newId()]: email } } },
    {
      type: 'dialog',
      id: dialog,
      patch: { account, channel: 'mail', subject: mark, peer: { address: mark }, client },
    },
    {
      type: 'segment',
      id: segment,
      patch: {
        dialog,
        account,
        month: monthOf(at),
        messages: {
          [`mail:${mark}`]: {
            at,
            direction: 'in',
            kind: 'letter',
            author: { name: mark },
            text: `письмо ${mark}`,
            files: [
              {
                hash: mark.charCodeAt(0).toString(16).padStart(64, '0'),
                name: mark,
                size: 1,
                type: 'x/y',
              },
            ],
          },
        },
      },
    },
  )
  const hash = mark.charCodeAt(0).toString(16).padStart(64, '0')
  const blob = new Blob([`файл ${mark}`])
  await base.files.put({ hash, blob, name: mark, type: 'x/y', size: 9, lastUsed: 1, unsent: 1 })
  const [entry] = await base.outbox.where('doc').equals(client).toArray()
  if (!entry) throw new Error('nothing waits')
  const { n: _n, update: _update, ...words } = entry
  // A rejected entry gets its number from the table.
  await base.rejected.add({ ...words, rejectedAt: 2, reason: 'forbidden' } as never)
  await base.drafts.bulkPut([
    { key: `composer:${dialog}`, value: { text: `Уважаемый ${mark}` }, at: 1 },
    { key: `new-letter:${newId()}`, value: { to: `${mark}@x.test`, text: mark }, at: 1 },
  ])
  // What a restored relay may lack and the device holds.
  const known = new TextEncoder().encode(mark)
  await base.lost.put({ id: client, type: 'client', update: known, known })
  const changes = { name: [null, mark] as [unknown, unknown] }
  const entries = [{ seq: 1, at: 1, user: 'u', device: 'd', changes }]
  await keepHistory(base, client, async () => ({ entries, devices: {} }))
  return { client, dialog, segment }
}

const index = async (base: ReplicaBase) => {
  const indexer = await openIndexer({ base, breathe: async () => {} })
  while (await indexer.step());
  await indexer.tidy()
}

describe('an erased record', () => {
  test('leaves nothing on the device: rows, states, outbox, refused, files, drafts, history, search', async () => {
    const device = await openDevice()
    const { base, deps } = device
    const gone = await live(device, 'лютик')
    await live(device, 'пион')
    await index(base)
    // As a first sync stores them: several records in one block.
    await base.blocks.bulkAdd(blocksOf(await base.docs.toArray()))
    const before = await tablesWith(base, 'лютик')
    for (const table of ['searchBlock', 'blocks', 'docs']) expect(before).toContain(table)
    await storeErasure(deps, Object.values(gone))
    await index(base)
    expect(await tablesWith(base, 'лютик')).toEqual([])
    for (const id of Object.values(gone)) expect(await tablesWith(base, id)).toEqual([])
    expect(await base.client.count()).toBe(1)
    expect(await base.outbox.count()).toBe(4)
    expect(await base.rejected.count()).toBe(1)
    expect(await base.drafts.count()).toBe(2)
    expect(await base.files.count()).toBe(1)
  })

  test('goes also where the device learns of it by pushing a change of it', async () => {
    const device = await openDevice()
    const { base } = device
    const gone = await live(device, 'лютик')
    const kept = await live(device, 'пион')
    await base.files.toCollection().modify({ unsent: 0 })
    await base.lost.clear()
    const ids = new Set(Object.values(gone))
    const answer: typeof fetch = async (_url, init) => {
      const outcomes = decodePush(init?.body as Uint8Array).map(({ n, id }) =>
        ids.has(id)
          ? { n, ok: false as const, reason: 'gone' as const }
          : { n, ok: true as const, seq: n },
      )
      return Response.json({ epoch: 'e', outcomes } satisfies PushAnswer)
    }
    const push = { base, fetch: answer, clock: () => 5, draw: drawClientId, device: 'x' }
    const end = await pushOnce(
      { ...push, waiting: toldChanges(), caughtUp: () => true },
      new AbortController().signal,
    )
    expect(end).toEqual({ kind: 'more' })
    // Keys of gone messages wait here until the index has forgotten their words.
    await index(base)
    expect(await tablesWith(base, 'лютик')).toEqual([])
    expect(await base.outbox.count()).toBe(0)
    expect((await base.client.toArray()).map(({ id }) => id)).toEqual([kept.client])
  })
})
