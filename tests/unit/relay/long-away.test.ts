import { expect, onTestFinished, test, vi } from 'vitest'
import type { Connection } from '../../../client/replica/status.ts'
import { openBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { day } from '../../../shared/clock.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { until } from '../../lab/processes.ts'
import { startEngine } from './engine.ts'
import { cookieOf, newClient, openLab, password } from './lab.ts'

const away = 90 * day

test('a device that comes back after 90 days keeps what was done on it until it is signed in, and is then in step', async () => {
  // Sessions are judged by a library that looks at the clock itself.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-10') })
  onTestFinished(() => void vi.useRealTimers())
  const lab = await openLab()
  const { anna, app, relay, post } = lab
  const boris = await lab.join('boris@romashka.ru')
  const shared: Patch = { ...newClient, managers: [anna.id], open: 'write' }
  const [kept, changed, closed, erased, own] = [newId(), newId(), newId(), newId(), newId()]
  for (const id of [kept, changed, closed, erased])
    expect(await anna.write('client', id, { ...shared, name: `Клиент ${id}` })).toMatchObject({
      ok: true,
    })

  const base = openBase(`away-${newId()}`)
  await base.open()
  let connection: Connection = { kind: 'connecting' }
  const onReport = (report: { connection: Connection }) => {
    connection = report.connection
  }
  const sync = (cookie: string) =>
    startEngine(base, app, { cookie, device: boris.device }, onReport)
  const first = sync(boris.cookie)
  await until('the first sync', async () => (await base.client.count()) === 4 || undefined)
  await until('its end', async () => (await base.meta.get('complete')) === true || undefined)
  await first.stop()

  const subject = relay.workspace?.directory.subjectOf(boris.id)
  if (!subject) throw new Error('Boris is known')
  const deps = {
    base,
    writer: createWriter(drawClientId),
    subject: () => subject,
    clock: () => Date.now(),
  }
  for (const [id, patch] of [
    [kept, { inn: '7707083893' }],
    [closed, { inn: '7707083893' }],
    [erased, { note: 'Тайна' }],
    [own, { ...newClient, managers: [boris.id], name: 'Свой' }],
  ] as const)
    expect(await writeRecords(deps, [{ type: 'client', id, patch }])).toMatchObject({ ok: true })

  const erasedName = `Клиент ${erased}`
  await anna.write('client', changed, { name: 'Переименован' })
  await anna.write('client', closed, { open: 'closed' })
  const erasure = await post(
    '/api/erase',
    { persons: true, messages: true, record: erased, confirm: erasedName },
    { cookie: anna.cookie },
  )
  expect(erasure.status).toBe(200)
  const later = Array.from({ length: 200 }, newId)
  for (const id of later) await anna.write('client', id, { ...shared, name: 'Новый' })
  vi.setSystemTime(Date.now() + away)

  const expired = sync(boris.cookie)
  await until('the session to be over', () => connection.kind === 'stopped' || undefined)
  expect(connection).toEqual({ kind: 'stopped', reason: 'signedOut' })
  await expired.stop()
  expect(await base.outbox.count()).toBe(4)
  expect(await base.client.count()).toBe(5)

  const email = 'boris@romashka.ru'
  const again = sync(cookieOf(await post('/api/sign-in', { email, password })))
  await until(
    'the device to be in step',
    async () =>
      ((await base.outbox.count()) === 0 && (await base.client.count()) === 203) || undefined,
  )
  await again.stop()
  expect((await base.client.get(changed))?.name).toBe('Переименован')
  expect(await base.client.get(closed)).toBeUndefined()
  expect(await base.client.get(erased)).toBeUndefined()
  expect(await base.client.bulkGet(later)).not.toContain(undefined)
  const atRelay = async (id: string) => (await relay.workspace?.pipeline.read(id))?.row
  expect(await atRelay(kept)).toMatchObject({ inn: '7707083893' })
  expect(await atRelay(own)).toMatchObject({ name: 'Свой' })
  expect(await atRelay(closed)).not.toMatchObject({ inn: '7707083893' })
  // The words are the user's; those about what was erased are nobody's any more.
  expect(await base.rejected.toArray()).toMatchObject([
    { doc: closed, reason: 'forbidden', patch: { inn: '7707083893' } },
  ])
  await base.delete()
})
