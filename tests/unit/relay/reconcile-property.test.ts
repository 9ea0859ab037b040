import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import type { Cursor } from '../../../shared/protocol/feed.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { createApp } from '../../../sync-server/app.ts'
import type { Relay } from '../../../sync-server/relay.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { until } from '../../lab/processes.ts'
import { startEngine } from './engine.ts'
import { cookieOf, newClient, openLab, openTestRelay, type Person, password } from './lab.ts'

/** SEED and RUNS look at other and more scripts; the seed of a failure becomes a test of its own. */
const seed = Number(process.env.SEED ?? 20_261_122)
const runs = Number(process.env.RUNS ?? 3)

/** The newest seq that a device holds everything up to. */
const headOf = async (base: ReplicaBase): Promise<number> =>
  ((await base.meta.get('cursor')) as Cursor | undefined)?.head ?? 0 // stored by `storeFrame`

const devices = 3
/** ms, for one device to be in step on a machine that other tests use too. */
const patience = 40_000
const clients = 4

const device = fc.nat(devices - 1)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), device, at: fc.nat(clients - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), device }) },
)
const script = fc.record({
  before: fc.array(step, { minLength: 3, maxLength: 12 }),
  /** After the backup and before the restore: what the relay will have lost. */
  lost: fc.array(step, { minLength: 3, maxLength: 12 }),
  /** After the restore, in which devices come back one by one. */
  after: fc.array(step, { minLength: 0, maxLength: 8 }),
})

test('after a restore devices of whatever knowledge bring back all that any of them had', async () => {
  await fc.assert(
    fc.asyncProperty(script, async ({ before, lost, after }) => {
      const dir = await mkdtemp(join(tmpdir(), 'interes-reconcile-'))
      const file = join(dir, 'relay.sqlite')
      const lab = await openLab({ store: openSqlite(file) })
      const { anna } = lab
      const boris = await lab.join('boris@romashka.ru')
      let relay: Relay = lab.relay
      let app = lab.app
      const owners: Person[] = [anna, anna, boris]
      const laptops = await Promise.all(
        owners.map(async (owner) => {
          const base = openBase(`reconcile-${newId()}`)
          await base.open()
          const who = { cookie: owner.cookie, device: newId() }
          return { base, owner, who, writer: createWriter(drawClientId) }
        }),
      )
      const ids = Array.from({ length: clients }, newId)
      for (const id of ids)
        await anna.write('client', id, { ...newClient, managers: [anna.id], open: 'write' })

      let n = 0
      /** Phones that were written, by client: one that is lost is missed. */
      const written = new Map<string, string[]>(ids.map((id) => [id, []]))
      const isInStep = async (base: ReplicaBase) =>
        (await base.outbox.count()) === 0 &&
        (await base.lost.count()) === 0 &&
        (await base.meta.get('epoch')) === relay.workspace?.facts.epoch &&
        (await base.meta.get('complete')) === true &&
        // Complete it was before, too: what others brought back meanwhile has to be there.
        (await headOf(base)) >= ((await relay.workspace?.store.seq()) ?? 0)
      const sync = async (at: number) => {
        const laptop = laptops[at]
        if (!laptop) throw new Error('no such device')
        const engine = startEngine(laptop.base, app, laptop.who)
        await until(
          'the device to be in step',
          async () => (await isInStep(laptop.base)) || undefined,
          patience,
        )
        await engine.stop()
      }
      const take = async (one: typeof step extends fc.Arbitrary<infer T> ? T : never) => {
        const laptop = laptops[one.device]
        if (!laptop) throw new Error('no such device')
        if (one.do === 'sync') return sync(one.device)
        const id = one.do === 'create' ? newId() : (ids[one.at] ?? '')
        const { base, owner, writer } = laptop
        // Not fetched yet: there is nothing to change.
        if (one.do === 'write' && !(await base.client.get(id))) return
        const subject = relay.workspace?.directory.subjectOf(owner.id)
        if (!subject) throw new Error('everyone is known')
        const phone = `p${++n}`
        const patch: Patch = {
          ...(one.do === 'create' && { ...newClient, managers: [owner.id], open: 'write' }),
          phones: {
            [phone]: { value: `+7495${String(n).padStart(7, '0')}`, kind: 'work', order: 'a0' },
          },
        }
        const deps = { base, writer, subject: () => subject, clock: () => Date.now() }
        expect(await writeRecords(deps, [{ type: 'client', id, patch }])).toMatchObject({
          ok: true,
        })
        written.set(id, [...(written.get(id) ?? []), phone])
      }

      for (const one of before) await take(one)
      // Nothing is being written: the base and its log are of one moment.
      const backup = join(dir, 'backup.sqlite')
      await copyFile(file, backup)
      await copyFile(`${file}-wal`, `${backup}-wal`)
      for (const one of lost) await take(one)

      await lab.relay.stop()
      const store = openSqlite(backup)
      const restored = await store.workspace()
      if (!restored) throw new Error('set up')
      await store.startEpoch(restored.id, newId(), Date.now())
      relay = await openTestRelay({ store })
      app = createApp(relay)
      for (const laptop of laptops) {
        const email = laptop.owner === anna ? 'anna@romashka.ru' : 'boris@romashka.ru'
        const signedIn = await app.request('/api/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        })
        laptop.who.cookie = cookieOf(signedIn)
      }
      for (const one of after) await take(one)
      // Twice: what the last one brings back goes to all.
      for (let round = 0; round < 2; round++) for (let at = 0; at < devices; at++) await sync(at)

      for (const [id, phones] of written) {
        const row = (await relay.workspace?.pipeline.read(id))?.row
        if (!row) {
          expect(phones).toEqual([])
          continue
        }
        const there = (row.phones as { id: string }[]).map((phone) => phone.id)
        expect(there.sort()).toEqual(phones.sort())
        for (const { base } of laptops) expect(await base.client.get(id)).toEqual(storedRow(row))
      }
      for (const { base } of laptops) {
        expect(await base.rejected.count()).toBe(0)
        base.close()
        await base.delete()
      }
      await relay.stop()
      await rm(dir, { recursive: true, force: true })
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
}, 120_000)
