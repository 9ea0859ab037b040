import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { vault } from '../../../sync-server/accounts/vault.ts'
import { createApp } from '../../../sync-server/app.ts'
import { openArchiveShelf } from '../../../sync-server/archives/shelf.ts'
import { noFault } from '../../../sync-server/commit/faults.ts'
import { dadata } from '../../../sync-server/companies/dadata.ts'
import { openFileDisk } from '../../../sync-server/files/disk.ts'
import { openMetrics } from '../../../sync-server/metrics.ts'
import { openRelay } from '../../../sync-server/relay.ts'
import { listen } from '../../../sync-server/server.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { until } from '../../lab/processes.ts'
import { shortest } from '../../lab/shortest.ts'
import {
  company,
  connectorToken,
  cookieOf,
  newClient,
  newWriter,
  type Person,
  password,
  person,
} from '../../unit/relay/lab.ts'

const serve = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-live-'))
  const relay = await openRelay({
    store: openSqlite(join(directory, 'relay.sqlite')),
    disk: await openFileDisk(join(directory, 'files')),
    archives: await openArchiveShelf(join(directory, 'archives'), {
      clock: Date.now,
      log: pino({ level: 'silent' }),
    }),
    vault: vault(new Uint8Array(32)),
    clock: Date.now,
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    fault: noFault,
    connectorToken,
    publicUrl: null,
    findCompanies: dadata(),
    findPicture: null,
    clientDir: null,
    minimumProgram: 1,
    firstEntries: [],
    newId,
    random32: newWriter,
  })
  const server = await listen(relay, 0, '127.0.0.1')
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= server.stop()
    return stopped
  }
  onTestFinished(async () => {
    await stop()
    await rm(directory, { recursive: true, force: true })
  })
  const app = createApp(relay)
  const call = (path: string, body: unknown, cookie = '') =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  const signedIn = await call('/api/setup', company)
  const { user } = (await signedIn.json()) as { user: { id: string } }
  const anna = person(app, user.id, cookieOf(signedIn))
  const join_ = async (email: string): Promise<Person> => {
    const invited = await call('/api/invites', { role: 'employee' }, anna.cookie)
    const { token } = (await invited.json()) as { token: string }
    const accepted = await call(`/api/invites/${token}/accept`, {
      name: email,
      email,
      password,
      locale: 'ru',
    })
    const joined = (await accepted.json()) as { user: { id: string } }
    return person(app, joined.user.id, cookieOf(accepted))
  }
  return {
    relay,
    url: server.url,
    live: `${server.url.replace('http', 'ws')}/live`,
    anna,
    stop,
    join: join_,
  }
}

/** A socket of the `ws` package that carries a cookie, for the provider of y-websocket. */
const socketWith = (cookie: string, origin?: string) =>
  class extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie }, ...(origin !== undefined && { origin }) })
    }
  } as unknown as typeof globalThis.WebSocket // the DOM's class, of which the provider uses what `ws` has

const provide = (live: string, id: string, cookie: string) => {
  const doc = new Y.Doc({ guid: id })
  const provider = new WebsocketProvider(live, id, doc, {
    WebSocketPolyfill: socketWith(cookie),
    disableBc: true,
  })
  onTestFinished(() => {
    provider.destroy()
    doc.destroy()
  })
  const closed = new Promise<number>((resolve) =>
    provider.on('connection-close', (event) => resolve(event?.code ?? 0)),
  )
  const synced = new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return { doc, provider, closed, synced }
}

const eventually = (check: () => boolean) => until('it did not come', () => check() || undefined)

const closeCode = (address: string, cookie: string, origin?: string) =>
  new Promise<number>((resolve) => {
    const socket = new (socketWith(cookie, origin))(address)
    socket.onclose = ({ code }) => resolve(code)
  })

describe('the provider of y-websocket', () => {
  test('reads a record, edits it, and the edit is in the base and in feeds', async () => {
    const { anna, live, relay } = await serve()
    const id = newId()
    await anna.write('client', id, { ...newClient, note: 'Звонить ' })
    const feed = await anna.feed()
    await feed.until('caughtUp')
    const { doc, synced } = provide(live, id, anna.cookie)
    await synced
    expect(doc.getText('note').toString()).toBe('Звонить ')
    doc.getText('note').insert(8, 'утром')
    expect(await feed.next()).toMatchObject({
      kind: 'changes',
      entries: [{ id, row: { note: 'Звонить утром' } }],
    })
    expect((await relay.workspace?.pipeline.read(id))?.row).toMatchObject({ note: 'Звонить утром' })
  })

  test('sees what others write in the room and what comes by push', async () => {
    const { anna, live } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    const [one, two] = [provide(live, id, anna.cookie), provide(live, id, anna.cookie)]
    await Promise.all([one.synced, two.synced])
    one.doc.getText('note').insert(0, 'раз')
    await eventually(() => two.doc.getText('note').toString() === 'раз')
    await anna.write('client', id, { name: 'Лютик' })
    await eventually(() => one.doc.getMap('f').get('name') === 'Лютик')
    await eventually(() => two.doc.getMap('f').get('name') === 'Лютик')
  })

  test('keeps every letter of two who type at once', async () => {
    const { anna, join, live, relay } = await serve()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, { ...newClient, managers: [boris.id] })
    const [one, two] = [provide(live, id, anna.cookie), provide(live, id, boris.cookie)]
    await Promise.all([one.synced, two.synced])
    for (let i = 0; i < 100; i++) {
      one.doc.getText('note').insert(0, 'а')
      two.doc.getText('note').insert(0, 'б')
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const letters = (text = '') => [
      text.replaceAll('б', '').length,
      text.replaceAll('а', '').length,
    ]
    await eventually(() => one.doc.getText('note').length === 200)
    await eventually(() => two.doc.getText('note').length === 200)
    expect(one.doc.getText('note').toString()).toBe(two.doc.getText('note').toString())
    const row = (await relay.workspace?.pipeline.read(id))?.row
    expect(letters(String(row?.note))).toEqual([100, 100])
  })

  test('shows who is there, and who has left', async () => {
    const { anna, live } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    const [one, two] = [provide(live, id, anna.cookie), provide(live, id, anna.cookie)]
    await Promise.all([one.synced, two.synced])
    one.provider.awareness.setLocalStateField('user', { name: 'Анна' })
    const seen = () => two.provider.awareness.getStates().get(one.doc.clientID)
    await eventually(() => seen()?.user?.name === 'Анна')
    one.provider.disconnect()
    await eventually(() => seen() === undefined)
  })

  test('is closed with 1012 when the relay stops, and what it wrote is kept', async () => {
    const { anna, live, stop } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    const { synced, closed } = provide(live, id, anna.cookie)
    await synced
    await stop()
    expect(await closed).toBe(1012)
  })
})

describe('a room is closed', () => {
  test('with 4401 without a session, 4403 without the right, 4404 where there is no record, 4426 for an old program', async () => {
    const { anna, join, live } = await serve()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, newClient)
    expect(await closeCode(`${live}/${id}`, '')).toBe(4401)
    expect(await closeCode(`${live}/${id}`, 'interes_session=wrong')).toBe(4401)
    expect(await closeCode(`${live}/${id}`, boris.cookie)).toBe(4403)
    expect(await closeCode(`${live}/${newId()}`, anna.cookie)).toBe(4404)
    expect(await closeCode(`${live}/nonsense`, anna.cookie)).toBe(4404)
    expect(await closeCode(`${live}/${id}?program=0`, anna.cookie)).toBe(4426)
  })

  test('with 4403 to a foreign page', async () => {
    const { anna, live } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    expect(await closeCode(`${live}/${id}`, anna.cookie, 'https://evil.example')).toBe(4403)
  })

  test('with 4403 when the right is lost, and with 4401 on signing out', async () => {
    const { anna, join, live, url } = await serve()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, { ...newClient, managers: [boris.id] })
    const [his, hers] = [provide(live, id, boris.cookie), provide(live, id, anna.cookie)]
    await Promise.all([his.synced, hers.synced])
    await anna.write('client', id, { managers: [] })
    expect(await his.closed).toBe(4403)
    expect(hers.provider.wsconnected).toBe(true)
    await fetch(`${url}/api/sign-out`, { method: 'POST', headers: { cookie: anna.cookie } })
    expect(await hers.closed).toBe(4401)
  })

  test('with the code of the reason when an edit is refused, and the record stays as it was', async () => {
    const { anna, join, live, relay } = await serve()
    const boris = await join('boris@romashka.ru')
    const id = newId()
    await anna.write('client', id, { ...newClient, open: 'read' })
    const reading = provide(live, id, boris.cookie)
    await reading.synced
    reading.doc.getText('note').insert(0, 'не моё')
    expect(await reading.closed).toBe(4403)
    const wrong = provide(live, id, anna.cookie)
    await wrong.synced
    wrong.doc.getMap('f').set('shadow', 1)
    expect(await wrong.closed).toBe(4422)
    expect((await relay.workspace?.pipeline.read(id))?.row).not.toHaveProperty('note')
  })

  test('with 4422 to bytes that are no message, and others are not disturbed', async () => {
    const { anna, live } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    const calm = provide(live, id, anna.cookie)
    await calm.synced
    for (const bytes of [[], [0], [0, 2, 200], [1, 255, 255, 255], [0, 2, 3, 1, 2, 3]]) {
      const socket = new (socketWith(anna.cookie))(`${live}/${id}`)
      const code = new Promise((resolve) => {
        socket.onclose = (event) => resolve(event.code)
      })
      socket.onopen = () => socket.send(new Uint8Array(bytes))
      expect(await code).toBe(4422)
    }
    expect(calm.provider.wsconnected).toBe(true)
  })

  test('to one who speaks for somebody else’s presence it says nothing of it', async () => {
    const { anna, live } = await serve()
    const id = newId()
    await anna.write('client', id, newClient)
    const [one, two] = [provide(live, id, anna.cookie), provide(live, id, anna.cookie)]
    await Promise.all([one.synced, two.synced])
    one.provider.awareness.setLocalStateField('user', { name: 'Анна' })
    const seen = () => two.provider.awareness.getStates().get(one.doc.clientID)?.user
    await eventually(() => seen()?.name === 'Анна')
    const forger = provide(live, id, anna.cookie)
    await forger.synced
    const { awareness } = forger.provider
    forger.doc.clientID = one.doc.clientID
    awareness.clientID = one.doc.clientID
    awareness.meta.set(one.doc.clientID, { clock: 1_000, lastUpdated: 0 })
    awareness.setLocalStateField('user', { name: 'Не Анна' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(seen()).toEqual({ name: 'Анна' })
  })
})

describe('whoever may no longer be there is put out within a second', () => {
  const soon = 1_000
  /** Resolves with how long it took, ms. */
  const putOut = async (closed: Promise<number>) => {
    const started = performance.now()
    expect(await closed).toBe(4403)
    return performance.now() - started
  }
  /** Boris and Anna with the same client open; Anna stays. */
  const meet = async () => {
    const world = await serve()
    const boris = await world.join('boris@romashka.ru')
    const id = newId()
    await world.anna.write('client', id, { ...newClient, managers: [boris.id] })
    const write = async (type: RecordType, record: string, patch: Patch) =>
      expect(await world.relay.workspace?.write(type, record, patch)).toMatchObject({ ok: true })
    const his = provide(world.live, id, boris.cookie)
    const hers = provide(world.live, id, world.anna.cookie)
    await Promise.all([his.synced, hers.synced])
    return { ...world, boris, id, write, his, hers }
  }

  test.each<[string, (at: { boris: Person; id: string }) => [RecordType, string, Patch]]>([
    ['blocked', ({ boris }) => ['employee', boris.id, { state: 'blocked' }]],
    ['no manager any more', ({ id }) => ['client', id, { managers: [] }]],
    [
      'limited by an exception',
      ({ boris }) => ['employee', boris.id, { exceptions: { client: { read: 'none' } } }],
    ],
  ])('%s', async (_, change) => {
    const taken = await shortest(soon, async () => {
      const { boris, id, write, his, hers } = await meet()
      await write(...change({ boris, id }))
      const taking = await putOut(his.closed)
      expect(hers.provider.wsconnected).toBe(true)
      return taking
    })
    expect(taken).toBeLessThan(soon)
  })

  test('whose device was revoked, by whatever of its sessions they came', async () => {
    const taken = await shortest(soon, async () => {
      const { boris, his, hers, url, anna, live, id } = await meet()
      // The device met the relay with the session of its room, and later with another one.
      const again = await fetch(`${url}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'boris@romashka.ru', password }),
      })
      for (const cookie of [boris.cookie, cookieOf(again)]) {
        const met = new AbortController()
        await fetch(`${url}/feed`, { headers: { ...boris.headers, cookie }, signal: met.signal })
        met.abort()
      }
      await fetch(`${url}/api/devices/${boris.device}`, { method: 'DELETE', headers: anna.headers })
      const taking = await putOut(his.closed)
      expect(hers.provider.wsconnected).toBe(true)
      for (const cookie of [boris.cookie, cookieOf(again)])
        expect(await closeCode(`${live}/${id}`, cookie)).toBe(4401)
      return taking
    })
    expect(taken).toBeLessThan(soon)
  })

  test('and hears of nobody’s presence from then on', async () => {
    const { id, write, his, hers } = await meet()
    const name = () => his.provider.awareness.getStates().get(hers.doc.clientID)?.user?.name
    hers.provider.awareness.setLocalStateField('user', { name: 'Анна' })
    await eventually(() => name() === 'Анна')
    his.provider.shouldConnect = false
    await write('client', id, { managers: [] })
    hers.provider.awareness.setLocalStateField('user', { name: 'Анна, одна' })
    expect(await his.closed).toBe(4403)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(name()).not.toBe('Анна, одна')
  })
})
