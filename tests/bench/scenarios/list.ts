/**
 * The list of clients on the built client: scrolling as fast as a thrown wheel, and finding by
 * typing. Beside the frames of scrolling, those of the same page at rest: what the machine itself
 * adds at that moment.
 */
import type { Page } from 'playwright-core'
import { newDevice } from '../../lab/chromium.ts'
import { administrator, setUp } from '../../lab/device.ts'
import { startRelay } from '../../lab/relay.ts'
import { withBrowser } from '../browser.ts'
import { type Size, sizes } from '../data.ts'
import type { Line } from '../report.ts'
import { seed } from '../seed.ts'

/** Pixels a frame: 22 rows, some 54,000 px a second. */
const speed = 900
const duration = 4_000
/** A frame longer than this is seen as a jerk, ms. */
const longFrame = 50

/** Frames of `duration` ms while the list is scrolled by `pixels` each. */
const frames = (page: Page, pixels: number) =>
  page.evaluate(
    async ([pixels, duration]) => {
      const list = document.querySelector('[role=list]')?.parentElement
      if (!list) throw new Error('no list')
      const taken: number[] = []
      let before = performance.now()
      for (const end = before + duration; before < end; ) {
        list.scrollTop += pixels
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        taken.push(now - before)
        before = now
      }
      return taken
    },
    [pixels, duration] as const,
  )

/** From a text typed to another count painted in the heading, ms. The field is empty again after it. */
const find = (page: Page, typed: string) =>
  page.evaluate(async (typed) => {
    const input = document.querySelector<HTMLInputElement>('main input[type=search]')
    const status = document.querySelector('main [role=status]')
    if (!input || !status) throw new Error('no search')
    const taken: number[] = []
    for (const value of [typed, '']) {
      const started = performance.now()
      const changed = new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect()
          resolve()
        }).observe(status, { subtree: true, childList: true, characterData: true })
      })
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await changed
      // The heading is right when its paint is over.
      await new Promise(requestAnimationFrame)
      taken.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    return taken[0] ?? Number.NaN
  }, typed)

const describeFrames = (taken: number[]): string =>
  `longest ${Math.max(...taken).toFixed(0)} ms, ${taken.filter((ms) => ms > longFrame).length} of ${taken.length} over ${longFrame}`

/** Words of the generated clients: a beginning that many have, one that few have, an address. */
const searches = ['р', 'ромашка', 'client4999@']

export const listOf = async (
  size: Size,
  watch?: (page: Page) => Promise<void>,
): Promise<Line[]> => {
  const relay = await startRelay()
  try {
    const admin = await setUp(relay.url)
    await seed(relay, admin.session.user.id, size, false)
    return await withBrowser(async (browser) => {
      const device = await newDevice(browser, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(relay.url)
      await page.locator('input[type=email]').fill(administrator.email)
      await page.locator('input[type=password]').fill(administrator.password)
      await page.keyboard.press('Enter')
      await page.getByText('Сохранено').waitFor({ timeout: 300_000 })
      await page.goto(`${relay.url}/clients`)
      await page.locator('main [role=listitem]').first().waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2_000)
      await watch?.(page)
      const scrolled = await frames(page, speed)
      const still = await frames(page, 0)
      const found: string[] = []
      for (const typed of searches)
        found.push(`${typed} ${(await find(page, typed)).toFixed(0)} ms`)
      await device.close()
      const rows = sizes[size].toLocaleString('en')
      return [
        {
          what: `list of ${rows} rows, scrolled fast`,
          measured: describeFrames(scrolled),
          beside: `at rest ${describeFrames(still)}`,
          ratio: Math.max(...scrolled) / Math.max(...still),
          goal: 'none over 50 ms',
        },
        {
          what: `found in a list of ${rows} rows`,
          measured: found.join(', '),
          beside: '',
          goal: '50 ms',
        },
      ]
    })
  } finally {
    await relay.stop()
  }
}

export const list = (): Promise<Line[]> => listOf('L')
