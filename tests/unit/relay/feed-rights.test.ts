import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import type { Cursor, FeedFrame } from '../../../shared/protocol/feed.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'
import { mayRead } from '../../../shared/rights.ts'
import { connector, type Feed, newClient, newMailbox, openLab, type Person } from './lab.ts'

/**
 * A device that keeps what the feed brings, states beside rows, and may be cut off between any two
 * frames. Its states are joined by Yjs: an update that comes without what it builds on shows.
 */
const openDevice = (who: Person) => {
  const docs = new Map<string, { type: RecordType; doc: Y.Doc; row: Row; live: boolean }>()
  let cursor: Cursor = { head: 0, below: 0 }
  let frames: FeedFrame[] = []
  let feed: Feed | null = null
  let reading: Promise<void> = Promise.resolve()

  const take = (frame: FeedFrame) => {
    if (frame.kind === 'records' || frame.kind === 'changes')
      for (const { id, type, bytes, row } of frame.entries) {
        const doc = docs.get(id)?.doc ?? openDoc(id)
        Y.applyUpdate(doc, bytes)
        expect(doc.store.pendingStructs, `a gap in ${type} ${id}`).toBeNull()
        docs.set(id, { type, doc, row, live: frame.kind === 'changes' })
      }
    if (frame.kind === 'forget') for (const id of frame.ids) docs.delete(id)
    if ('cursor' in frame) cursor = frame.cursor
  }

  return {
    docs,
    connect: async () => {
      if (feed) return
      frames = []
      const opened = await who.feed(`head=${cursor.head}&below=${cursor.below}`)
      feed = opened
      reading = (async () => {
        while (feed === opened) frames.push(await opened.next())
      })().catch(() => undefined) // it was closed
    },
    /** Keeps this many of the frames that came; the rest waits, or is lost with the connection. */
    read: (count: number) => {
      for (const frame of frames.splice(0, count)) take(frame)
    },
    disconnect: async () => {
      await feed?.close()
      feed = null
      await reading
    },
    /**
     * Reads on until a record shows what was written last. False where that came while the stream
     * was catching up: rights that changed meanwhile are looked at only after that.
     */
    sees: async (id: string, name: string): Promise<boolean> => {
      const deadline = performance.now() + 30_000
      while (docs.get(id)?.row.name !== name || cursor.below !== 0) {
        if (performance.now() > deadline) throw new Error('it did not catch up')
        await new Promise((resolve) => setTimeout(resolve, 1))
        for (const frame of frames.splice(0)) take(frame)
      }
      return docs.get(id)?.live === true
    },
  }
}

const people = 3
const records = 4
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('managers' as const),
      at: fc.nat(records - 1),
      who: fc.nat(people - 1),
    }),
    fc.record({ do: fc.constant('open' as const), at: fc.nat(records - 1), read: fc.boolean() }),
    fc.record({ do: fc.constant('name' as const), at: fc.nat(records - 1) }),
    fc.record({ do: fc.constant('mailbox' as const), users: fc.subarray([0, 1, 2]) }),
    fc.record({ do: fc.constant('subject' as const) }),
    fc.record({ do: fc.constant('role' as const), administrator: fc.boolean() }),
    fc.record({ do: fc.constant('connect' as const) }),
    fc.record({ do: fc.constant('read' as const), frames: fc.nat(6) }),
    fc.record({ do: fc.constant('cut' as const) }),
  ),
  { minLength: 5, maxLength: 30 },
)

test('a device holds what its user may read and nothing else, however rights change and streams break', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const lab = await openLab()
      const { relay, anna, app } = lab
      const boris = await lab.join('boris@romashka.ru')
      const vera = await lab.join('vera@romashka.ru')
      const everyone = [anna.id, boris.id, vera.id]
      const service = connector(app)
      const ids = Array.from({ length: records }, newId)
      for (const id of ids) await service.write('client', id, newClient)
      const [mailbox, dialog] = [newId(), newId()]
      await service.write('account', mailbox, newMailbox({ access: 'list', users: [] }))
      const peer = { address: 'ivan@zavod.ru' }
      await service.write('dialog', dialog, { account: mailbox, channel: 'mail', peer })
      for (const { id } of [boris, vera])
        service.hold(id, (await relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array())

      const device = openDevice(boris)
      const change = async (type: RecordType, id: string, patch: object) => {
        try {
          await service.write(type, id, { ...patch })
        } catch {
          // Nothing changed: the script sets what is set already.
        }
      }
      let n = 0
      for (const step of script) {
        const id = ids['at' in step ? step.at : 0] ?? ''
        if (step.do === 'managers') await change('client', id, { managers: [everyone[step.who]] })
        if (step.do === 'open') await change('client', id, { open: step.read ? 'read' : 'closed' })
        if (step.do === 'name') await change('client', id, { name: `Имя ${++n}` })
        if (step.do === 'subject') await change('dialog', dialog, { subject: `Тема ${++n}` })
        if (step.do === 'mailbox')
          await change('account', mailbox, { users: step.users.map((index) => everyone[index]) })
        if (step.do === 'role')
          await change('employee', boris.id, {
            role: step.administrator ? 'administrator' : 'employee',
          })
        if (step.do === 'connect') await device.connect()
        if (step.do === 'cut') await device.disconnect()
        if (step.do === 'read') {
          await new Promise((resolve) => setTimeout(resolve, 2))
          device.read(step.frames)
        }
      }
      await device.connect()
      let isLive = false
      for (let last = 1; !isLive; last++) {
        await service.write('employee', vera.id, { name: `Последнее ${last}` })
        isLive = await device.sees(vera.id, `Последнее ${last}`)
      }
      await device.disconnect()

      const subject = relay.workspace?.directory.subjectOf(boris.id)
      const readable = new Map<string, Row>()
      for (const id of [...everyone, ...ids, mailbox, dialog]) {
        const row = (await relay.workspace?.pipeline.read(id))?.row
        if (row && subject && mayRead(subject, row)) readable.set(id, row)
      }
      expect(new Map([...device.docs].map(([id, { row }]) => [id, row]))).toEqual(readable)
      for (const [id, { type, doc }] of device.docs)
        expect(project(type, id, doc)).toEqual({ ok: true, value: readable.get(id) })
    }),
    { numRuns: 40, seed: 20261121 },
  )
})
