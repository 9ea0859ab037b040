import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citationsOf } from '../../../client/duplicates/citations.ts'
import { readSame } from '../../../client/lists/references.ts'
import { identitiesOf, resolveRows } from '../../../client/replica/resolve.ts'
import { storedRow } from '../../../client/replica/tables.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { mergedHere } from '../../../shared/records/merged.ts'
import { clients, type Made, naming, type Step, step, take, undo } from './merge-steps.ts'
import { startMergingWorkspace } from './merging-workspace.ts'

/** SEED and RUNS look at other and more interleavings. */
const seed = Number(process.env.SEED ?? 20_261_122)

/** Two devices merge the same two records into each other. */
const ring: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 1 },
  { do: 'merge', device: 1, main: 1, duplicate: 0 },
  { do: 'push', device: 1, fate: 'arrives' },
]
/** Two devices merge one record into different ones. */
const torn: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 2 },
  { do: 'merge', device: 1, main: 1, duplicate: 2 },
  { do: 'name', device: 2, slot: 0, client: 2 },
]
/** Three devices make a ring of three. */
const ringOfThree: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 1 },
  { do: 'merge', device: 1, main: 1, duplicate: 2 },
  { do: 'merge', device: 2, main: 2, duplicate: 0 },
]

/** A record of each kind is made by devices that have not heard of the merges of the clients they name. */
const unheard: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 1 },
  { do: 'merge', device: 0, main: 2, duplicate: 0 },
  { do: 'push', device: 0, fate: 'arrives' },
  { do: 'name', device: 1, slot: 0, client: 1 },
  { do: 'name', device: 1, slot: 1, client: 0 },
  { do: 'name', device: 2, slot: 0, client: 1 },
  { do: 'name', device: 2, slot: 1, client: 1 },
]

/** Two devices make the same merge, one of them of a record that it had merged another into. */
const same: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 2 },
  { do: 'merge', device: 0, main: 1, duplicate: 0 },
  { do: 'merge', device: 1, main: 1, duplicate: 0 },
]

describe('merges and undos on three devices, sometimes apart', () => {
  it('end equal everywhere, with every link leading to one record that is there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { relay, devices, quieten, close } = await startMergingWorkspace()
        const [first] = devices
        for (const [n, id] of clients.entries())
          await first?.edit('client', id, {
            kind: 'organisation',
            name: `Клиент ${n}`,
            phones: { own: { value: `+7916000000${n}`, kind: 'work', order: 'a0' } },
            ...(n % 2 && { inn: '7707083893' }),
          })
        await first?.push('arrives')
        for (const one of devices) await one.reconnect()

        const made: Made[] = []
        for (const [n, one] of steps.entries()) {
          const who = devices[one.device]
          if (who) await take(one, who, n + 1, made)
        }

        await quieten()

        const rows = new Map<string, ClientRow>()
        for (const id of clients) {
          const row = (await relay.pipeline.read(id))?.row
          if (row) rows.set(id, row as unknown as ClientRow) // a client's
        }
        const named: (Made & { row: Row; link: string })[] = []
        for (const one of made) {
          const { type, id } = one
          const row = (await relay.pipeline.read(id))?.row
          if (row) named.push({ ...one, row, link: String(row[naming[type]]) })
        }
        // Only what was discarded on its device before it was sent is nowhere.
        if (steps.every((one) => one.do !== 'discard')) expect(named).toHaveLength(made.length)
        for (const one of devices) {
          expect(await one.base.outbox.count()).toBe(0)
          for (const id of clients)
            expect(await one.base.client.get(id)).toEqual(
              storedRow({ ...(await relay.pipeline.read(id))?.row } as never),
            )
          // A link of each kind leads to a record that is no duplicate itself, the same everywhere.
          const leads = await resolveRows(one.base, 'client', clients)
          for (const id of clients) {
            const end = leads.get(id)
            expect(end?.mergedInto).toBeUndefined()
            expect(await identitiesOf(one.base, 'client', end?.id ?? '')).toContain(id)
          }
          // What names a client, whenever and wherever it was made, is found from that record: by lists and
          // the board, and once by the count of what belongs to it.
          const same = await readSame(one.base, 'client')
          for (const { type, id, row, link } of named) {
            expect(await one.base.table(type).get(id)).toEqual(storedRow({ ...row } as never))
            expect(same.mainOf(link)).toBe(leads.get(link)?.id)
          }
          const mains = new Set([...leads.values()].map(({ id }) => id))
          const counts = await Promise.all(
            [...mains].map((id) => citationsOf(one.base, 'client', id)),
          )
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(named.length)
        }
        // Both sides of every merge say the same.
        for (const row of rows.values()) {
          if (row.mergedInto) {
            const main = rows.get(row.mergedInto)
            expect(main && mergedHere(main)).toContain(row.id)
          }
          for (const id of mergedHere(row)) expect(rows.get(id)?.mergedInto).toBe(row.id)
        }

        // Whatever was merged comes apart again, with what was typed at each record and nothing else.
        for (let round = 0; round < clients.length && first; round++) {
          for (const id of clients) await undo(first, 'client', id, 99)
          await quieten()
        }
        for (const id of clients) {
          const row = (await relay.pipeline.read(id))?.row as unknown as ClientRow // a client's
          expect(row.mergedInto).toBeUndefined()
          expect(row.phones.filter((part) => !part.id.startsWith('own'))).toEqual([])
          if (steps.every((one) => one.do !== 'discard')) {
            const typed = steps.flatMap((one, n) =>
              one.do === 'addPhone' && clients[one.client] === id ? [`own${n + 1}`] : [],
            )
            expect(row.phones.map((part) => part.id).sort()).toEqual(['own', ...typed].sort())
          }
        }
        // And what names a client leads to that very one.
        for (const one of devices) {
          const leads = await resolveRows(one.base, 'client', clients)
          for (const { type, id, link } of named) {
            expect((await one.base.table(type).get(id))?.[naming[type]]).toBe(link)
            expect(leads.get(link)?.id).toBe(link)
          }
        }
        await close()
      }),
      {
        seed,
        numRuns: Number(process.env.RUNS ?? 40),
        endOnFailure: false,
        examples: [[ring], [torn], [ringOfThree], [unheard], [same]],
      },
    )
  }, 120_000)
})
