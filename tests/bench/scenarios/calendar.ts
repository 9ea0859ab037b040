/**
 * The calendar over 10,000 tasks on the built client: weeks and months paged by the arrow keys, each
 * page awaited until its tasks are shown. Beside the frames of that, those of the same page at rest.
 */
import type { Page } from 'playwright-core'
import { isoOf } from '../../../client/screens/calendar/days.ts'
import { day, hour, minute } from '../../../shared/clock.ts'
import { derivedId } from '../../../shared/ids.ts'
import { wholeDay } from '../../../shared/tasks.ts'
import { pushAsService } from '../../lab/device.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { type Generated, generate, random, type Size, toPush } from '../data.ts'
import { percentile, thousands } from '../figures.ts'
import { frameLine, framesWhile } from '../frames.ts'
import type { Tell } from '../report.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const tasks = 10_000
/** Some 27 a day, half a year before today and after it. */
const days = 364
const pages = 10
/** Between two pages, ms: whoever pages looks at each. */
const look = 150
const atRest = 3_000

const titles = [
  'Позвонить, уточнить сроки отгрузки и состав партии',
  'Встреча с закупками: условия на квартал',
  'Отправить коммерческое предложение',
  'Согласовать договор с юристами клиента',
  'Напомнить об оплате счёта',
]
const kinds = ['call', 'meeting', 'task', 'task', 'call']

/** In working hours of whole days around today; every tenth without a time. */
const busyYear = (employee: string, around: number): Generated[] => {
  const next = random(20261124)
  const clients = [...generate('S', employee)].filter(({ type }) => type === 'client')
  return Array.from({ length: tasks }, (_, n): Generated => {
    const whole = wholeDay(around) + ((n % days) - days / 2) * day
    const isWhole = n % 10 === 9
    const at = whole + 5 * hour + Math.floor(next() * 40) * 15 * minute
    return {
      type: 'task',
      id: derivedId('bench-calendar', String(n)),
      patch: {
        title: titles[n % titles.length],
        kind: kinds[n % kinds.length],
        responsible: employee,
        client: clients[n % clients.length]?.id,
        due: isWhole ? whole : at,
        ...(isWhole ? { allDay: true } : { duration: 15 + Math.floor(next() * 6) * 15 }),
        ...(at < around && n % 3 > 0 && { done: { at, by: employee } }),
      },
    }
  })
}

const seedTasks = async ({ relay, admin }: Seeded): Promise<void> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const entries = busyYear(admin.session.user.id, Date.now()).map(
    (record, n) => toPush(record, n + 1, writer).entry,
  )
  for (let start = 0; start < entries.length; start += 400) {
    const step = entries.slice(start, start + 400)
    const { outcomes } = await pushAsService(relay.url, relay.token, step)
    if (!outcomes.every(({ ok }) => ok)) throw new Error(JSON.stringify(outcomes))
  }
}

/** The next page by its key. @returns ms from the key until its tasks are in the document. */
const turn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const shown = () => document.querySelector('main [data-day]')?.getAttribute('data-day')
    const before = shown()
    const started = performance.now()
    dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight' }))
    // The last day of the page is filled last.
    const isThere = () =>
      shown() !== before &&
      [...document.querySelectorAll('[data-read] td[data-day]')]
        .at(-1)
        ?.querySelector('[data-item]')
    while (!isThere()) {
      if (performance.now() - started > 10_000) throw new Error('the page does not turn')
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - started
  })

export const calendar = async (_most: Size, tell: Tell): Promise<void> => {
  const seeded = await seededRelay('S', false)
  try {
    await seedTasks(seeded)
    await withBrowser(async (browser) => {
      const { url } = seeded.relay
      const device = await signedInDevice(browser, url, { width: 1440, height: 900 })
      const { page } = device
      for (const view of ['week', 'month'] as const) {
        const half = (view === 'week' ? 7 : 30) * (pages / 2)
        const date = isoOf(wholeDay(Date.now()) - half * day)
        await page.goto(`${url}/tasks/calendar?view=${view}&date=${date}`)
        await page.locator('[data-read] [data-item]').first().waitFor({ timeout: 60_000 })
        await page.waitForTimeout(2_000)
        const still = await framesWhile(page, () => page.waitForTimeout(atRest))
        const took: number[] = []
        const turned = await framesWhile(page, async () => {
          for (let n = 0; n < pages; n++) {
            took.push(await turn(page))
            await page.waitForTimeout(look)
          }
        })
        const what = `calendar of ${thousands(tasks)} tasks, ${pages} ${view}s paged`
        tell(frameLine(what, turned, still))
        tell({
          what: `${what}: key to tasks`,
          measured: `median ${percentile(took, 0.5).toFixed(0)} ms, longest ${Math.max(...took).toFixed(0)} ms`,
          beside: '',
          goal: '< 50 ms',
          met: percentile(took, 0.5) < 50,
        })
      }
      await device.close()
    })
  } finally {
    await seeded.relay.stop()
  }
}
