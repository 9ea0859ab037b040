import { describe, expect, it } from 'vitest'
import { filesToDrop } from '../../../client/replica/files.ts'
import { messageWrite } from '../../../client/replica/messages.ts'
import { type StatusInputs, statusOf } from '../../../client/replica/status.ts'
import type { OutboxEntry } from '../../../client/replica/tables.ts'
import { backoff } from '../../../client/sync/backoff.ts'
import { createBell } from '../../../client/sync/bell.ts'
import { mergePlan } from '../../../client/sync/merge-plan.ts'
import { pushBatch } from '../../../client/sync/push-batch.ts'
import { readAhead } from '../../../client/sync/read-ahead.ts'
import { settle } from '../../../client/sync/settle.ts'
import { newId, segmentId } from '../../../shared/ids.ts'
import { maxPushBytes, maxPushEntries } from '../../../shared/protocol/push.ts'
import { change } from '../../../shared/records/change.ts'

const entry = (n: number, doc: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  n,
  doc,
  type: 'client',
  update: new Uint8Array(10),
  at: 0,
  kind: 'changed',
  patch: {},
  fields: {},
  files: [],
  label: '',
  ...more,
})

describe('the next push', () => {
  it('takes entries in order', () => {
    const entries = [entry(1, 'a'), entry(2, 'b'), entry(3, 'a')]
    expect(pushBatch(entries, new Set(), true)).toEqual(entries)
  })

  it('holds no more entries than a request may', () => {
    const entries = Array.from({ length: maxPushEntries + 5 }, (_, n) => entry(n, 'a'))
    expect(pushBatch(entries, new Set(), true)).toHaveLength(maxPushEntries)
  })

  it('holds no more bytes than a request may, but always one entry', () => {
    const half = new Uint8Array(maxPushBytes / 2)
    const entries = [1, 2, 3].map((n) => entry(n, 'a', { update: half }))
    expect(pushBatch(entries, new Set(), true)).toHaveLength(1)
    const huge = entry(1, 'a', { update: new Uint8Array(maxPushBytes + 1) })
    expect(pushBatch([huge], new Set(), true)).toHaveLength(1)
  })

  it('waits with a change and the later ones of its record for files, and with nothing else', () => {
    const entries = [entry(1, 'a', { files: ['f'] }), entry(2, 'b'), entry(3, 'a')]
    expect(pushBatch(entries, new Set(['f']), true).map(({ n }) => n)).toEqual([2])
    expect(pushBatch(entries, new Set(), true).map(({ n }) => n)).toEqual([1, 2, 3])
  })
})

it('a change made anew waits until the feed has told what is at the relay, with its record', () => {
  const entries = [entry(1, 'a', { earlier: [[7, 1]] }), entry(2, 'a'), entry(3, 'b')]
  expect(pushBatch(entries, new Set(), false).map(({ n }) => n)).toEqual([3])
  expect(pushBatch(entries, new Set(), true)).toEqual(entries)
})

describe('the answer to a push', () => {
  it('is grouped by record', () => {
    const { records, later } = settle(
      [entry(1, 'a'), entry(2, 'b'), entry(3, 'a')],
      [1, 2, 3].map((n) => ({ n, ok: true, seq: n })),
    )
    expect(later).toBe(false)
    expect(records.map(({ id, stored }) => [id, stored.map(({ n }) => n)])).toEqual([
      ['a', [1, 3]],
      ['b', [2]],
    ])
  })

  it('leaves what the relay could not take just now for later', () => {
    const { records, later } = settle([entry(1, 'a')], [{ n: 1, ok: false, reason: 'overloaded' }])
    expect({ records, later }).toEqual({ records: [], later: true })
    expect(settle([entry(1, 'a')], []).later).toBe(true)
  })

  it('mends a change whose structs are wrong, once', () => {
    const gap = [{ n: 1, ok: false as const, reason: 'causalGap' as const }]
    expect(settle([entry(1, 'a')], gap).records[0]?.mended).toHaveLength(1)
    const again = settle([entry(1, 'a', { rebased: true })], gap).records[0]
    expect(again?.mended).toEqual([])
    expect(again?.refused).toMatchObject([{ reason: 'causalGap' }])
  })

  it('mends a change that only lacks an earlier refused one, however often', () => {
    const [record] = settle(
      [entry(1, 'a'), entry(2, 'a', { rebased: true })],
      [
        { n: 1, ok: false, reason: 'forbidden' },
        { n: 2, ok: false, reason: 'causalGap' },
      ],
    ).records
    expect(record?.refused.map(({ entry: { n } }) => n)).toEqual([1])
    expect(record?.mended.map(({ n }) => n)).toEqual([2])
  })

  it('refuses nothing of other records', () => {
    const { records } = settle(
      [entry(1, 'a'), entry(2, 'b')],
      [
        { n: 1, ok: false, reason: 'forbidden', field: 'name' },
        { n: 2, ok: true, seq: 5 },
      ],
    )
    expect(records).toMatchObject([
      { id: 'a', refused: [{ reason: 'forbidden', field: 'name' }], stored: [] },
      { id: 'b', refused: [], stored: [{ n: 2 }] },
    ])
  })
})

describe('a feed entry', () => {
  const id = newId()
  const made = (state: Uint8Array | null, patch: Record<string, unknown>, writer: number) => {
    const result = change('client', id, state, patch, writer)
    if (!result.ok || !result.value.update) throw new Error('not a change')
    return { ...result.value, update: result.value.update }
  }
  const first = made(null, { kind: 'person', name: 'Иван' }, 1)
  const theirs = made(first.state, { inn: '7707083893' }, 2)
  const ours = made(first.state, { name: 'Пётр' }, 3)
  const feed = (bytes: Uint8Array) => ({
    id,
    type: 'client' as const,
    seq: 9,
    bytes,
    row: theirs.row,
  })

  it('is stored as it came where nothing waits', () => {
    const merged = mergePlan('records', feed(theirs.state), undefined, undefined)
    expect(merged.doc).toEqual({ id, type: 'client', seq: 9, state: theirs.state })
    expect(merged.row).toBe(theirs.row)
  })

  it('is merged with a waiting change, and the row shows both', () => {
    const doc = { id, type: 'client' as const, seq: 1, state: ours.state }
    const merged = mergePlan('changes', feed(theirs.update), doc, { id, state: first.state })
    expect(merged.row).toMatchObject({ name: 'Пётр', inn: '7707083893' })
  })

  it('joins what is known to be at the relay, without the waiting change', () => {
    const doc = { id, type: 'client' as const, seq: 1, state: ours.state }
    const { acknowledged } = mergePlan('changes', feed(theirs.update), doc, {
      id,
      state: first.state,
    })
    const known = change('client', id, acknowledged?.state ?? null, {}, 4)
    expect(known.ok && known.value.row).toMatchObject({ name: 'Иван', inn: '7707083893' })
  })
})

describe('the wait before the next attempt', () => {
  it('doubles from a quarter of a second to half a minute', () => {
    const longest = [0, 1, 2, 7, 20].map((attempt) => backoff(attempt, () => 1))
    expect(longest).toEqual([250, 500, 1000, 30_000, 30_000])
  })

  it('is drawn between its half and its whole', () => {
    expect([0, 0.5, 1].map((drawn) => backoff(2, () => drawn))).toEqual([500, 750, 1000])
  })
})

describe('the word about syncing', () => {
  const calm: StatusInputs = {
    report: { connection: { kind: 'online' }, progress: null },
    networkUp: true,
    waiting: 0,
    rejected: 0,
    lastSyncAt: 5,
    complete: true,
    read: true,
    hadData: true,
    lostChanges: 0,
    full: false,
  }
  const state = (change: Partial<StatusInputs>) => statusOf({ ...calm, ...change }).state
  const connected = (connection: StatusInputs['report']['connection']) => ({
    report: { connection, progress: null },
  })

  it('is saved when the relay has everything', () => {
    expect(state({})).toBe('saved')
    expect(state({ waiting: 1 })).toBe('sending')
  })

  it('is offline when the browser or the worker says so', () => {
    expect(state({ networkUp: false })).toBe('offline')
    expect(state(connected({ kind: 'offline' }))).toBe('offline')
  })

  it('says what the user can do about a relay that refuses', () => {
    expect(state(connected({ kind: 'stopped', reason: 'signedOut' }))).toBe('signedOut')
    expect(state(connected({ kind: 'stopped', reason: 'programTooOld' }))).toBe('programTooOld')
    expect(state(connected({ kind: 'stopped', reason: 'blocked' }))).toBe('revoked')
  })

  it('is restoring where a device that had data has none', () => {
    const emptied = { lastSyncAt: null, complete: false }
    expect(statusOf({ ...calm, ...emptied }).restoring).toBe(true)
    expect(statusOf({ ...calm, ...emptied, hadData: false }).restoring).toBe(false)
  })
})

it('files that are not sent yet are never dropped, the least used others first', () => {
  const file = (hash: string, lastUsed: number, unsent: 0 | 1 = 0) => ({
    hash,
    size: 10,
    lastUsed,
    unsent,
  })
  // 10 + 10 of 25 stay, the third would make 30.
  const files = [file('old', 1), file('own', 0, 1), file('new', 3), file('middle', 2)]
  expect(filesToDrop(files, 25)).toEqual(['old'])
})

describe('a message written here', () => {
  const at = Date.UTC(2026, 10, 30, 23, 59)
  const dialog = { id: newId(), account: newId(), channel: 'mail' as const }
  const author = { id: newId(), name: 'Иван' }

  it('waits in the segment of its month for the connector', () => {
    const { write, key } = messageWrite(
      { dialog: dialog.id, kind: 'letter', text: 'Добрый день' },
      dialog,
      author,
      'x',
      at,
    )
    expect(key).toBe('mail:x')
    expect(write.id).toBe(segmentId(dialog.id, at))
    expect(write.patch).toMatchObject({
      month: '2026-11',
      states: { 'mail:x': { status: 'queued' } },
    })
  })

  it('waits for nobody where it is a note', () => {
    const { write } = messageWrite(
      { dialog: dialog.id, kind: 'note', text: 'Между нами' },
      dialog,
      author,
      'x',
      at,
    )
    expect(write.patch.states).toBeUndefined()
  })
})

describe('reading ahead', () => {
  it('gives everything in order and asks for later items while one is in use', async () => {
    let asked = 0
    async function* source() {
      for (let n = 0; n < 5; n++) {
        asked++
        yield n
      }
    }
    const seen: number[] = []
    for await (const n of readAhead(source(), 2)) {
      if (n === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      if (n === 0) expect(asked).toBeGreaterThan(1)
      seen.push(n)
    }
    expect(seen).toEqual([0, 1, 2, 3, 4])
  })

  it('joins what came while an item was in use, as far as it can be joined', async () => {
    async function* source() {
      yield* [1, 2, 3, 4, 9]
    }
    const seen: number[] = []
    for await (const n of readAhead(source(), 3, (a, b) => (a + b < 6 ? a + b : null))) {
      await new Promise((resolve) => setTimeout(resolve))
      seen.push(n)
    }
    expect(seen).toEqual([1, 5, 4, 9])
  })

  it('passes on a failure in its place', async () => {
    async function* source() {
      yield 1
      throw new Error('cut')
    }
    const seen: number[] = []
    const reading = async () => {
      for await (const n of readAhead(source(), 3)) seen.push(n)
    }
    await expect(reading()).rejects.toThrow('cut')
    expect(seen).toEqual([1])
  })
})

it('a bell that rang while nobody waited ends the next wait', async () => {
  const bell = createBell()
  bell.ring()
  await bell.wait(new AbortController().signal)
  const ending = new AbortController()
  const waiting = bell.wait(ending.signal)
  ending.abort()
  await waiting
})
