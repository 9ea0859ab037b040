/** Devices of a benchmark: Chromium with the replica's page, signed in. */
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { type Device, launchBrowser, newDevice } from '../lab/chromium.ts'
import { administrator, type NodeDevice } from '../lab/device.ts'
import { type BuiltPage, buildPage, servePage } from '../lab/page.ts'

let page: Promise<BuiltPage> | null = null
const replicaPage = () => {
  page ??= buildPage(fileURLToPath(new URL('pages/replica.ts', import.meta.url)))
  return page
}

export const withBrowser = async <T>(work: (browser: Browser) => Promise<T>): Promise<T> => {
  const browser = await launchBrowser()
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** An empty device of the user, with `window.bench` ready. No proxy between: it would be measured too. */
export const openDevice = async (
  browser: Browser,
  url: string,
  user: NodeDevice,
): Promise<Page> => {
  const context = await browser.newContext()
  const opened = await context.newPage()
  await openReplicaPage(opened, url, user)
  return opened
}

/** The same in a page that is there. */
export const openReplicaPage = async (
  opened: Page,
  url: string,
  user: NodeDevice,
): Promise<void> => {
  const context = opened.context()
  const [name = '', value = ''] = user.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  await servePage(context, await replicaPage())
  await opened.goto(`${url}/test-page/`)
  await opened.waitForFunction(() => 'bench' in window)
}

/** A first sync under load. */
const syncWithin = 180_000

/** The built client, signed in as the administrator, with everything here. */
export const signedInDevice = async (
  browser: Browser,
  url: string,
  size: { width: number; height: number },
): Promise<Device> => {
  const device = await newDevice(browser, size)
  const { page } = device
  await page.goto(url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.keyboard.press('Enter')
  await page.getByText('Сохранено').waitFor({ timeout: syncWithin })
  return device
}
