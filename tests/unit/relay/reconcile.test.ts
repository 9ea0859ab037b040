import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { monthOf, newId } from '../../../shared/ids.ts'
import { encodePush, type PushAnswer } from '../../../shared/protocol/push.ts'
import { change } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import type { SegmentRow } from '../../../shared/records/segment.ts'
import { makeBackup } from '../../../sync-server/backup/backup.ts'
import { restoreBackup } from '../../../sync-server/backup/restore.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { connector, newClient, newMailbox, newWriter, openLab, type Person } from './lab.ts'
import { openProgram } from './programs.ts'

/** A relay that knows it was restored; `now` is its clock. */
const restoredLab = async () => {
  const clock = { now: Date.parse('2026-05-10') }
  const store = openSqlite(':memory:')
  const lab = await openLab({ store, clock: () => clock.now })
  const { workspace } = lab.relay
  if (!workspace) throw new Error('set up')
  const { facts } = workspace
  // What `restore` does to a base; the relay of a real one starts after it.
  await store.startEpoch(facts.id, newId(), clock.now)
  Object.assign(facts, await store.workspace())
  const bringBack = async (
    who: Person,
    id: string,
    update: Uint8Array,
    type: RecordType = 'client',
    epoch = facts.epoch,
  ) => {
    const answer = await lab.app.request(`/reconcile?epoch=${epoch}`, {
      method: 'POST',
      headers: who.headers,
      body: encodePush([{ n: 1, id, type, at: 1, update }]) as Uint8Array<ArrayBuffer>, // made here
    })
    if (!answer.ok) return ((await answer.json()) as { reason: string }).reason
    const [outcome] = ((await answer.json()) as PushAnswer).outcomes
    return outcome?.ok ? 'stored' : outcome?.reason
  }
  const row = async (id: string) => (await workspace.pipeline.read(id))?.row
  return { ...lab, clock, facts, bringBack, row }
}

const stateOf = (type: RecordType, id: string, patch: Record<string, unknown>, writer: number) => {
  const made = change(type, id, null, patch, writer)
  if (!made.ok) throw new Error(made.reason)
  return made.value.state
}

describe('what the relay lost by a restore', () => {
  test('is taken back from one who could have written it, whoever wrote it', async () => {
    const { anna, join, bringBack, row } = await restoredLab()
    const ivan = await join('ivan@romashka.ru')
    const id = newId()
    const writer = newWriter()
    const patch = { ...newClient, createdBy: anna.id, managers: [ivan.id] }
    const state = stateOf('client', id, patch, writer)
    expect(await bringBack(ivan, id, state)).toBe('stored')
    expect(await row(id)).toMatchObject({ name: 'Василёк', createdBy: anna.id })
    // A second device has it too.
    expect(await bringBack(anna, id, state)).toBe('stored')
  })

  test('leaves nobody the Yjs client ids it was written with', async () => {
    const { anna, join, bringBack } = await restoredLab()
    const ivan = await join('ivan@romashka.ru')
    const id = newId()
    const writer = newWriter()
    await bringBack(anna, id, stateOf('client', id, { ...newClient, open: 'write' }, writer))
    const more = change('client', newId(), null, newClient, writer)
    if (!more.ok || !more.value.update) throw new Error('no change')
    for (const who of [anna, ivan])
      expect(await who.push({ update: more.value.update })).toMatchObject([
        { ok: false, reason: 'foreignWriter' },
      ])
  })

  test('cannot be forged in the name of one who writes since', async () => {
    const { anna, join, bringBack } = await restoredLab()
    const ivan = await join('ivan@romashka.ru')
    const id = newId()
    expect(await anna.write('client', id, { ...newClient, open: 'write' })).toMatchObject({
      ok: true,
    })
    const forged = anna.make('client', id, { name: 'Подлог' })
    expect(await bringBack(ivan, id, forged)).toBe('foreignWriter')
  })

  test('is not taken from one without the right to it', async () => {
    const { anna, join, bringBack } = await restoredLab()
    const ivan = await join('ivan@romashka.ru')
    const id = newId()
    const closed = { ...newClient, managers: [anna.id], createdBy: anna.id }
    expect(await bringBack(ivan, id, stateOf('client', id, closed, newWriter()))).toBe('forbidden')
    const read = { ...closed, open: 'read' }
    expect(await bringBack(ivan, id, stateOf('client', id, read, newWriter()))).toBe('forbidden')
    // Nobody makes themselves an administrator by it.
    const self = { name: 'Иван', email: 'i@r.ru', role: 'administrator', state: 'active' }
    expect(
      await bringBack(ivan, ivan.id, stateOf('employee', ivan.id, self, newWriter()), 'employee'),
    ).toBe('forbidden')
  })

  test('is taken only after a restore, for that epoch, and not for ever', async () => {
    const { anna, bringBack, clock, facts } = await restoredLab()
    const id = newId()
    const state = stateOf('client', id, newClient, newWriter())
    expect(await bringBack(anna, id, state, 'client', newId())).toBe('epochChanged')
    clock.now += 20 * day
    expect(await bringBack(anna, newId(), state)).toBe('stored')
    Object.assign(facts, { restoredAt: clock.now - 181 * day })
    expect(await bringBack(anna, id, state)).toBe('gone')
    Object.assign(facts, { restoredAt: null })
    expect(await bringBack(anna, id, state)).toBe('gone')
  })

  test('lets no letter leave twice: one that comes back waiting is in doubt', async () => {
    const { app, anna, bringBack, clock, row } = await restoredLab()
    const [account, dialog, segment] = [newId(), newId(), newId()]
    await connector(app).write('account', account, newMailbox())
    const month = monthOf(clock.now)
    const letter = (employee: string) => ({
      at: clock.now,
      direction: 'out' as const,
      kind: 'letter' as const,
      author: { employee },
      text: 'Добрый день',
    })
    const queued = { status: 'queued' as const, at: clock.now }
    const before = { dialog, account, month }
    const lost = {
      ...before,
      messages: { 'mail:a': letter(anna.id), 'mail:b': { ...letter(anna.id), direction: 'in' } },
      states: { 'mail:a': queued },
    }
    // One that was written since waits as any other.
    const fresh = {
      ...before,
      messages: { 'mail:c': letter(anna.id) },
      states: { 'mail:c': queued },
    }
    expect(await anna.write('segment', segment, fresh)).toMatchObject({ ok: true })
    const state = stateOf('segment', segment, lost, newWriter())
    expect(await bringBack(anna, segment, state, 'segment')).toBe('stored')
    const { messages } = (await row(segment)) as unknown as SegmentRow // of a segment
    expect(messages.map(({ key, state }) => [key, state?.status, state?.by])).toEqual([
      ['mail:a', 'sending', 'backup'],
      ['mail:b', undefined, undefined],
      ['mail:c', 'queued', undefined],
    ])
  })
})

describe('a restored backup', () => {
  test('has waiting letters looked for before anybody sends them, and tokens of programs confirmed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'interes-restored-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const [from, to] = [join(directory, 'from'), join(directory, 'to')]
    await mkdir(from)
    const now = Date.parse('2026-05-10')
    const store = openSqlite(join(from, 'relay.sqlite'))
    const { app, anna, post } = await openLab({ store })
    const [account, dialog, segment] = [newId(), newId(), newId()]
    await connector(app).write('account', account, newMailbox())
    const body = {
      at: now,
      direction: 'out',
      kind: 'letter',
      author: { employee: anna.id },
    } as const
    const written = await anna.write('segment', segment, {
      dialog,
      account,
      month: monthOf(now),
      messages: { 'mail:a': { ...body, text: 'Добрый день' } },
      states: { 'mail:a': { status: 'queued', at: now } },
    })
    expect(written).toMatchObject({ ok: true })
    const { id: token } = await openProgram({ app, post }, anna, anna.id)
    const file = join(directory, 'backup.tar.gz')
    const common = { file, secretKey: new Uint8Array(32), clock: () => now }
    const made = await makeBackup({ ...common, dataDir: from })
    expect(made).toMatchObject({ ok: true, manifest: { records: { segment: 1 }, users: 1 } })
    const options = { ...common, dataDir: to, force: false, newId, random32: newWriter }
    expect(await restoreBackup(options)).toMatchObject({ ok: true, doubted: 1, keyFits: true })
    const restored = openSqlite(join(to, 'relay.sqlite'))
    onTestFinished(() => restored.close())
    const facts = await restored.workspace()
    expect(facts).toMatchObject({ restoredAt: now })
    const stored = (await restored.of(facts?.id ?? '').documents([segment])).get(segment)
    const tokens = await restored.of(facts?.id ?? '').apiTokens()
    expect(tokens).toMatchObject([{ id: token, suspendedAt: now }])
    const { messages } = JSON.parse(stored?.rowJson ?? '{}') as SegmentRow // projected as one
    expect(messages.map(({ state }) => state)).toEqual([
      { status: 'sending', at: now, by: 'backup' },
    ])
  })
})
