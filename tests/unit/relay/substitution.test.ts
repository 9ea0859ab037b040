import { beforeEach, describe, expect, it } from 'vitest'
import { hour } from '../../../shared/clock.ts'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { createApp } from '../../../sync-server/app.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import type { Store } from '../../../sync-server/store/store.ts'
import { shortest } from '../../lab/shortest.ts'
import {
  type Feed,
  type Lab,
  newMailbox,
  openLab,
  openTestRelay,
  type Person,
  person,
  rowsOf,
} from './lab.ts'

/** Boris goes on holiday; Vera does his work from noon till one by the relay's clock (F283). */
const morning = Date.UTC(2026, 10, 23, 9)
const noon = morning + 3 * hour
const peer = { address: 'ivan@zavod.ru' }
let now: number
let store: Store
let lab: Lab
let people: { boris: Person; vera: Person; gleb: Person }

const write = async (type: RecordType, id: string, patch: Patch) => {
  const written = await lab.relay.workspace?.write(type, id, patch)
  expect(written).toMatchObject({ ok: true })
}
const appoint = (by: Person, more: Patch = {}, id = newId()) =>
  by.write('substitution', id, {
    absent: people.boris.id,
    deputy: people.vera.id,
    from: noon,
    to: noon + hour,
    createdBy: by.id,
    ...more,
  })
const clientOf = async ({ id: manager }: Person) => {
  const id = newId()
  await write('client', id, { kind: 'organisation', name: 'Завод', managers: [manager] })
  return id
}
const dialogOf = async (account: string, responsible?: string) => {
  const id = newId()
  const patch = { account, channel: 'mail', peer, ...(responsible && { responsible }) }
  await write('dialog', id, patch as Patch)
  return id
}
const seenBy = async (who: Person): Promise<ReadonlyMap<string, Row>> => {
  const feed = await who.feed()
  const rows = rowsOf(await feed.until('caughtUp'))
  await feed.close()
  return rows
}
/** Reads on until the record is there, or gone. */
const wait = async (feed: Feed, rows: Map<string, Row>, id: string, there: boolean) => {
  while (rows.has(id) !== there) rowsOf([await feed.next()], rows)
}

const begin = async () => {
  now = morning
  store = openSqlite(':memory:')
  lab = await openLab({ clock: () => now, store })
  people = {
    boris: await lab.join('boris@romashka.ru'),
    vera: await lab.join('vera@romashka.ru'),
    gleb: await lab.join('gleb@romashka.ru'),
  }
}
beforeEach(begin)

describe('a substitution', () => {
  it('begins and ends on an open stream by the relay’s clock, with nobody’s help', async () => {
    // Two turns of at most half a second each, and what the machine takes.
    const soon = 3_000
    const taken = await shortest(soon, async (attempt) => {
      if (attempt > 1) await begin()
      const { boris, vera } = people
      const id = await clientOf(boris)
      expect(await appoint(boris)).toMatchObject({ ok: true })
      const feed = await vera.feed()
      const rows = rowsOf(await feed.until('caughtUp'))
      expect(rows.has(id)).toBe(false)
      now = noon
      const started = performance.now()
      await wait(feed, rows, id, true)
      now = noon + hour
      await wait(feed, rows, id, false)
      return performance.now() - started
    })
    expect(taken).toBeLessThan(soon)
  })

  it('holds through a restart of the relay in its midst', async () => {
    const { boris, vera } = people
    const id = await clientOf(boris)
    await appoint(boris)
    now = noon + 1
    const again = await openTestRelay({ clock: () => now, store })
    const elsewhere = person(createApp(again), vera.id, vera.cookie)
    expect((await seenBy(elsewhere)).has(id)).toBe(true)
    now = noon + hour
    expect((await seenBy(person(createApp(again), vera.id, vera.cookie))).has(id)).toBe(false)
  })

  it('is not undone by a clock that is put back and forth', async () => {
    const { boris, vera } = people
    const id = await clientOf(boris)
    await appoint(boris)
    for (const [at, seen] of [
      [noon, true],
      [morning, false],
      [noon, true],
      [noon + 2 * hour, false],
    ] as const) {
      now = at
      expect((await seenBy(vera)).has(id)).toBe(seen)
    }
  })

  it('gives the right to change what the absent may change, and no longer than that', async () => {
    const { boris, vera } = people
    const id = await clientOf(boris)
    await appoint(boris)
    vera.hold(id, (await lab.relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array())
    expect(await vera.write('client', id, { note: 'рано' })).toMatchObject({ reason: 'forbidden' })
    const held = person(lab.app, vera.id, vera.cookie)
    held.hold(id, (await lab.relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array())
    now = noon
    expect(await held.write('client', id, { note: 'вовремя' })).toMatchObject({ ok: true })
    now = noon + hour
    expect(await held.write('client', id, { note: 'поздно' })).toMatchObject({
      reason: 'forbidden',
    })
  })

  it('ends at once when it is returned early', async () => {
    const { boris, vera } = people
    const [id, record] = [await clientOf(boris), newId()]
    await appoint(boris, {}, record)
    now = noon
    const feed = await vera.feed()
    const rows = rowsOf(await feed.until('caughtUp'))
    expect(rows.has(id)).toBe(true)
    expect(await boris.write('substitution', record, { to: now })).toMatchObject({ ok: true })
    await wait(feed, rows, id, false)
  })

  it('leaves the deputy with their own rights beside those of the absent', async () => {
    const { boris, vera } = people
    const account = newId()
    await write('account', account, newMailbox())
    await write('employee', vera.id, { exceptions: { dialog: { read: 'own' } } })
    await write('employee', boris.id, { exceptions: { dialog: { read: 'own' } } })
    const dialogs = [
      await dialogOf(account, vera.id),
      await dialogOf(account, boris.id),
      await dialogOf(account, lab.anna.id),
    ]
    await appoint(boris)
    now = noon
    const rows = await seenBy(vera)
    expect(dialogs.map((id) => rows.has(id))).toEqual([true, true, false])
  })

  it('is not handed on by the deputy, and gives an administrator’s rights to nobody', async () => {
    const { boris, vera, gleb } = people
    const [ofBoris, ofAnna, ofGleb] = [
      await clientOf(boris),
      await clientOf(lab.anna),
      await clientOf(gleb),
    ]
    await appoint(boris)
    await appoint(vera, { absent: vera.id, deputy: gleb.id })
    await appoint(lab.anna, { absent: lab.anna.id, deputy: vera.id })
    now = noon
    const [hers, his] = [await seenBy(vera), await seenBy(gleb)]
    expect([ofBoris, ofAnna, ofGleb].map((id) => hers.has(id))).toEqual([true, true, false])
    expect([ofBoris, ofAnna, ofGleb].map((id) => his.has(id))).toEqual([false, false, true])
  })
})

describe('correspondence of one who is away', () => {
  const letter = (who: Person, dialog: string, account: string): Patch => {
    const key = `mail:${newId()}`
    return {
      dialog,
      account,
      month: monthOf(now),
      messages: {
        [key]: {
          at: now,
          direction: 'out',
          kind: 'letter',
          author: { employee: who.id },
          text: '',
        },
      },
      states: { [key]: { status: 'queued', at: now } },
    }
  }

  it('comes to the deputy, new conversations too, and is answered by them in their own name', async () => {
    const { boris, vera } = people
    const account = newId()
    await write('account', account, newMailbox({ access: 'list', users: [boris.id] }))
    const old = await dialogOf(account, boris.id)
    await appoint(lab.anna)
    now = noon
    const feed = await vera.feed()
    const rows = rowsOf(await feed.until('caughtUp'))
    expect([account, old].map((id) => rows.has(id))).toEqual([true, true])
    const fresh = await dialogOf(account)
    await wait(feed, rows, fresh, true)
    const answer = (at: string) =>
      vera.write('segment', segmentId(at, now), letter(vera, at, account))
    expect(await answer(fresh)).toMatchObject({ ok: true })
    now = noon + hour
    expect(await answer(old)).toMatchObject({ reason: 'forbidden' })
  })

  it('in a private mailbox comes only to whom its owner has chosen (F16)', async () => {
    const { boris, vera } = people
    const account = newId()
    await write('account', account, newMailbox({ access: 'user', users: [boris.id] }))
    const dialog = await dialogOf(account)
    now = noon
    const record = newId()
    await appoint(lab.anna, {}, record)
    const closed = await seenBy(vera)
    expect([account, dialog].map((id) => closed.has(id))).toEqual([false, false])
    await appoint(boris)
    const open = await seenBy(vera)
    expect([account, dialog].map((id) => open.has(id))).toEqual([true, true])
  })

  it('stays where it is when only clients are handed over', async () => {
    const { boris, vera } = people
    const account = newId()
    await write('account', account, newMailbox({ access: 'list', users: [boris.id] }))
    const [dialog, client] = [await dialogOf(account), await clientOf(boris)]
    await appoint(boris, { parts: ['clients'] })
    now = noon
    const rows = await seenBy(vera)
    expect([account, dialog, client].map((id) => rows.has(id))).toEqual([false, false, true])
  })
})

describe('to appoint a deputy', () => {
  it('is for the absent, the head of their department and administrators', async () => {
    const { boris, vera, gleb } = people
    const outcome = async (by: Person) => (await appoint(by)).ok
    expect(await outcome(boris)).toBe(true)
    expect(await outcome(lab.anna)).toBe(true)
    expect(await outcome(gleb)).toBe(false)
    expect(await outcome(vera)).toBe(false)
    const [sales, north] = [newId(), newId()]
    await write('department', sales, { name: 'Продажи', head: gleb.id })
    await write('department', north, { name: 'Север', parent: sales })
    await write('employee', boris.id, { department: north })
    expect(await outcome(gleb)).toBe(true)
    await write('department', sales, { head: null })
    expect(await outcome(gleb)).toBe(false)
  })

  it('cannot be done so that another gets what the absent gave to one', async () => {
    const { boris, gleb } = people
    const record = newId()
    await appoint(boris, {}, record)
    const state = (await lab.relay.workspace?.pipeline.read(record))?.state ?? new Uint8Array()
    lab.anna.hold(record, state)
    expect(await lab.anna.write('substitution', record, { deputy: gleb.id })).toMatchObject({
      reason: 'immutableField',
      field: 'deputy',
    })
    expect(await appoint(gleb, { createdBy: boris.id })).toMatchObject({ reason: 'immutableField' })
    expect(await appoint(boris, { deputy: boris.id })).toMatchObject({ reason: 'invalidValue' })
    expect(await appoint(boris, { to: noon - 1 })).toMatchObject({ reason: 'invalidValue' })
  })
})
