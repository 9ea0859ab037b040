/**
 * What a limited employee's browser holds after rights have changed at random: every table of its
 * IndexedDB, the caches of the service worker and what pages keep for themselves, against an oracle
 * (see `rights-oracle.ts`). The same in Node, with more steps, is `rights-on-device.test.ts`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import pino from 'pino'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { vault } from '../../../sync-server/accounts/vault.ts'
import { openArchiveShelf } from '../../../sync-server/archives/shelf.ts'
import { noFault } from '../../../sync-server/commit/faults.ts'
import { dadata } from '../../../sync-server/companies/dadata.ts'
import { openFileDisk } from '../../../sync-server/files/disk.ts'
import { openMetrics } from '../../../sync-server/metrics.ts'
import { openRelay, type Relay } from '../../../sync-server/relay.ts'
import { listen, type RunningServer } from '../../../sync-server/server.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { invite, setUp } from '../../lab/device.ts'
import { untilDraft } from '../../lab/drafts.ts'
import { until } from '../../lab/processes.ts'
import { allIsHere, signInOn } from '../../lab/sign-in.ts'
import { connectorToken, newWriter } from '../../unit/relay/lab.ts'
import { oracle, rowsOfRelay, saidTo } from '../../unit/relay/rights-oracle.ts'
import { rightsStep } from '../../unit/relay/rights-steps.ts'
import { rightsWorld } from '../../unit/relay/rights-world.ts'

const steps = 80
const seed = 20261122
const limited = { name: 'Борис Громов', email: 'boris@romashka.test', password: 'ещё один пароль' }
const clientDir = fileURLToPath(new URL('../../../client/dist', import.meta.url))

let directory: string
let relay: Relay
let server: RunningServer
let browser: Browser
let laptop: Device

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'interes-rights-'))
  relay = await openRelay({
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
    minimumProgram: 1,
    firstEntries: [],
    clientDir,
    newId,
    random32: newWriter,
  })
  server = await listen(relay, 0, '127.0.0.1')
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1280, height: 800 })
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(directory, { recursive: true, force: true })
})

/** Everything that the origin keeps in this browser, as text, by where it is. */
const dump = (page: Page): Promise<{ where: string; text: string }[]> =>
  page.evaluate(async () => {
    const entries: { where: string; text: string }[] = []
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const words = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return value.text()
      if (value instanceof ArrayBuffer) return new TextDecoder().decode(value)
      if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
      if (typeof value === 'object' && value !== null)
        return (
          await Promise.all(
            Object.entries(value).map(async ([key, inner]) => `${key} ${await words(inner)}`),
          )
        ).join(' ')
      return String(value)
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const base = await done(indexedDB.open(name))
      for (const table of base.objectStoreNames) {
        const store = () => base.transaction(table).objectStore(table)
        const [keys, values] = [await done(store().getAllKeys()), await done(store().getAll())]
        for (const [at, value] of values.entries())
          entries.push({ where: `${table} ${keys[at]}`, text: `${keys[at]} ${await words(value)}` })
      }
      base.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        entries.push({ where: `cache ${request.url}`, text: (await answer?.text()) ?? '' })
      }
    }
    for (const storage of [localStorage, sessionStorage])
      for (const [key, value] of Object.entries(storage))
        entries.push({ where: `storage ${key}`, text: String(value) })
    return entries
  })

/** Ids of the rows of these types, whether all is in step, and what still waits to be indexed. */
const heldIn = (page: Page, types: string[]) =>
  page.evaluate(async (tables) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const [found] = await indexedDB.databases()
    const base = await done(indexedDB.open(found?.name ?? ''))
    const store = (name: string) => base.transaction(name).objectStore(name)
    const ids: string[] = []
    for (const name of tables) ids.push(...(await done(store(name).getAllKeys())).map(String))
    const settled =
      (await done(store('outbox').count())) === 0 && (await done(store('searchLog').count())) === 0
    base.close()
    return { ids, settled }
  }, types)

test('is what they may read, and no word of anything else', async () => {
  const url = server.url.replace('127.0.0.1', 'localhost')
  const anna = await setUp(url)
  const boris = await invite(url, anna, limited)
  const more = ['vera', 'gleb'].map((name) => ({
    ...limited,
    name,
    email: `${name}@romashka.test`,
  }))
  const others = [
    await invite(url, anna, more[0] ?? limited),
    await invite(url, anna, more[1] ?? limited),
  ]
  const everyone = [boris, ...others, anna].map(({ session }) => session.user.id)
  const user = boris.session.user.id
  const write = async (type: RecordType, id: string, patch: Patch) => {
    const written = await relay.workspace?.write(type, id, patch)
    if (!written?.ok) throw new Error(`${type} was refused: ${written?.reason}`)
  }
  const world = await rightsWorld({
    write,
    putFile: async (hash, body) => {
      const headers = { authorization: `Bearer ${connectorToken}` }
      expect((await fetch(`${url}/files/${hash}`, { method: 'PUT', headers, body })).ok).toBe(true)
    },
    everyone,
  })
  const { page } = laptop
  await signInOn(page, url, limited)
  await allIsHere(page)

  const open = (path: string) =>
    page.evaluate((to) => {
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
    }, path)
  const letter = page.getByText('Показать оформленное письмо').first()
  const composer = page.getByRole('form', { name: 'Ответ' })
  const answer = composer.getByRole('textbox', { name: 'Напишите ответ' })

  // Once for certain, whatever they come to meanwhile: a letter with its file, and words of an answer.
  await world.step({ do: 'mailbox', users: [0], access: 'list', openForReading: false })
  await open(`/dialogs/${world.conversations[0]?.dialog}`)
  await letter.click()
  await page.locator('iframe').waitFor()
  await answer.fill(world.ownWords())
  await untilDraft(page, world.ownWords())

  /** What a person does meanwhile: looks at a dialog with its letter, begins an answer, loses the network. */
  const script = fc.sample(rightsStep, { seed, numRuns: steps })
  let cut = false
  for (const each of script) {
    await world.step(each)
    if (each.do === 'cut') {
      cut = !cut
      await (cut ? laptop.offline() : laptop.online())
    }
    if (each.do === 'file' || each.do === 'note') {
      await open(`/dialogs/${world.conversations[each.at]?.dialog}`)
      // Or not: rights may change and the network go at any moment.
      const tried = (act: Promise<void>) => act.catch(() => undefined)
      // Whichever it comes to; with no network one that has not come yet is neither.
      const closed = page.getByText('Такого диалога нет')
      await tried(composer.or(closed).first().waitFor({ timeout: 2_000 }))
      if (await composer.isVisible()) {
        // A letter was written just now; of before there may be none.
        const patience = each.do === 'file' ? 2_000 : 250
        await tried(letter.click({ timeout: patience }))
        if (await answer.isVisible()) await tried(answer.fill(world.ownWords(), { timeout: 2_000 }))
      }
    }
    if (each.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 100))
  }
  if (cut) await laptop.online()
  await write('employee', user, { role: 'employee' })
  // Something that everybody may read, at the very end.
  await write('employee', everyone[1] ?? '', { name: 'Последнее' })

  const rows: Row[] = []
  await until('values lie where they belong', async () => {
    rows.length = 0
    if (relay.workspace) rows.push(...(await rowsOfRelay(relay.workspace)))
    return world.isArranged(rows) || undefined
  })
  const mayRead = oracle(user, rows)
  const readable = rows.filter(mayRead).map(({ id }) => id)
  const types = [...new Set(rows.map(({ type }) => type))]
  const known = new Set(rows.map(({ id }) => id))
  const held = async () => (await heldIn(page, types)).ids.filter((id) => known.has(id)).sort()
  await until('the device is in step', async () => {
    const { ids, settled } = await heldIn(page, types)
    const here = ids.filter((id) => known.has(id)).sort()
    return (settled && here.join() === readable.toSorted().join()) || undefined
  }).catch(() => undefined) // told below what differs
  expect(await held()).toEqual(readable.toSorted())

  const isSaid = saidTo(mayRead, rows)
  const judged = async () => {
    const entries = await dump(page)
    const leaks: string[] = []
    const unsaid: string[] = []
    for (const row of rows) {
      const names = world.namesOf.get(row.id) ?? []
      const newest = names.at(-1) ?? ''
      if (isSaid(row)) {
        if (!entries.some(({ text }) => text.includes(newest))) unsaid.push(`${row.type} ${row.id}`)
      }
      // Search keeps words in lower case.
      else
        for (const { where, text } of entries)
          for (const name of names)
            if (text.includes(name) || text.includes(name.toLowerCase()))
              leaks.push(`${name} of ${row.type} ${row.id} in ${where}`)
    }
    const isCached = entries.some(({ where }) => where.startsWith('cache '))
    return { leaks, unsaid, isCached }
  }
  await expect.poll(judged).toEqual({ leaks: [], unsaid: [], isCached: true })
  // The oracle had something to say in both directions.
  expect(readable.length).toBeLessThan(rows.length)
  expect(rows.filter((row) => mayRead(row) && world.namesOf.has(row.id)).length).toBeGreaterThan(0)
})
