import { beforeEach, describe, expect, it } from 'vitest'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { closeCodeOf } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { privateValueId } from '../../../shared/records/private-value.ts'
import { openDoc } from '../../../shared/records/projection.ts'
import type { LiveSocket } from '../../../sync-server/live/room.ts'
import { type Lab, newClient, newWriter, openLab, type Person } from './lab.ts'

/** What the relay says to somebody about a record that they may not read: nothing. */
let lab: Lab
let boris: Person
let client: string

const write = async (type: RecordType, id: string, patch: Patch) =>
  expect(await lab.relay.workspace?.write(type, id, patch)).toMatchObject({ ok: true })
const documentOf = async (id: string) => {
  const found = await lab.relay.workspace?.pipeline.read(id)
  if (!found) throw new Error('no such record')
  return found
}

beforeEach(async () => {
  lab = await openLab()
  boris = await lab.join('boris@romashka.ru')
  client = newId()
  await write('client', client, { ...newClient, managers: [lab.anna.id] })
})

describe('a change of a record that may not be read', () => {
  /** An update that a document with this state makes. */
  const madeOn = (state: Uint8Array | undefined, act: (doc: Y.Doc) => void): Uint8Array => {
    const doc = openDoc(client, state, newWriter())
    let update: Uint8Array = new Uint8Array()
    doc.on('update', (made: Uint8Array) => {
      update = made
    })
    doc.transact(() => act(doc))
    return update
  }
  const changes: Record<
    string,
    (state: Uint8Array) => Partial<{ update: Uint8Array; type: RecordType }>
  > = {
    'sound in itself': () => ({
      update: madeOn(undefined, (doc) => doc.getMap('f').set('name', 'Подмена')),
    }),
    'that says it is of another type': () => ({
      type: 'task',
      update: madeOn(undefined, (doc) => doc.getMap('f').set('title', 'Подмена')),
    }),
    'after something that is not there': () => {
      const doc = openDoc(client, undefined, newWriter())
      doc.getMap('f').set('name', 'Раз')
      const before = Y.encodeStateVector(doc)
      doc.getMap('f').set('name', 'Два')
      return { update: Y.encodeStateAsUpdate(doc, before) }
    },
    'of a field that there is not': () => ({
      update: madeOn(undefined, (doc) => doc.getMap('f').set('salary', 1)),
    }),
    'that takes a required field away': (state) => ({
      update: madeOn(state, (doc) => doc.getMap('f').delete('name')),
    }),
    'that deletes more than there is': (state) => {
      const own = openDoc(client, state, newWriter())
      own.getMap('f').set('note', 'x')
      own.getMap('f').delete('note')
      const update = Y.encodeStateAsUpdate(own, Y.encodeStateVector(own))
      return { update }
    },
    'that writes what is no value of the field': () => ({
      update: madeOn(undefined, (doc) => doc.getMap('f').set('kind', 'что-то')),
    }),
  }

  it.each(Object.entries(changes))(
    '%s: is forbidden, and nothing else is said',
    async (_, make) => {
      const made = make((await documentOf(client)).state)
      expect(await boris.push({ id: client, type: 'client', ...made })).toEqual([
        { n: 1, ok: false, reason: 'forbidden' },
      ])
    },
  )

  it('one’s own from before is known again, though access was lost since', async () => {
    const own = newId()
    const update = boris.make('client', own, { ...newClient, managers: [boris.id] })
    const entry = { id: own, type: 'client' as const, update }
    expect(await boris.push(entry)).toMatchObject([{ ok: true }])
    await write('client', own, { managers: [lab.anna.id] })
    expect(await boris.push(entry)).toMatchObject([{ ok: true }])
  })
})

describe('a live room', () => {
  const socketOf = () => {
    const heard: Uint8Array[] = []
    const closed: number[] = []
    const socket: LiveSocket = {
      send: (bytes) => {
        // As a web socket: nothing goes out after it was closed.
        if (closed.length === 0) heard.push(bytes)
      },
      close: (code) => closed.push(code),
      bufferedAmount: 0,
    }
    return { socket, heard, closed }
  }
  const enter = async (who: Person, id: string) => {
    const { rooms } = lab.relay.workspace ?? {}
    const ears = socketOf()
    const visitor = { user: who.id, session: null, device: who.device }
    const room = rooms?.enter(ears.socket, visitor, await documentOf(id))
    return { ...ears, say: (bytes: Uint8Array) => room?.hear(ears.socket, bytes) }
  }
  const presence = (name: string): Uint8Array => {
    const awareness = new awarenessProtocol.Awareness(new Y.Doc())
    awareness.setLocalState({ name })
    const said = awarenessProtocol.encodeAwarenessUpdate(awareness, [awareness.clientID])
    awareness.destroy()
    return Uint8Array.from([1, said.length, ...said])
  }
  const words = (heard: readonly Uint8Array[]) =>
    heard.map((bytes) => new TextDecoder().decode(bytes)).join()
  const forbidden = [closeCodeOf('forbidden')]

  it('tells nobody who is there once they may not read the record any more', async () => {
    await write('client', client, { managers: [lab.anna.id, boris.id] })
    const [hers, his] = [await enter(lab.anna, client), await enter(boris, client)]
    await hers.say(presence('Анна-одна'))
    expect(words(his.heard)).toContain('Анна-одна')
    await write('client', client, { managers: [lab.anna.id] })
    expect(his.closed).toEqual(forbidden)
    await hers.say(presence('Анна-другая'))
    expect(words(his.heard)).not.toContain('Анна-другая')
    expect(hers.closed).toEqual([])
  })

  it('of a private value ends at once for who is no reader of its field any more', async () => {
    await write('client', client, { open: 'read' })
    const field = newId()
    const value = privateValueId(client, field)
    await write('field', field, {
      recordType: 'client',
      kind: 'text',
      name: 'Скидка',
      readers: [boris.id],
    })
    await write('privateValue', value, {
      record: client,
      recordType: 'client',
      field,
      value: 'Пять',
    })
    const his = await enter(boris, value)
    await write('field', field, { readers: [lab.anna.id] })
    expect(his.closed).toEqual(forbidden)
  })

  it.each(['task', 'interest'] as const)(
    'of a %s ends for who is not among its people when it is restricted',
    async (type) => {
      const id = newId()
      const position = { scenario: newId(), stage: newId(), kind: 'open', since: 1 }
      await write(type, id, {
        responsible: lab.anna.id,
        members: [boris.id],
        ...(type === 'task' ? { title: 'Звонок', kind: 'task' } : { name: 'Станок', position }),
      })
      const his = await enter(boris, id)
      await write(type, id, { restricted: true })
      expect(his.closed).toEqual([])
      await write(type, id, { members: [] })
      expect(his.closed).toEqual(forbidden)
    },
  )
})
