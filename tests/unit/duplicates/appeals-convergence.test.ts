import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identitiesOf, resolveRows } from '../../../client/replica/resolve.ts'
import { storedRow } from '../../../client/replica/tables.ts'
import { mayGoInto, mergeWrites } from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { AppealRow } from '../../../shared/records/appeal.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import { mergedHere } from '../../../shared/records/merged.ts'
import type { SimulatedDevice } from '../replica/simulated-workspace.ts'
import { account, anna, devicesCount, undo } from './merge-steps.ts'
import { startMergingWorkspace } from './merging-workspace.ts'

/** SEED and RUNS look at other and more interleavings. */
const seed = Number(process.env.SEED ?? 20_261_122)

const appeals = [newId(), newId(), newId(), newId()] as const
const dialogs = [newId(), newId(), newId(), newId()] as const
/** May not be rejected without a reason. */
const strict = 3

const device = fc.nat({ max: devicesCount - 1 })
const appeal = fc.nat({ max: appeals.length - 1 })

type Step = { device: number } & (
  | { do: 'merge'; main: number; duplicate: number }
  | { do: 'undo' | 'accept' | 'reject'; appeal: number }
  | { do: 'push'; fate: 'arrives' | 'requestLost' | 'answerLost' }
  | { do: 'receive'; count: number }
  | { do: 'reconnect' | 'discard' | 'reload' }
)

const step = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('merge'), device, main: appeal, duplicate: appeal }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('undo', 'accept', 'reject'), device, appeal }),
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
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('reconnect', 'discard', 'reload'), device }),
  },
) as fc.Arbitrary<Step> // constants widen to string

const take = async (one: Step, who: SimulatedDevice, n: number): Promise<unknown> => {
  const rowAt = (id: string) => who.base.appeal.get(id)
  switch (one.do) {
    case 'merge': {
      const main = await rowAt(appeals[one.main] ?? '')
      const duplicate = await rowAt(appeals[one.duplicate] ?? '')
      if (!main || !duplicate || main.id === duplicate.id) return
      // A device that does not ask `mayGoInto` first is held to it by the relay.
      return who.editAll(mergeWrites('appeal', main, [duplicate], { by: anna, at: n }))
    }
    case 'undo':
      return undo(who, 'appeal', appeals[one.appeal] ?? '', n)
    case 'accept':
    case 'reject': {
      const state = one.do === 'accept' ? 'accepted' : 'rejected'
      const more = one.do === 'accept' ? { client: newId() } : { reason: 'Спам' }
      const decision = { by: anna, at: n, ...more }
      return who.edit('appeal', appeals[one.appeal] ?? '', { state, decision })
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

/** Decided on one device, merged on another that has not heard of it; and the other way round. */
const decidedThere: Step[] = [
  { do: 'accept', device: 0, appeal: 1 },
  { do: 'push', device: 0, fate: 'arrives' },
  { do: 'merge', device: 1, main: 0, duplicate: 1 },
]
const mergedThere: Step[] = [
  { do: 'merge', device: 1, main: 0, duplicate: 1 },
  { do: 'push', device: 1, fate: 'arrives' },
  { do: 'accept', device: 0, appeal: 1 },
  { do: 'reject', device: 2, appeal: 0 },
]
/** Whoever decides the main one does not know that another was merged into it. */
const unheard: Step[] = [
  { do: 'accept', device: 0, appeal: 0 },
  { do: 'merge', device: 1, main: 0, duplicate: 1 },
  { do: 'merge', device: 1, main: 2, duplicate: 3 },
  { do: 'push', device: 1, fate: 'arrives' },
]
const ring: Step[] = [
  { do: 'merge', device: 0, main: 0, duplicate: 1 },
  { do: 'merge', device: 1, main: 1, duplicate: 0 },
  { do: 'push', device: 1, fate: 'arrives' },
]

describe('appeals that are merged, taken apart and decided on three devices', () => {
  it('end equal everywhere, each decided once and its dialog with it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
        const { relay, devices, write, quieten, close } = await startMergingWorkspace()
        const { read } = relay.pipeline
        const now = async (id: string) => (await read(id))?.row as AppealRow // of those made below
        /** The first decision of each that reached the relay. */
        const decided = new Map<string, number | undefined>()
        relay.pipeline.observe((changes) => {
          for (const { id, type, row } of changes) {
            const { state, decision } = row as AppealRow // asked of appeals only
            if (type === 'appeal' && state !== 'new' && !decided.has(id))
              decided.set(id, decision?.at)
          }
        })
        for (const [n, id] of appeals.entries()) {
          const who = { address: `a${n}@b.test`, name: 'Иван Лугов' }
          const dialog = dialogs[n] ?? ''
          await write('dialog', dialog, { account, channel: 'mail', peer: who, appeal: id })
          await write('appeal', id, {
            account,
            channel: 'mail',
            dialog,
            who,
            at: n,
            state: 'new',
            ...(n % 2 && { responsible: anna }),
            ...(n === strict && { reasonRequired: true }),
          })
        }
        for (const one of devices) await one.reconnect()
        for (const [n, one] of steps.entries()) {
          const who = devices[one.device]
          if (who) await take(one, who, n + 1)
        }
        await quieten()

        for (const one of devices) {
          expect(await one.base.outbox.count()).toBe(0)
          for (const id of [...appeals, ...dialogs])
            expect(
              await one.base.table(dialogs.includes(id) ? 'dialog' : 'appeal').get(id),
            ).toEqual(storedRow({ ...(await now(id)) } as never))
          const leads = await resolveRows(one.base, 'appeal', appeals)
          for (const id of appeals) {
            const end = leads.get(id)
            expect(end?.mergedInto).toBeUndefined()
            expect(await identitiesOf(one.base, 'appeal', end?.id ?? '')).toContain(id)
            // The decision about the main one is that about all.
            const dialog = (await read(dialogs[appeals.indexOf(id)] ?? ''))?.row as DialogRow // made above
            if (end?.id === id || end?.state === 'new') continue
            if (end?.state === 'rejected') expect(dialog.state).toBe('closed')
            else expect(dialog.client).toBeDefined()
          }
        }
        for (const id of appeals) {
          const row = await now(id)
          expect(row.state === 'new' ? undefined : row.decision?.at).toBe(decided.get(id))
          if (row.mergedInto) {
            // Its own decision would be lost.
            expect(row.state).toBe('new')
            const main = await now(row.mergedInto)
            expect(mergedHere(main)).toContain(id)
            expect(mayGoInto(row, main)).toBe(true)
          }
          for (const other of mergedHere(row)) expect((await now(other)).mergedInto).toBe(id)
        }

        // Whatever was merged comes apart again, also after the decision: what comes out waits for its own.
        const [first] = devices
        for (let round = 0; round < appeals.length && first; round++) {
          for (const id of appeals) await undo(first, 'appeal', id, 99)
          await quieten()
        }
        for (const [n, id] of appeals.entries()) {
          const row = await now(id)
          expect(row.mergedInto).toBeUndefined()
          expect(row.state === 'new').toBe(!decided.has(id))
          expect(row.responsible).toBe(n % 2 ? anna : undefined)
        }
        await close()
      }),
      {
        seed,
        numRuns: Number(process.env.RUNS ?? 15),
        endOnFailure: false,
        examples: [[decidedThere], [mergedThere], [unheard], [ring]],
      },
    )
  }, 120_000)
})
