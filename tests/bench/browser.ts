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

/**
 * Everything of the page is loaded: requests no longer pass through this process, which looks at all
 * of them while it serves the page, and took half of the time of a push.
 */
export const letGo = (page: Page): Promise<void> => page.context().unrouteAll({ behavior: 'wait' })

/** A first sync under load. */
const syncWithin = 180_000

/**
 * Until the first sync is over and everything is indexed: «Сохранено» says only that nothing waits to
 * be sent, and what is measured beside a first sync of 50,000 records is the sync.
 */
const untilSettled = async (page: Page): Promise<void> => {
  const isSettled = () =>
    page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const [name = ''] = (await indexedDB.databases()).flatMap(({ name }) =>
        name?.startsWith('interes-') ? [name] : [],
      )
      const base = await done(indexedDB.open(name))
      const tables = base.transaction(['meta', 'searchLog'])
      const [complete, search, waiting] = await Promise.all([
        done<boolean | undefined>(tables.objectStore('meta').get('complete')),
        done<{ walk: unknown } | undefined>(tables.objectStore('meta').get('search')),
        done(tables.objectStore('searchLog').count()),
      ])
      base.close()
      return complete === true && search?.walk === null && waiting === 0
    })
  for (const end = Date.now() + syncWithin; !(await isSettled()); await page.waitForTimeout(500))
    if (Date.now() > end) throw new Error('the first sync does not end')
}

/** The built client, signed in as the administrator, with everything here and nothing left to do. */
export const signedInDevice = async (
  browser: Browser,
  url: string,
  size: { width: number; height: number },
): Promise<Device> => {
  const device = await newDevice(browser, size)
  const { page } = device
  // tsx gives inner functions their names by a helper that pages do not have.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.goto(url)
  await page.locator('input[type=email]').fill(administrator.email)
  await page.locator('input[type=password]').fill(administrator.password)
  await page.keyboard.press('Enter')
  await page.getByText('Сохранено').waitFor({ timeout: syncWithin })
  await untilSettled(page)
  return device
}
