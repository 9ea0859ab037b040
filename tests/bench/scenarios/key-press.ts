/**
 * From a key press to the paint that shows it, in the note of a client's card, which is written
 * letter by letter into the replica and the live room; beside it the same in an empty page's text
 * area, since a frame comes every 16.7 ms whatever the page does: half of that is what nobody can
 * be faster than at the median.
 */
import type { Page } from 'playwright-core'
import { newDevice } from '../../lab/chromium.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { atMost, generate, type Size, sizes } from '../data.ts'
import { milliseconds, percentile, thousands } from '../figures.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

const letters = 'Просим согласовать скидку на следующую партию, объём вырастет вдвое. '.repeat(3)
/** A fast typist. */
const pause = 60

declare global {
  interface Window {
    painted: number[]
  }
}

/** Milliseconds of each key, typed into what has the focus. */
const typed = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => {
    window.painted = []
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        requestAnimationFrame(() => {
          // A message is delivered after the frame that was just made.
          const channel = new MessageChannel()
          channel.port1.onmessage = () => window.painted.push(performance.now() - timeStamp)
          channel.port2.postMessage(null)
        })
      },
      { capture: true },
    )
  })
  // Not a whole number of frames, so that keys come at all moments of a frame.
  await page.keyboard.type(letters, { delay: pause + 3 })
  await page.waitForTimeout(500)
  return page.evaluate(() => window.painted)
}

export const keyPress = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('M', most)
  const { relay, admin } = await seededRelay(size, false)
  try {
    await withBrowser(async (browser) => {
      const [first] = generate(size, admin.session.user.id)
      const device = await signedInDevice(browser, relay.url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${relay.url}/clients/${first?.id}`)
      const note = page.getByRole('textbox', { name: 'Заметка' })
      await note.click({ timeout: 60_000 })
      await note.press('Control+End')
      const taken = await typed(page)
      if (!(await note.inputValue()).includes(letters.trim()))
        throw new Error('what was typed is not in the note')
      await device.close()
      const bare = await newDevice(browser, { width: 1440, height: 900 })
      await bare.page.setContent('<textarea></textarea>')
      await bare.page.locator('textarea').click()
      const beside = await typed(bare.page)
      await bare.close()
      for (const part of [0.5, 0.99])
        tell({
          what: `key press to painted, note of one of ${thousands(sizes[size])} clients, p${part * 100}`,
          measured: milliseconds(percentile(taken, part)),
          beside: `an empty page's text area ${milliseconds(percentile(beside, part))}`,
          ratio: percentile(taken, part) / percentile(beside, part),
          goal: part === 0.5 ? '< 16 ms' : '',
          ...(part === 0.5 && { met: percentile(taken, part) < 16 }),
        })
    })
  } finally {
    await relay.stop()
  }
}
