import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identitiesOf, resolveRows } from '../../../client/replica/resolve.ts'
import { storedRow } from '../../../client/replica/tables.ts'
import { mergeWrites, undoWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { mergedHere } from '../../../shared/records/merged.ts'
import { type Subject, service, tokensOf } from '../../../shared/rights.ts'
import { settleMerges } from '../../../sync-server/merges/settle.ts'
import {
  type SimulatedDevice,
  startSimulatedDevice,
  startSimulatedRelay,
} from '../replica/simulated-workspace.ts'

/** SEED and RUNS look at other and more interleavings. */
const seed = Number(process.env.SEED ?? 20_261_122)

const anna = newId()
const account = newId()
const clients = [newId(), newId(), newId(), newId()] as const
const dialogs = [newId(), newId(), newId()] as const
const devicesCount = 3

const administrator: Subject = {
  kind: 'employee',
  id: anna,
  administrator: true,
  tokens: tokensOf({ id: anna, administrator: true }, [{ id: account, access: 'all' }]),
}

const device = fc.nat({ max: devicesCount - 1 })
const client = fc.nat({ max: clients.length - 1 })

type Step = { device: number } & (
  | { do: 'merge'; main: number; duplicate: number }
  | { do: 'undo' | 'addPhone' | 'rename'; client: number }
  | { do: 'link'; dialog: number; client: number }
  | { do: 'push'; fate: 'arrives' | 'requestLost' | 'answerLost' }
  | { do: 'receive'; count: number }
  | { do: 'reconnect' | 'discard' | 'reload' }
)

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('merge'), device, main: client, duplicate: client }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo'), device, client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('addPhone'), device, client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename'), device, client }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('link'),
      device,
      dialog: fc.nat({ max: dialogs.length - 1 }),
      client,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('push'),
      device,
      fate: fc.constantFrom('arrives', 'arrives', 'requestLost', 'answerLost'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive'),
      device,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload'), device }) },
) as fc.Arbitrary<Step> // constants widen to string

const rowAt = ({ base }: SimulatedDevice, id: string) => base.client.get(id)

const undo = async (who: SimulatedDevice, id: string, at: number): Promise<void> => {
  const duplicate = await rowAt(who, id)
  if (!duplicate?.mergedInto) return
  const main = await rowAt(who, duplicate.mergedInto)
  if (main) await who.editAll(undoWrites('client', main, id, { by: anna, at }))
}

const take = async (one: Step, who: SimulatedDevice, n: number): Promise<unknown> => {
  switch (one.do) {
    case 'merge': {
      const main = await rowAt(who, clients[one.main] ?? '')
      const duplicate = await rowAt(who, clients[one.duplicate] ?? '')
      // As the page does: what is merged already is not offered.
      if (!main || !duplicate || main.id === duplicate.id) return
      if (main.mergedInto !== undefined || duplicate.mergedInto !== undefined) return
      return who.editAll(mergeWrites('client', main, [duplicate], { by: anna, at: n }))
    }
    case 'undo':
      return undo(who, clients[one.client] ?? '', n)
    case 'rename':
      return who.edit('client', clients[one.client] ?? '', { name: `Имя ${n}` })
    case 'addPhone': {
      const phone = { value: `+7495${1_000_000 + n}`, kind: 'work', order: `a${n}` }
      return who.edit('client', clients[one.client] ?? '', { phones: { [`own${n}`]: phone } })
    }
    case 'link': {
      const link = clients[one.client]
      return who.edit('dialog', dialogs[one.dialog] ?? '', { client: link })
    }
    case 'push':
      return who.push(one.fate)
    case 'receive':
      return who.receive(one.count)
    case 'discard':
      return who.discardOldest()
    case 'reconnect':
    case 'reload':
      return who[one.do]()
  }
}

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
  { do: 'link', device: 2, dialog: 0, client: 2 },
]
/** Three devices make a ring of three. */
const ringOfThree: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 1 },
  { do: 'merge', device: 1, main: 1, duplicate: 2 },
  { do: 'merge', device: 2, main: 2, duplicate: 0 },
]

describe('merges and undos on three devices, sometimes apart', () => {
  it('end equal everywhere, with every link leading to one record that is there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const relay = await startSimulatedRelay()
        let late: (() => void)[] = []
        let working: Promise<unknown>[] = []
        relay.pipeline.observe(
          settleMerges({
            read: relay.pipeline.read,
            write: (type, id, change) => {
              const subject = service('relay')
              const done = relay.pipeline.propose({
                id,
                type,
                change,
                subject,
                device: '',
                madeAt: 0,
              })
              working.push(done)
              return done
            },
            clock: () => 0,
            later: (act) => late.push(act),
            onError: (error) => {
              throw error
            },
          }),
        )
        const devices: SimulatedDevice[] = []
        const subjects = { here: administrator, there: administrator }
        for (let n = 0; n < devicesCount; n++)
          devices.push(await startSimulatedDevice(relay, subjects))
        const [first] = devices
        for (const [n, id] of clients.entries())
          await first?.edit('client', id, {
            kind: 'organisation',
            name: `Клиент ${n}`,
            phones: { own: { value: `+7916000000${n}`, kind: 'work', order: 'a0' } },
            ...(n % 2 && { inn: '7707083893' }),
          })
        for (const id of dialogs)
          await first?.edit('dialog', id, {
            account,
            channel: 'mail',
            peer: { address: 'a@b.test' },
          })
        await first?.push('arrives')
        for (const one of devices) await one.reconnect()

        for (const [n, one] of steps.entries()) {
          const who = devices[one.device]
          if (who) await take(one, who, n + 1)
        }

        const quieten = async () => {
          for (let round = 0; round < 12; round++) {
            for (const one of devices) {
              while ((await one.push('arrives')).kind === 'more');
              await one.receive(Number.POSITIVE_INFINITY)
            }
            // What the relay settles is begun by its observers, a few turns after a commit.
            for (let turn = 0; turn < 20; turn++) {
              await new Promise((resolve) => setImmediate(resolve))
              const running = working
              working = []
              await Promise.all(running)
            }
            const due = late
            late = []
            for (const act of due) act()
          }
        }
        await quieten()

        const rows = new Map<string, ClientRow>()
        for (const id of clients) {
          const row = (await relay.pipeline.read(id))?.row
          if (row) rows.set(id, row as unknown as ClientRow) // a client's
        }
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
          for (const id of clients) await undo(first, id, 99)
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
        for (const one of devices) await one.close()
        await relay.close()
      }),
      {
        seed,
        numRuns: Number(process.env.RUNS ?? 40),
        endOnFailure: false,
        examples: [[ring], [torn], [ringOfThree]],
      },
    )
  }, 120_000)
})
