/** What people do on the devices of the test of merges: merge, take apart, edit, and name clients in new records. */
import fc from 'fast-check'
import { expect } from 'vitest'
import {
  type MergedRow,
  type MergedType,
  mergeWrites,
  undoWrites,
} from '../../../shared/duplicates/merge.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { SimulatedDevice } from '../replica/simulated-workspace.ts'

export const anna = newId()
export const account = newId()
export const clients = [newId(), newId(), newId(), newId()] as const
export const devicesCount = 3

/** Records that name a client, and the field that does. */
export const naming = {
  dialog: 'client',
  interest: 'client',
  task: 'client',
  interaction: 'contact',
} as const
type NamingType = keyof typeof naming
const namingTypes = Object.keys(naming) as NamingType[] // Object.keys forgets the key type

export interface Made {
  type: NamingType
  id: string
  /** A device that knows the last one made in a slot links that one, another one makes one more. */
  slot: number
}

const madeOf = (type: NamingType, client: string, n: number): Patch => {
  switch (type) {
    case 'dialog':
      return { account, channel: 'mail', peer: { address: 'a@b.test' }, client }
    case 'interest': {
      const position = { scenario: newId(), stage: newId(), kind: 'open', since: n }
      return { name: `Интерес ${n}`, position, client }
    }
    case 'task':
      return { title: `Дело ${n}`, kind: 'task', responsible: anna, client }
    case 'interaction':
      return { kind: newId(), at: n, contact: client, contactType: 'client' }
  }
}

const device = fc.nat({ max: devicesCount - 1 })
const client = fc.nat({ max: clients.length - 1 })

export type Step = { device: number } & (
  | { do: 'merge'; main: number; duplicate: number }
  | { do: 'undo' | 'addPhone' | 'rename'; client: number }
  | { do: 'name'; slot: number; client: number }
  | { do: 'push'; fate: 'arrives' | 'requestLost' | 'answerLost' }
  | { do: 'receive'; count: number }
  | { do: 'reconnect' | 'discard' | 'reload' }
)

export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('merge'), device, main: client, duplicate: client }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo'), device, client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('addPhone'), device, client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename'), device, client }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('name'), device, slot: fc.nat({ max: 2 }), client }),
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

export const undo = async (
  who: SimulatedDevice,
  type: MergedType,
  id: string,
  at: number,
): Promise<void> => {
  const rows = who.base.table<MergedRow, string>(type)
  const duplicate = await rows.get(id)
  if (!duplicate?.mergedInto) return
  const main = await rows.get(duplicate.mergedInto)
  if (main) await who.editAll(undoWrites(type, main, id, { by: anna, at, from: duplicate }))
}

/** `made`: the records of this run that name clients; new ones are put there. */
export const take = async (
  one: Step,
  who: SimulatedDevice,
  n: number,
  made: Made[],
): Promise<unknown> => {
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
      return undo(who, 'client', clients[one.client] ?? '', n)
    case 'rename':
      return who.edit('client', clients[one.client] ?? '', { name: `Имя ${n}` })
    case 'addPhone': {
      const phone = { value: `+7495${1_000_000 + n}`, kind: 'work', order: `a${n}` }
      return who.edit('client', clients[one.client] ?? '', { phones: { [`own${n}`]: phone } })
    }
    case 'name': {
      const link = clients[one.client] ?? ''
      const known = made.findLast(({ slot }) => slot === one.slot)
      // An event stays with its contact; of what others made while apart this device knows nothing.
      if (known && known.type !== 'interaction' && (await who.base.table(known.type).get(known.id)))
        return who.edit(known.type, known.id, { client: link })
      const type = namingTypes[made.length % namingTypes.length] ?? 'dialog'
      const id = newId()
      made.push({ type, id, slot: one.slot })
      return expect(await who.edit(type, id, madeOf(type, link, n))).toBeNull()
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
