/** Frames of a page while something is scrolled or done. */
import type { Page } from 'playwright-core'
import type { Line } from './report.ts'

const duration = 4_000
/** A frame longer than this is seen as a jerk, ms. */
const longFrame = 50

/**
 * Frames of some seconds, ms each, while what scrolls around `selector` is moved by `pixels` a
 * frame; at its end it turns round.
 */
export const framesOf = (page: Page, selector: string, pixels: number): Promise<number[]> =>
  page.evaluate(
    async ([selector, pixels, duration]) => {
      let list: Element | null = document.querySelector(selector)
      while (
        list &&
        !(
          list.scrollHeight > list.clientHeight &&
          /auto|scroll/.test(getComputedStyle(list).overflowY)
        )
      )
        list = list.parentElement
      if (!list) throw new Error(`nothing scrolls around ${selector}`)
      const taken: number[] = []
      let step = pixels
      let before = performance.now()
      for (const end = before + duration; before < end; ) {
        const top = list.scrollTop
        list.scrollTop += step
        if (list.scrollTop === top) step = -step
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        taken.push(now - before)
        before = now
      }
      return taken
    },
    [selector, pixels, duration] as const,
  )

declare global {
  interface Window {
    /** Frames since `framesWhile` began, ms each; null once it is over. */
    framesTaken: number[] | null
  }
}

/** Frames of a page, ms each, until `act` is over. */
export const framesWhile = async (page: Page, act: () => Promise<unknown>): Promise<number[]> => {
  await page.evaluate(() => {
    const taken: number[] = []
    window.framesTaken = taken
    let before = performance.now()
    const look = (): void => {
      if (window.framesTaken !== taken) return
      const now = performance.now()
      taken.push(now - before)
      before = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await act()
  return page.evaluate(() => {
    const taken = window.framesTaken ?? []
    window.framesTaken = null
    return taken
  })
}

const inWords = (taken: readonly number[]): string =>
  `longest ${Math.max(...taken).toFixed(0)} ms, ${taken.filter((ms) => ms > longFrame).length} of ${taken.length} over ${longFrame}`

/** Beside the frames of what is done, those of the same page at rest: what the machine itself adds. */
export const frameLine = (what: string, busy: number[], still: number[]): Line => ({
  what,
  measured: inWords(busy),
  beside: `at rest ${inWords(still)}`,
  ratio: Math.max(...busy) / Math.max(...still),
  goal: `none over ${longFrame} ms`,
  met: Math.max(...busy) <= longFrame,
})
