/** Several tabs of one person: one of them syncs, whatever becomes of the one that did. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, launchBrowser, newDevice } from '../../lab/chromium.ts'
import { type NodeDevice, setUp } from '../../lab/device.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import { clientName, createClient, rowsAtRelay, seedClients, signInHere } from './office.ts'

const waitLimit = 20_000
const tabCount = 5

let relay: Relay
let browser: Browser
let anna: NodeDevice
let laptop: Device
let tabs: Page[]

beforeAll(async () => {
  relay = await startRelay()
  anna = await setUp(relay.url)
  await seedClients(anna, 3)
  browser = await launchBrowser()
  laptop = await newDevice(browser, { width: 1280, height: 800 })
  laptop.context.setDefaultTimeout(waitLimit)
  await signInHere(laptop.page, relay.url)
  await laptop.page.goto(`${relay.url}/clients`)
  tabs = [laptop.page]
  for (let n = 1; n < tabCount; n++) tabs.push(await openTab())
})

afterAll(async () => {
  await laptop?.close()
  await browser?.close()
  await relay?.stop()
})

const openTab = async (): Promise<Page> => {
  const tab = await laptop.context.newPage()
  await tab.goto(`${relay.url}/clients`)
  await tab.getByText(clientName(0)).waitFor()
  return tab
}

/** Streams of the feed that are open at the relay. */
const streams = async (): Promise<number> => {
  const page = await (await fetch(`${relay.url}/metrics`)).text()
  return Number(/^interes_feed_streams (\d+)$/m.exec(page)?.[1])
}

/** The tab with the syncing worker; it alone has one. */
const leader = (): Promise<Page> =>
  until(
    'one tab to sync',
    async () => {
      const syncing = tabs.filter((tab) => !tab.isClosed() && tab.workers().length > 0)
      return syncing.length === 1 && (await streams()) === 1 ? syncing[0] : undefined
    },
    waitLimit,
  )

const others = (tab: Page): Page[] => tabs.filter((each) => each !== tab)

const namesAtRelay = async (): Promise<unknown[]> =>
  [...(await rowsAtRelay(anna)).values()].map(({ name }) => name)

/** The client is in every one of the tabs and once at the relay, and nothing waits. */
const isEverywhere = async (name: string, where: Page[]): Promise<void> => {
  for (const tab of where) {
    if (!tab.url().endsWith('/clients')) await tab.goto(`${relay.url}/clients`)
    await tab.getByText(name).waitFor()
    await tab.getByText('Сохранено').first().waitFor()
  }
  expect((await namesAtRelay()).filter((each) => each === name)).toEqual([name])
}

test('of five tabs exactly one syncs, and what is written in each is seen in all and sent once', async () => {
  await leader()
  const names = tabs.map((_, n) => `Абрикос ${n}`)
  await Promise.all(tabs.map((tab, n) => createClient(tab, `Абрикос ${n}`)))
  for (const name of names) await isEverywhere(name, tabs)
  // A stream that was let go of is counted until the relay has heard of it.
  await expect.poll(streams, { timeout: 10_000 }).toBe(1)
  expect(laptop.problems.filter((problem) => !problem.includes('401'))).toEqual([])
})

test('of two tabs one syncs as well', async () => {
  for (const tab of tabs.splice(2)) await tab.close()
  await createClient(tabs[1] ?? laptop.page, 'Банан')
  await isEverywhere('Банан', tabs)
  await leader()
})

/** What becomes of the syncing tab; the answer brings it back. */
type End = (tab: Page) => Promise<() => Promise<void>>

const replaced = (tab: Page) => async () => {
  tabs = [...others(tab), await openTab()]
}

const ends: Record<string, End> = {
  closed: async (tab) => {
    await tab.close()
    return replaced(tab)
  },
  crashed: async (tab) => {
    const session = await laptop.context.newCDPSession(tab)
    const crashed = new Promise((resolve) => tab.once('crash', resolve))
    // Never answered: what would answer is gone.
    session.send('Page.crash').catch(() => undefined)
    await crashed
    await tab.close()
    return replaced(tab)
  },
  // Playwright shows every page as visible, and Chromium freezes no visible one: what the browser
  // tells the page is told here, and the page must have let go before it would stand still.
  frozen: async (tab) => {
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
  hidden: async (tab) => {
    const show = (state: DocumentVisibilityState) =>
      tab.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    return () => show('visible')
  },
}

test.each(Object.entries(ends))(
  'when the tab that syncs is %s another one takes over, and nothing is lost or doubled',
  async (how, end) => {
    const syncing = await leader()
    const [own, next] = [`Вишня ${how}`, `Груша ${how}`]
    await createClient(syncing, own)
    const comeBack = await end(syncing)
    const left = others(syncing)
    await isEverywhere(own, left)
    const [other] = left
    if (!other) throw new Error('no tab is left')
    await createClient(other, next)
    await isEverywhere(next, left)
    await until(
      'another tab to sync alone',
      async () =>
        (left.filter((tab) => tab.workers().length > 0).length === 1 && (await streams()) === 1) ||
        undefined,
      waitLimit,
    )
    await comeBack()
    for (const name of [own, next]) await isEverywhere(name, tabs)
    await leader()
  },
)
