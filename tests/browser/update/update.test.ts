/** Two versions of the program, really built, on one device and one relay. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFrames } from '../../../shared/protocol/feed.ts'
import { gunzip } from '../../../shared/protocol/gzip.ts'
import { programHeader } from '../../../shared/protocol/program.ts'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { buildClient } from '../../lab/client-build.ts'
import { type NodeDevice, setUp } from '../../lab/device.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { signInOn } from '../../lab/sign-in.ts'
import { baseOf, clientName, createClient, seedClients, signInHere } from '../tabs/office.ts'

const oldBuild = fileURLToPath(new URL('../../../client/dist', import.meta.url))
/** Of the newer program: beyond any that the product has. */
const newSchema = 99
const newProtocol = 99

let dir: string
let served: string
let newBuild: string
let relay: Relay
let browser: Browser
let anna: NodeDevice

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'interes-versions-'))
  served = join(dir, 'served')
  newBuild = join(dir, 'new')
  await buildClient(newBuild, [
    {
      file: 'client/replica/tables.ts',
      from: /schemaVersion = \d+/,
      to: `schemaVersion = ${newSchema}`,
    },
    {
      file: 'shared/protocol/program.ts',
      from: /protocolVersion = \d+/,
      to: `protocolVersion = ${newProtocol}`,
    },
  ])
  await release(oldBuild)
  relay = await startRelay({ dataDir: join(dir, 'data'), env: { CLIENT_DIR: served } })
  anna = await setUp(relay.url)
  await seedClients(anna, 3)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await rm(dir, { recursive: true, force: true })
})

/** Puts a build where the relay serves it from. */
const release = async (build: string) => {
  await rm(served, { recursive: true, force: true })
  await cp(build, served, { recursive: true })
}

const openDevice = async (): Promise<Device> => {
  const device = await newDevice(browser, { width: 1280, height: 800 })
  return device
}

const schemaOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('interes-'))
    return Math.floor((found?.version ?? 0) / 10)
  })

/** Of a form that stays open: nothing else saves its draft. */
const personForm = (page: Page) => page.getByRole('dialog', { name: 'Новое контактное лицо' })
const nameField = (page: Page) => personForm(page).getByLabel('Фамилия')

/** Names of the clients at the relay, asked for by a program that is new enough. */
const namesAtRelay = async (): Promise<unknown[]> => {
  const { epoch } = anna.session.workspace
  const answer = await fetch(`${relay.url}/feed?head=0&below=0&epoch=${epoch}`, {
    headers: { cookie: anna.cookie, [programHeader]: String(newProtocol) },
  })
  const names: unknown[] = []
  if (!answer.body) return names
  for await (const frame of readFrames(answer.body, gunzip)) {
    if (frame.kind === 'caughtUp') break
    if (frame.kind === 'records') names.push(...frame.entries.map(({ row }) => row.name))
  }
  return names
}

test('an old tab beside a new one lets go of the data, says so, and goes on where it was', async () => {
  const device = await openDevice()
  // As on a plain http address of an office: a page that is loaded is the newest there is.
  await device.context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  })
  const old = device.page
  await signInOn(old, relay.url)
  await old.getByText('Сохранено').first().waitFor()
  await old.goto(`${relay.url}/persons/new`)
  await nameField(old).fill('Абрикосов')
  const oldSchema = await schemaOf(old)
  expect(oldSchema).toBeLessThan(newSchema)

  await release(newBuild)
  const fresh = await device.context.newPage()
  await nameField(old).fill('Абрикосов-Садовый')
  await fresh.goto(`${relay.url}/clients`)
  await fresh.getByText(clientName(0)).waitFor()
  await expect.poll(() => schemaOf(fresh)).toBe(newSchema)

  await old.getByRole('alertdialog', { name: 'Программа обновилась' }).waitFor()
  await device.screenshot('update-outdated')
  await createClient(fresh, 'Банан')
  await until(
    'the new tab to push',
    async () => (await namesAtRelay()).includes('Банан') || undefined,
  )

  await old.getByRole('button', { name: 'Обновить' }).click()
  await nameField(old).waitFor()
  await expect.poll(() => nameField(old).inputValue()).toBe('Абрикосов-Садовый')
  await personForm(old).getByLabel(/^Имя/).fill('Пётр')
  await old.getByRole('button', { name: 'Сохранить', exact: true }).click()
  await until(
    'the draft to be saved and pushed',
    async () => (await namesAtRelay()).includes('Абрикосов-Садовый Пётр') || undefined,
  )
  // What the old page fetches late is not there any more after the release.
  const expected = /401|404 .*\/assets\//
  expect(device.problems.filter((problem) => !expected.test(problem))).toEqual([])
  await device.close()
})

test('an old program that is started beside the data of a new one touches nothing and asks to be updated', async () => {
  const device = await openDevice()
  await device.context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  })
  const { page } = device
  await signInOn(page, relay.url)
  await page.getByText('Сохранено').first().waitFor()
  await expect.poll(() => schemaOf(page)).toBe(newSchema)
  const base = await baseOf(page)
  await release(oldBuild)
  await page.goto(`${relay.url}/clients`)
  await page.getByRole('heading', { name: 'Программа обновилась' }).waitFor()
  await device.screenshot('update-old-start')
  await expect.poll(() => schemaOf(page)).toBe(newSchema)
  await expect.poll(() => baseOf(page)).toBe(base)
  await release(newBuild)
  await page.getByRole('button', { name: 'Обновить' }).click()
  await page.getByText(clientName(0)).waitFor()
  await device.close()
})

test('a program older than the relay allows shows its data, keeps what is done, and sends it once updated', async () => {
  await release(oldBuild)
  const device = await openDevice()
  const { page } = device
  await signInHere(page, relay.url)
  await page.goto(`${relay.url}/clients`)
  await page.getByText(clientName(0)).waitFor()
  const form = await device.context.newPage()
  await form.goto(`${relay.url}/persons/new`)
  await nameField(form).fill('Недописанный')

  const { port } = new URL(relay.url)
  await device.offline()
  await createClient(page, 'Вишня')
  await page.getByText('Нет сети · 1 ждёт').waitFor()
  await relay.terminate()
  await release(newBuild)
  relay = await startRelay({
    dataDir: relay.dataDir,
    port: Number(port),
    env: { CLIENT_DIR: served, MINIMUM_PROGRAM: String(newProtocol) },
  })
  // Told that the network is back, it tries at once.
  await device.online()
  await page.getByText('Нужно обновление').waitFor()
  await page.goto(`${relay.url}/clients`)
  await page.getByText(clientName(0)).waitFor()
  await page.getByText('Вишня').waitFor()
  await page.getByText(/сделанное хранится на устройстве/).waitFor()
  await device.screenshot('update-too-old')
  expect(await namesAtRelay()).not.toContain('Вишня')
  await expect.poll(() => schemaOf(page)).toBeLessThan(newSchema)

  await page.getByRole('alert').getByRole('button', { name: 'Обновить' }).click()
  await until(
    'the waiting change to be pushed',
    async () => (await namesAtRelay()).includes('Вишня') || undefined,
  )
  await page.getByText('Сохранено').first().waitFor()
  await expect.poll(() => schemaOf(page)).toBe(newSchema)
  expect((await namesAtRelay()).filter((name) => name === 'Вишня')).toHaveLength(1)
  await expect.poll(() => nameField(form).inputValue()).toBe('Недописанный')
  await form.getByText('Сохранено').first().waitFor()
  await device.close()
})
