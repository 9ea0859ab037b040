/** Several tabs of one person at a real relay, and what may become of the one that syncs. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { setUp } from '../../lab/device.ts'
import { until } from '../../lab/processes.ts'
import { startRelay } from '../../lab/relay.ts'
import { clientName, createClient, rowsAtRelay, seedClients, signInHere } from './office.ts'

export interface Tabs {
  laptop: Device
  /** Those that are open; a test may close some. */
  open: Page[]
  /** Streams of the feed that are open at the relay. */
  streams(): Promise<number>
  /** Waits until one tab syncs, and answers it; it alone has a worker. */
  leader(): Promise<Page>
  /** The client is in every one of the tabs and once at the relay, and nothing waits. */
  isEverywhere(name: string, where: Page[]): Promise<void>
  openOne(): Promise<Page>
  stop(): Promise<void>
}

export const startTabs = async (count: number): Promise<Tabs> => {
  const relay = await startRelay()
  const anna = await setUp(relay.url)
  await seedClients(anna, 3)
  const browser = await launchBrowser()
  const laptop = await newDevice(browser, { width: 1280, height: 800 })
  await signInHere(laptop.page, relay.url)
  await laptop.page.goto(`${relay.url}/clients`)

  const tabs: Tabs = {
    laptop,
    open: [laptop.page],
    streams: async () => {
      const page = await (await fetch(`${relay.url}/metrics`)).text()
      return Number(/^interes_feed_streams (\d+)$/m.exec(page)?.[1])
    },
    leader: () =>
      until('one tab to sync', async () => {
        const syncing = tabs.open.filter((tab) => !tab.isClosed() && tab.workers().length > 0)
        return syncing.length === 1 && (await tabs.streams()) === 1 ? syncing[0] : undefined
      }),
    isEverywhere: async (name, where) => {
      for (const tab of where) {
        if (!tab.url().endsWith('/clients')) await tab.goto(`${relay.url}/clients`)
        await tab.getByText(name).waitFor()
        await tab.getByText('Сохранено').first().waitFor()
      }
      // The word may be that of before: a tab that does not sync hears of its change a moment later.
      const named = async () =>
        [...(await rowsAtRelay(anna)).values()].filter((row) => row.name === name).length
      await expect.poll(named).toBe(1)
    },
    openOne: async () => {
      const tab = await laptop.context.newPage()
      await tab.goto(`${relay.url}/clients`)
      await tab.getByText(clientName(0)).waitFor()
      return tab
    },
    stop: async () => {
      await laptop.close()
      await browser.close()
      await relay.stop()
    },
  }
  for (let n = 1; n < count; n++) tabs.open.push(await tabs.openOne())
  return tabs
}

/** What becomes of the syncing tab; the answer brings it back. */
type End = (tabs: Tabs, tab: Page) => Promise<() => Promise<void>>

const others = (tabs: Tabs, tab: Page): Page[] => tabs.open.filter((each) => each !== tab)

const replaced = (tabs: Tabs, tab: Page) => async () => {
  tabs.open = [...others(tabs, tab), await tabs.openOne()]
}

export const ends = {
  closed: async (tabs, tab) => {
    await tab.close()
    return replaced(tabs, tab)
  },
  crashed: async (tabs, tab) => {
    const session = await tabs.laptop.context.newCDPSession(tab)
    const crashed = new Promise((resolve) => tab.once('crash', resolve))
    // Never answered: what would answer is gone.
    session.send('Page.crash').catch(() => undefined)
    await crashed
    await tab.close()
    return replaced(tabs, tab)
  },
  // Playwright shows every page as visible, and Chromium freezes no visible one: what the browser
  // tells the page is told here, and the page must have let go before it would stand still.
  frozen: async (_, tab) => {
    const endedAtOnce = await tab.evaluate(async () => {
      let ended = 0
      const { terminate } = Worker.prototype
      Worker.prototype.terminate = function () {
        ended++
        terminate.call(this)
      }
      document.dispatchEvent(new Event('freeze'))
      // Microtasks still run before a page stands still, tasks do not.
      for (let n = 0; n < 10; n++) await null
      Worker.prototype.terminate = terminate
      return ended
    })
    expect(endedAtOnce).toBe(1)
    return async () => {
      await tab.evaluate(() => document.dispatchEvent(new Event('resume')))
    }
  },
  hidden: async (_, tab) => {
    const show = (state: DocumentVisibilityState) =>
      tab.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    return () => show('visible')
  },
} satisfies Record<string, End>

/** The tab that syncs comes to its end: another one takes over, and nothing is lost or doubled. */
export const takesOver = async (tabs: Tabs, how: keyof typeof ends): Promise<void> => {
  const syncing = await tabs.leader()
  const [own, next] = [`Вишня ${how}`, `Груша ${how}`]
  await createClient(syncing, own)
  const comeBack = await ends[how](tabs, syncing)
  const left = others(tabs, syncing)
  await tabs.isEverywhere(own, left)
  const [other] = left
  if (!other) throw new Error('no tab is left')
  await createClient(other, next)
  await tabs.isEverywhere(next, left)
  await until(
    'another tab to sync alone',
    async () =>
      (left.filter((tab) => tab.workers().length > 0).length === 1 &&
        (await tabs.streams()) === 1) ||
      undefined,
  )
  await comeBack()
  for (const name of [own, next]) await tabs.isEverywhere(name, tabs.open)
  await tabs.leader()
}
