/** From a change on device A to the row on device B, both in Chromium, with 1,000 and 10,000 clients. */
import { setTimeout as sleep } from 'node:timers/promises'
import { setUp } from '../../lab/device.ts'
import { startRelay } from '../../lab/relay.ts'
import { openDevice, withBrowser } from '../browser.ts'
import { generate, type Size } from '../data.ts'
import type { Line } from '../report.ts'
import { seed } from '../seed.ts'

const edits = 200
/** A fast typist saves fields no faster. */
const pause = 25

const percentile = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

const measure = async (size: Size): Promise<number[]> => {
  const relay = await startRelay()
  try {
    const admin = await setUp(relay.url)
    await seed(relay, admin.session.user.id, size, false)
    const [first] = generate(size, admin.session.user.id)
    const id = first?.id ?? ''
    return await withBrowser(async (browser) => {
      const [a, b] = [
        await openDevice(browser, relay.url, admin),
        await openDevice(browser, relay.url, admin),
      ]
      for (const page of [a, b])
        await page.evaluate((session) => window.bench.firstSync(session), admin.session)
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
      return Object.entries(made)
        .flatMap(([name, at]) => (seen[name] === undefined ? [] : [seen[name] - at]))
        .sort((x, y) => x - y)
    })
  } finally {
    await relay.stop()
  }
}

export const editLatency = async (): Promise<Line[]> => {
  const small = await measure('S')
  const middle = await measure('M')
  const line = (part: number, goal: string): Line => ({
    what: `edit on A to row on B, p${part * 100}, ${middle.length} of ${edits} edits, 10,000 clients`,
    measured: `${percentile(middle, part).toFixed(1)} ms`,
    beside: `1,000 clients ${percentile(small, part).toFixed(1)} ms`,
    ratio: percentile(middle, part) / percentile(small, part),
    goal,
  })
  return [line(0.5, '< 15 ms, the same at both'), line(0.99, '< 60 ms')]
}
