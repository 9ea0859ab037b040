import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * Serious and critical findings of axe on a page as it is now, or within one element of it. What is
 * fading in has no contrast yet and is waited for.
 */
export const findings = async (on: Page, within = 'html'): Promise<string[]> => {
  // Put in past the page's CSP, which allows no foreign scripts; once a document.
  if (!(await on.evaluate(() => 'axe' in window))) await on.evaluate(axe.source)
  return on.evaluate(async (selector) => {
    const { axe: run } = window as unknown as { axe: typeof import('axe-core') } // just injected
    const isEndless = ({ effect }: Animation) =>
      effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY
    const moving = document.getAnimations().filter((each) => !isEndless(each))
    await Promise.allSettled(moving.map(({ finished }) => finished))
    const { violations } = await run.run(selector, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
  }, within)
}
