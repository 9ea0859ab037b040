/** «Выгрузить данные»: the archive of all that a device holds, made with no network. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../lab/chromium.ts'
import { administrator, setUp } from '../lab/device.ts'
import { untilSent } from '../lab/drafts.ts'
import { type Relay, startRelay } from '../lab/relay.ts'
import { allIsHere } from '../lab/sign-in.ts'
import { seed } from './screens/seed.ts'

describe('the export of a device', () => {
  let relay: Relay
  let browser: Browser
  let laptop: Device

  beforeAll(async () => {
    relay = await startRelay()
    const { dialogs } = await seed(relay, await setUp(relay.url), Date.now())
    browser = await launchBrowser()
    laptop = await newDevice(browser, { width: 1280, height: 800 })
    const { page } = laptop
    await page.goto(relay.url)
    await page.locator('input[type=email]').fill(administrator.email)
    await page.locator('input[type=password]').fill(administrator.password)
    await page.keyboard.press('Enter')
    await allIsHere(page)
    // A letter that was read is on the device with its files; those of the others are not.
    await page.goto(`${relay.url}/dialogs/${dialogs.order}`)
    await page.getByRole('log').getByText('Показать оформленное письмо').click()
    await page.frameLocator('iframe').getByRole('heading', { name: 'Коммерческое' }).waitFor()
  })

  afterAll(async () => {
    await laptop?.close()
    await browser?.close()
    await relay?.stop()
  })

  it('holds every client, letter and file of it, and needs no network', async () => {
    const { page } = laptop
    // The browser's words on signing in and on the scripts of a letter.
    const before = laptop.problems.length
    await page.goto(`${relay.url}/clients/new`)
    const dialog = page.getByRole('dialog', { name: 'Новый клиент' })
    await dialog.getByLabel('Название компании').fill('=cmd|calc; ООО «Хитрость»')
    // That the letter was read, too: what waits is counted below.
    await untilSent(page)
    await laptop.offline()
    await dialog.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.goto(`${relay.url}/settings/device`)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Выгрузить данные' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^interes-\d{4}-\d\d-\d\d\.zip$/)
    await page.getByText(/Выгружен[ао] \d+ запис/).waitFor()
    await laptop.screenshot('export')

    const files = unzipSync(await readFile(await download.path()))
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    const clients = JSON.parse(text('json/client.json')) as { name: string; words?: unknown }[]
    expect(clients.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ООО «Ёлки-Палки»', '=cmd|calc; ООО «Хитрость»']),
    )
    // What the device computes for its own lists is not data.
    expect(clients.some(({ words }) => words !== undefined)).toBe(false)
    const table = text('csv/client.csv')
    // Without its mark Excel takes UTF-8 for the system's old encoding.
    expect([...(files['csv/client.csv'] ?? []).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(table.trimEnd().split('\r\n')).toHaveLength(clients.length + 1)
    expect(table).toContain(`"'=cmd|calc; ООО «Хитрость»"`)
    const messages = JSON.parse(text('json/message.json')) as { text: string }[]
    expect(messages.length).toBeGreaterThan(5)
    expect(text('csv/message.csv')).toContain('Входящее')

    const note = JSON.parse(text('export.json')) as {
      records: Record<string, number>
      unsent: number
      files: number
      missing: { hash: string }[]
    }
    expect(note.records).toMatchObject({ client: clients.length, message: messages.length })
    expect(note.unsent).toBe(1)
    // Every file that a letter names is either here, whole, or named as missing.
    const here = Object.keys(files).filter((name) => name.startsWith('files/'))
    expect(here).toHaveLength(note.files)
    for (const name of here)
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
      ).toBe(name.split('/')[1])
    expect(note.files).toBeGreaterThan(0)
    expect(note.missing.length).toBeGreaterThan(0)
    expect(laptop.problems.slice(before)).toEqual([])
  })

  it('can be asked of the relay for the whole company, by the administrator', async () => {
    const { page } = laptop
    await laptop.online()
    await page.goto(`${relay.url}/settings/archives`)
    await page.getByRole('button', { name: 'Собрать архив' }).click()
    const downloading = page.waitForEvent('download')
    const link = page.getByRole('link', { name: 'Скачать' })
    await link.waitFor()
    await laptop.screenshot('archives')
    await link.click()
    const files = unzipSync(await readFile(await (await downloading).path()))
    expect(strFromU8(files['csv/client.csv'] ?? new Uint8Array())).toContain('Ёлки-Палки')
    expect(strFromU8(files['csv/message.csv'] ?? new Uint8Array())).toContain('Входящее')
    // Unlike a device, the relay has every file.
    expect(JSON.parse(strFromU8(files['archive.json'] ?? new Uint8Array()))).toMatchObject({
      missing: [],
    })
  })
})
