/**
 * The board of 1,000 cards on the built client: a column scrolled fast, and cards dragged from one
 * column to another with the mouse. Beside the frames of that, those of the same page at rest.
 */
import type { Page } from 'playwright-core'
import { derivedId } from '../../../shared/ids.ts'
import { pushAsService } from '../../lab/device.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { type Generated, generate, interestOf, random, type Size, toPush } from '../data.ts'
import { sum, thousands } from '../figures.ts'
import { frameLine, framesOf, framesWhile } from '../frames.ts'
import type { Tell } from '../report.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const cards = 1_000
/** Pixels a frame: seven cards, some 54,000 px a second. */
const speed = 900
const drags = 5
/** Of a drag, some 16 ms each, as a mouse tells of itself. */
const moves = 60

/** As many Interests in work as the board is to show, and a call planned for every second one. */
const busyBoard = (employee: string): Generated[] => {
  const next = random(20261123)
  const clients = [...generate('S', employee)].filter(({ type }) => type === 'client')
  const open = clients.slice(0, cards / 5).map(({ id }, n) => {
    const about = `ещё одна партия ${n}`
    return interestOf(id, about, employee, next, n % 2 ? 'talks' : 'invoice')
  })
  const standing = [...generate('S', employee)].filter(({ type }) => type === 'interest')
  const calls = [...standing, ...open].flatMap(({ id, patch }, n): Generated[] =>
    n % 2
      ? []
      : [
          {
            type: 'task',
            id: derivedId('bench-task', id),
            patch: {
              title: 'Позвонить, уточнить сроки отгрузки и состав партии',
              kind: 'call',
              interest: id,
              ...(typeof patch.client === 'string' && { client: patch.client }),
              responsible: employee,
              due: Date.now() + (n - 500) * 3_600_000,
            },
          },
        ],
  )
  return [...open, ...calls]
}

const seedBoard = async ({ relay, admin }: Seeded): Promise<void> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const entries = busyBoard(admin.session.user.id).map(
    (record, n) => toPush(record, n + 1, writer).entry,
  )
  for (let start = 0; start < entries.length; start += 400) {
    const step = entries.slice(start, start + 400)
    const { outcomes } = await pushAsService(relay.url, relay.token, step)
    if (!outcomes.every(({ ok }) => ok)) throw new Error(JSON.stringify(outcomes))
  }
}

const column = (page: Page, index: number) => page.locator('[data-stage]').nth(index)

/** Cards as the heads of the columns count them. */
const counts = (page: Page): Promise<number[]> =>
  page
    .locator('[data-stage] h2')
    .evaluateAll((heads) => heads.map((head) => Number(/(\d+)$/.exec(head.textContent ?? '')?.[1])))

/** Middles of a column's head and of the first card that is wholly below it, px of the page. */
const placesOf = (page: Page, index: number) =>
  column(page, index).evaluate((column) => {
    const boxOf = (element: Element | null | undefined) => {
      if (!element) throw new Error('no such place on the board')
      return element.getBoundingClientRect()
    }
    const middle = ({ x, y, width, height }: DOMRect) => ({ x: x + width / 2, y: y + height / 2 })
    const head = boxOf(column.querySelector('header'))
    const cards = [...column.querySelectorAll('[data-card]')]
    const card = cards.find((card) => boxOf(card).top > head.bottom)
    return { head: middle(head), card: middle(boxOf(card)) }
  })

/** Takes a card of one column, wanders over the board with it, and lets it go over another. */
const drag = async (page: Page, from: number, to: number): Promise<void> => {
  const before = await counts(page)
  const { card: start } = await placesOf(page, from)
  const { head: end } = await placesOf(page, to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  for (let n = 1; n <= moves; n++) {
    const part = n / moves
    const wave = Math.sin(part * Math.PI * 4) * 250 * (1 - part)
    await page.mouse.move(
      start.x + (end.x - start.x) * part + wave,
      start.y + (end.y + 200 - start.y) * part + Math.abs(wave),
    )
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
  const heads = page.locator('[data-stage] h2')
  await heads
    .nth(to)
    .getByText(String((before[to] ?? 0) + 1), { exact: true })
    .waitFor()
}

export const board = async (_most: Size, tell: Tell): Promise<void> => {
  const seeded = await seededRelay('S', false)
  try {
    await seedBoard(seeded)
    await withBrowser(async (browser) => {
      const { url } = seeded.relay
      const device = await signedInDevice(browser, url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${url}/interests`)
      await page.locator('[data-card]').first().waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2_000)
      const shown = sum(await counts(page))
      if (shown < cards) throw new Error(`${shown} cards on the board`)
      const what = `board of ${thousands(shown)} cards`
      const scroller = '[data-stage] [role=list]'
      const scrolled = await framesOf(page, scroller, speed)
      await page.waitForTimeout(1_000)
      const still = await framesOf(page, scroller, 0)
      tell(frameLine(`${what}, a column scrolled fast`, scrolled, still))
      const dragged: number[] = []
      for (let n = 0; n < drags; n++) {
        dragged.push(...(await framesWhile(page, () => drag(page, n % 2, (n % 2) + 1))))
        await page.waitForTimeout(500)
      }
      tell(frameLine(`${what}, ${drags} cards dragged and dropped`, dragged, still))
      await device.close()
    })
  } finally {
    await seeded.relay.stop()
  }
}
