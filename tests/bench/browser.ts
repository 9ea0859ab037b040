/** Devices of a benchmark: Chromium with the replica's page, signed in. */
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../lab/chromium.ts'
import type { NodeDevice } from '../lab/device.ts'
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
  const [name = '', value = ''] = user.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  await servePage(context, await replicaPage())
  const opened = await context.newPage()
  await opened.goto(`${url}/test-page/`)
  await opened.waitForFunction(() => 'bench' in window)
  return opened
}
