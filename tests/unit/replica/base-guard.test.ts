import Dexie from 'dexie'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { guardBase, openingUpTo } from '../../../client/replica/base-guard.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import type { Subject } from '../../../shared/rights.ts'

const subject: Subject = { kind: 'employee', id: newId(), administrator: true, tokens: new Set() }

const opened = async (): Promise<ReplicaBase> => {
  const base = openBase(`device-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete({ disableAutoOpen: false }))
  return base
}

test('a page that writes on after its base was emptied does so under another Yjs client id', async () => {
  const base = await opened()
  const writer = createWriter(drawClientId)
  const id = newId()
  const write = async () => {
    const deps = { base, writer, subject: () => subject, clock: () => 1 }
    const patch = { kind: 'person', name: 'Анна', managers: [subject.id] }
    expect(await writeRecords(deps, [{ type: 'client', id, patch }])).toMatchObject({ ok: true })
    const [entry] = await base.outbox.toArray()
    return [...Y.parseUpdateMeta(entry?.update ?? new Uint8Array()).to.keys()]
  }
  const before = await write()
  // As another program does it: Dexie only hears that its connection is in the way.
  await Dexie.delete(base.name)
  const after = await write()
  expect(after).toHaveLength(1)
  expect(after).not.toEqual(before)
})

const olderAndNewer = () => {
  const name = `device-${newId()}`
  const of = (version: number) => {
    const base = new Dexie(name, { indexedDB: openingUpTo(version) })
    base.version(version).stores({ meta: '', [`only${version}`]: 'id' })
    guardBase(base, version)
    onTestFinished(() => base.close())
    return base
  }
  return [of(1), of(2)] as const
}

test('a program whose base a newer one rebuilds lets go of it, for good', async () => {
  const [older, newer] = olderAndNewer()
  await older.open()
  await newer.open()
  expect(older.isOpen()).toBe(false)
  await expect(older.table('meta').get('epoch')).rejects.toThrow('closed')
  await expect(older.open()).rejects.toMatchObject({ name: 'OutdatedProgram' })
})

test('a program that finds the base of a newer one does not touch it', async () => {
  const [older, newer] = olderAndNewer()
  await newer.open()
  await newer.table('meta').put(5, 'kept')
  newer.close()
  await expect(older.open()).rejects.toMatchObject({ name: 'OutdatedProgram' })
  expect(older.isOpen()).toBe(false)
  await newer.open()
  expect(await newer.table('meta').get('kept')).toBe(5)
  // Dexie raises it where it puts back what only the older program knows.
  expect(newer.backendDB().version).toBe(20)
})
