import { h, render } from 'preact'
import { afterEach, expect, test, vi } from 'vitest'
import type { Replica } from '../../../client/replica/index.ts'
import { keepHistory } from '../../../client/replica/kept-history.ts'
import { openBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { restoreRecordPatch } from '../../../client/screens/history/restore.ts'
import {
  entriesUpToNow,
  type History,
  useHistory,
} from '../../../client/screens/history/use-history.ts'
import { newId } from '../../../shared/ids.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

const me = newId()
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: tokensOf({ id: me, administrator: true }, []),
}

afterEach(() => vi.unstubAllGlobals())

test('the whole card returns, what was changed a moment ago included, sent or not', async () => {
  const base = openBase(`history-${newId()}`)
  await base.open()
  const deps = { base, writer: createWriter(drawClientId), clock: Date.now, subject: () => subject }
  const id = newId()
  const first = { kind: 'organisation', name: 'Ромашка', managers: [me] }
  expect(await writeRecords(deps, [{ type: 'client', id, patch: first }])).toMatchObject({
    ok: true,
  })
  // The relay has the creation, and the device has read that.
  await base.outbox.clear()
  const entry = (seq: number, changes: HistoryEntry['changes']): HistoryEntry => ({
    seq,
    at: seq,
    user: me,
    device: 'laptop',
    changes,
  })
  const creation = entry(1, { name: [null, 'Ромашка'] })
  await writeRecords(deps, [{ type: 'client', id, patch: { name: 'Василёк' } }])
  const back = async (state: 'offline' | 'synced', seq = 1) => {
    const status = { value: { state } } as Replica['status'] // what is read of it
    const entries = await entriesUpToNow({ base, status }, id, [creation])
    return restoreRecordPatch('client', (await base.client.get(id)) ?? {}, entries, seq)
  }
  expect(await back('offline')).toEqual({ name: 'Ромашка' })

  // The relay has taken it, and its word of that was lost.
  const renamed = entry(2, { name: ['Ромашка', 'Василёк'] })
  vi.stubGlobal('fetch', async () => Response.json({ entries: [renamed, creation], devices: {} }))
  expect(await back('synced')).toEqual({ name: 'Ромашка' })
  expect(await back('synced', 2)).toEqual({})

  await writeRecords(deps, [{ type: 'client', id, patch: { name: 'Лютик', inn: '7707083893' } }])
  expect(await back('synced', 2)).toEqual({ name: 'Василёк', inn: null })

  await base.outbox.clear()
  await writeRecords(deps, [{ type: 'client', id, patch: { name: 'Василёк', inn: null } }])
  await base.outbox.clear()
  expect(await back('synced')).toEqual({ name: 'Ромашка' })
  await base.delete()
})

test('that nothing was changed is known when the relay has answered, not while it is asked', async () => {
  vi.stubGlobal('document', {})
  let answer: (response: Response) => void = () => {}
  const asked = vi.fn(
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve
      }),
  )
  vi.stubGlobal('fetch', asked)
  const base = openBase(`history-${newId()}`)
  await base.open()
  const id = newId()
  await base.docs.put({ id, type: 'client', seq: 7, state: new Uint8Array() })
  const replica = {
    base,
    status: { value: { state: 'synced' } },
    keepHistory: (of: string, ask: Parameters<typeof keepHistory>[2]) => keepHistory(base, of, ask),
  } as unknown as Replica // what is read of it
  const seen: History[] = []
  const Look = () => {
    seen.push(useHistory(replica, id))
    return null
  }
  /** Nothing that is rendered here puts an element into it. */
  const root = { firstChild: null, childNodes: [], namespaceURI: null } as unknown as Element
  render(h(Look, {}), root)
  await expect.poll(() => asked).toHaveBeenCalled()
  expect(seen.some(({ isKnown }) => isKnown)).toBe(false)

  answer(Response.json({ entries: [], devices: {} }))
  await expect.poll(() => seen.at(-1)).toMatchObject({ entries: [], isKnown: true, away: false })
  render(null, root)
  await base.delete()
})
