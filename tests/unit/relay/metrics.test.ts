import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { bearer, type Lab, openLab } from './lab.ts'

/** Name with labels → value, as Prometheus reads them. */
const pageOf = async ({ app }: Lab): Promise<Map<string, number>> => {
  const text = await (await app.request('/metrics', { headers: bearer })).text()
  return new Map(
    text
      .split('\n')
      .filter((line) => line.startsWith('interes_'))
      .map((line) => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), Number(line.slice(at + 1))]
      }),
  )
}

const named = (name: string, managers: string[]) => ({ kind: 'person', name, managers })

test('a count says what records weigh and how many page loads wrote into them', async () => {
  const lab = await openLab({ clock: () => 1_700_000_000_000 })
  const { anna, relay } = lab
  const boris = await lab.join('boris@romashka.ru', 'administrator')
  const [first, second] = [newId(), newId()]
  await anna.write('client', first, named('Ромашка', [anna.id]))
  await anna.write('client', second, named('Вектор', [anna.id]))
  await boris.write('client', second, { ...named('Вектор', [anna.id]), note: 'Звонить утром' })
  await relay.workspace?.count(() => false)

  const page = await pageOf(lab)
  const states = await Promise.all([first, second].map((id) => relay.workspace?.pipeline.read(id)))
  const bytes = states.map((document) => document?.state.length ?? 0)
  expect(page.get('interes_documents{type="client"}')).toBe(2)
  expect(page.get('interes_documents{type="employee"}')).toBe(2)
  expect(page.get('interes_state_bytes{type="client"}')).toBe((bytes[0] ?? 0) + (bytes[1] ?? 0))
  expect(page.get('interes_state_largest_bytes{type="client"}')).toBe(Math.max(...bytes))
  expect(page.get('interes_state_vector_entries{type="client"}')).toBe(3)
  expect(page.get('interes_state_vector_most_entries{type="client"}')).toBe(2)
  expect(page.get('interes_history_rows')).toBe(await relay.workspace?.store.seq())
  expect(page.get('interes_census_timestamp_seconds')).toBe(1_700_000_000)
})

test('a type whose last record is gone is not counted any more', async () => {
  const lab = await openLab()
  const { anna, relay } = lab
  const id = newId()
  await anna.write('client', id, named('Ромашка', [anna.id]))
  await relay.workspace?.count(() => false)
  expect((await pageOf(lab)).get('interes_documents{type="client"}')).toBe(1)
  await relay.workspace?.store.erase([id], 0, anna.id)
  await relay.workspace?.count(() => false)
  expect((await pageOf(lab)).has('interes_documents{type="client"}')).toBe(false)
})

test('others work between the pages of a count', async () => {
  const lab = await openLab()
  const { anna, relay } = lab
  const many = Array.from({ length: 250 }, (_, i) => {
    const id = newId()
    return { id, update: anna.make('client', id, named(`Клиент ${i}`, [anna.id])) }
  })
  await anna.push(...many.map(({ id, update }, n) => ({ n, id, type: 'client' as const, update })))
  let turns = 0
  const tick = () => {
    turns++
    immediate = setImmediate(tick)
  }
  let immediate = setImmediate(tick)
  await relay.workspace?.count(() => false)
  clearImmediate(immediate)
  expect(turns).toBeGreaterThanOrEqual(3)
})

test('a count ends with the relay and says nothing then', async () => {
  const lab = await openLab()
  await lab.relay.workspace?.count(() => true)
  expect((await pageOf(lab)).get('interes_census_timestamp_seconds')).toBe(0)
})

test('pushes are measured by how much they bring', async () => {
  const lab = await openLab()
  const { anna } = lab
  const entries = [1, 2, 3].map((n) => {
    const id = newId()
    return {
      n,
      id,
      type: 'client' as const,
      update: anna.make('client', id, named('А', [anna.id])),
    }
  })
  await anna.push(...entries)
  const page = await pageOf(lab)
  expect(page.get('interes_push_entries_sum')).toBe(3)
  expect(page.get('interes_push_entries_bucket{le="2"}')).toBe(0)
  expect(page.get('interes_push_entries_bucket{le="5"}')).toBe(1)
  expect(page.get('interes_push_seconds_count')).toBe(1)
})

test('the base and its log are measured on the disk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-metrics-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const lab = await openLab({ store: openSqlite(join(directory, 'relay.sqlite')) })
  const before = await pageOf(lab)
  expect(before.get('interes_log_bytes')).toBeGreaterThan(0)
  await lab.relay.store.tidy(0, 0)
  const after = await pageOf(lab)
  expect(after.get('interes_log_bytes')).toBe(0)
  expect(after.get('interes_base_bytes')).toBeGreaterThan(100_000)
})
