/** From a change on device A to the row on device B, both in Chromium, with 1,000 and 10,000 clients. */
import { setTimeout as sleep } from 'node:timers/promises'
import { letGo, openDevice, withBrowser } from '../browser.ts'
import { atMost, generate, type Size, sizes } from '../data.ts'
import { milliseconds, percentile, thousands } from '../figures.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

const edits = 200
/** A fast typist saves fields no faster. */
const pause = 25

const measure = async (size: Size): Promise<number[]> => {
  const { relay, admin } = await seededRelay(size, false)
  try {
    const [first] = generate(size, admin.session.user.id)
    const id = first?.id ?? ''
    return await withBrowser(async (browser) => {
      const [a, b] = [
        await openDevice(browser, relay.url, admin),
        await openDevice(browser, relay.url, admin),
      ]
      for (const page of [a, b]) {
        await page.evaluate((session) => window.bench.firstSync(session), admin.session)
        await letGo(page)
      }
      await b.evaluate((client) => window.bench.watch(client), id)
      const made: Record<string, number> = {}
      for (let n = 0; n < edits; n++) {
        const name = `Правка ${n}`
        made[name] = await a.evaluate(([client, next]) => window.bench.rename(client, next), [
          id,
          name,
        ] as const)
        await sleep(pause)
      }
      await b.waitForFunction((last) => last in window.bench.seen(), `Правка ${edits - 1}`)
      const seen = await b.evaluate(() => window.bench.seen())
      return Object.entries(made).flatMap(([name, at]) =>
        seen[name] === undefined ? [] : [seen[name] - at],
      )
    })
  } finally {
    await relay.stop()
  }
}

export const editLatency = async (most: Size, tell: Tell): Promise<void> => {
  const small = await measure('S')
  const large = atMost('M', most)
  const taken = await measure(large)
  for (const [part, limit] of [
    [0.5, 15],
    [0.99, 60],
  ] as const)
    tell({
      what: `edit on A to row on B, ${thousands(sizes[large])} clients, p${part * 100} of ${edits}`,
      measured: `${milliseconds(percentile(taken, part))}, ${taken.length} seen`,
      beside: `1,000 clients ${milliseconds(percentile(small, part))}`,
      ratio: percentile(taken, part) / percentile(small, part),
      goal: `< ${limit} ms`,
      met: percentile(taken, part) < limit,
    })
}
