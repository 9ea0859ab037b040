/**
 * The list of clients on the built client: scrolling as fast as a thrown wheel, and finding by
 * typing. Beside the frames of scrolling, those of the same page at rest: what the machine itself
 * adds at that moment.
 */
import type { Page } from 'playwright-core'
import { signedInDevice, withBrowser } from '../browser.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { thousands } from '../figures.ts'
import { frameLine, framesOf } from '../frames.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

/** Pixels a frame: 22 rows, some 54,000 px a second. */
const speed = 900

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

/** Words of the generated clients: a beginning that many have, one that few have, an address. */
const searches = ['р', 'ромашка', 'client4999@']

export const list = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('L', most)
  const { relay } = await seededRelay(size, false)
  try {
    await withBrowser(async (browser) => {
      const device = await signedInDevice(browser, relay.url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${relay.url}/clients`)
      await page.locator('main [role=listitem]').first().waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2_000)
      const scrolled = await framesOf(page, '[role=list]', speed)
      const still = await framesOf(page, '[role=list]', 0)
      const rows = thousands(sizes[size])
      tell(frameLine(`list of ${rows} rows, scrolled fast`, scrolled, still))
      const found: { typed: string; took: number }[] = []
      for (const typed of searches) found.push({ typed, took: await find(page, typed) })
      tell({
        what: `found in a list of ${rows} rows`,
        measured: found.map(({ typed, took }) => `${typed} ${took.toFixed(0)} ms`).join(', '),
        beside: '',
        goal: '< 50 ms',
        met: found.every(({ took }) => took < 50),
      })
      await device.close()
    })
  } finally {
    await relay.stop()
  }
}
