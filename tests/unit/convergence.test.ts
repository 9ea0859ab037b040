import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projected } from '../../client/replica/local-change.ts'
import { messagesOfSegments } from '../../client/replica/message-store.ts'
import { readDoc } from '../../client/replica/states.ts'
import { rowsOf, storedRow } from '../../client/replica/tables.ts'
import { derivedId, monthOf, newId, segmentId } from '../../shared/ids.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { type Subject, tokensOf } from '../../shared/rights.ts'
import {
  type SimulatedDevice,
  startSimulatedDevice,
  startSimulatedRelay,
} from './replica/simulated-workspace.ts'

/** SEED and RUNS look at other and more interleavings; the seed of a failure becomes a test of its own. */
const seed = Number(process.env.SEED ?? 20_261_121)

const anna = newId()
const ivan = newId()
const account = newId()
const dialog = newId()
const at = Date.UTC(2026, 10, 5)
const clients = [newId(), newId()] as const
const segment = segmentId(dialog, at)
const records: [RecordType, string][] = [
  ...clients.map((id): [RecordType, string] => ['client', id]),
  ['segment', segment],
]

const employee = (id: string, administrator: boolean): Subject => ({
  kind: 'employee',
  id,
  administrator,
  tokens: tokensOf({ id, administrator }, [{ id: account, access: 'all' }]),
})

/** Anna's two devices, and one of Ivan, who takes himself for an administrator and is none. */
const people = [
  { here: employee(anna, true), there: employee(anna, true) },
  { here: employee(anna, true), there: employee(anna, true) },
  { here: employee(ivan, true), there: employee(ivan, false) },
]

const device = fc.nat({ max: people.length - 1 })
const client = fc.nat({ max: clients.length - 1 })
const word = fc.constantFrom('a', 'b', 'ы', '🙂')

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rename'), device, client, word }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('addPhone'), device, client, word }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clear'), device, client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('type'), device, client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('typeLive'), device, client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('addNote'), device, word }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('push'),
      device,
      fate: fc.constantFrom('arrives', 'arrives', 'requestLost', 'answerLost'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pushSlowly'), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer'), device }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive'),
      device,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard'), device }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload'), device }) },
) as fc.Arbitrary<Step> // constants widen to string

type Step = { device: number } & (
  | { do: 'rename' | 'addPhone'; client: number; word: string }
  | { do: 'type'; client: number }
  | { do: 'clear' | 'typeLive'; client: number }
  | { do: 'addNote'; word: string }
  | { do: 'push'; fate: 'arrives' | 'requestLost' | 'answerLost' }
  | { do: 'receive'; count: number }
  | { do: 'pushSlowly' | 'answer' | 'reconnect' | 'discard' | 'reload' }
)

/** A letter of its own for each step, so that a text shows what was typed twice. */
const letterOf = (n: number): string => String.fromCodePoint(0x4e00 + n)

const noteOf = async (at: SimulatedDevice, id: string): Promise<string> =>
  (await at.base.client.get(id))?.note ?? ''

const take = async (one: Step, who: SimulatedDevice, user: string, n: number): Promise<unknown> => {
  switch (one.do) {
    case 'rename':
      return who.edit('client', clients[one.client] ?? '', { name: `${one.word}${n}` })
    case 'clear':
      return who.edit('client', clients[one.client] ?? '', { inn: n % 2 ? null : '7707083893' })
    case 'addPhone': {
      const phone = { value: `${one.word}${n}`, kind: 'work', order: `a${n}` }
      return who.edit('client', clients[one.client] ?? '', { phones: { [`p${n}`]: phone } })
    }
    case 'type': {
      const id = clients[one.client] ?? ''
      const text = await noteOf(who, id)
      const middle = Math.floor(text.length / 2)
      return who.edit('client', id, {
        note: text.slice(0, middle) + letterOf(n) + text.slice(middle),
      })
    }
    case 'typeLive':
      return who.typeLive(clients[one.client] ?? '', letterOf(n))
    case 'addNote': {
      const author = { employee: user }
      const message = { at, direction: 'out', kind: 'note', author, text: one.word } as const
      const messages = { [`mail:${derivedId('n', String(n))}`]: message }
      return who.edit('segment', segment, { dialog, account, month: monthOf(at), messages })
    }
    case 'push':
      return who.push(one.fate)
    case 'receive':
      return who.receive(one.count)
    case 'discard':
      return who.discardOldest()
    case 'pushSlowly':
    case 'answer':
    case 'reconnect':
    case 'reload':
      return who[one.do]()
  }
}

/** A row without messages beside the messages, as they lie in the base. */
const storedAt = async ({ base }: SimulatedDevice, type: RecordType, id: string) => ({
  row: await rowsOf(base, type).get(id),
  messages: await messagesOfSegments(base, [id]),
})

/** Typed text reached the relay without an answer, and was made anew when the change before it was discarded. */
const retyped: Step[] = [
  { do: 'addPhone', device: 2, client: 0, word: 'a' },
  { do: 'type', device: 2, client: 0 },
  { do: 'push', device: 2, fate: 'answerLost' },
  { do: 'rename', device: 0, client: 0, word: 'a' },
  { do: 'typeLive', device: 0, client: 0 },
  { do: 'push', device: 0, fate: 'arrives' },
  { do: 'discard', device: 2 },
]

describe('whatever is edited, lost, repeated, refused or discarded in whatever order', () => {
  it('ends with the same records on every device and at the relay, and nothing waiting', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
        const relay = await startSimulatedRelay()
        const devices: SimulatedDevice[] = []
        for (const subjects of people) devices.push(await startSimulatedDevice(relay, subjects))
        const [first] = devices
        // Ivan may write to the first client and only read the second.
        for (const [n, id] of clients.entries()) {
          const open = n === 0 ? 'write' : 'read'
          await first?.edit('client', id, { kind: 'organisation', name: 'Ромашка', open })
        }
        await first?.push('arrives')
        for (const one of devices) await one.reconnect()

        for (const [n, one] of steps.entries()) {
          const who = devices[one.device]
          const user = people[one.device]?.here.id
          if (who && user) await take(one, who, user, n)
        }

        for (const one of devices) await one.answer()
        for (let round = 0; round < 10; round++)
          for (const one of devices) {
            while ((await one.push('arrives')).kind === 'more');
            await one.receive(Number.POSITIVE_INFINITY)
          }
        for (const one of devices) {
          expect(await one.base.outbox.count()).toBe(0)
          expect(await one.base.acknowledged.count()).toBe(0)
          for (const [type, id] of records) {
            const there = await relay.pipeline.read(id)
            const here = await storedAt(one, type, id)
            if (!there) {
              expect(here).toEqual({ row: undefined, messages: [] })
              continue
            }
            expect(here.row).toEqual(storedRow(there.row))
            expect(here.messages.map(({ key }) => key).sort()).toEqual(
              type === 'segment'
                ? (there.row.messages as { key: string }[]).map(({ key }) => key).sort()
                : [],
            )
            // The document says what the row says: the next change builds on it.
            const { state } = (await readDoc(one.base, id)) ?? {}
            expect(state && projected(type, id, state)).toEqual(there.row)
          }
        }
        const ofAnna = await Promise.all(
          devices.slice(0, 2).map((one) => one.base.rejected.count()),
        )
        expect(ofAnna).toEqual([0, 0])
        const [, , ivans] = devices
        const refused = (await ivans?.base.rejected.toArray()) ?? []
        expect(
          refused.every(({ doc, reason }) => doc === clients[1] && reason === 'forbidden'),
        ).toBe(true)
        for (const id of clients) {
          const { row } = (await relay.pipeline.read(id)) ?? {}
          const letters = [...String(row?.note ?? '')]
          expect(letters.length).toBe(new Set(letters).size)
          // What nobody discarded and nobody refused is there.
          const typed = steps.flatMap((one, n) => {
            const isAnnas = one.do === 'type' || one.do === 'typeLive' ? one.device < 2 : false
            return isAnnas && 'client' in one && clients[one.client] === id ? [letterOf(n)] : []
          })
          if (!steps.some((one) => one.do === 'discard'))
            expect(letters).toEqual(expect.arrayContaining(typed))
        }
        for (const one of devices) await one.close()
        await relay.close()
      }),
      { seed, numRuns: Number(process.env.RUNS ?? 60), endOnFailure: false, examples: [[retyped]] },
    )
  }, 120_000)
})
