/**
 * A CSV of clients read, checked and loaded in Chromium: 10,000 rows and 100,000. Beside the load, raw
 * Dexie puts of as many rows, documents and outbox entries with nothing checked or indexed.
 */
import { fileURLToPath } from 'node:url'
import { buildPage, servePage } from '../../lab/page.ts'
import { withBrowser } from '../browser.ts'
import { atMost, type Size } from '../data.ts'
import { milliseconds, seconds, thousands } from '../figures.ts'
import type { Tell } from '../report.ts'

/** Goals of issue 4, ms. */
const files: { of: Size; rows: number; goals?: { check: number; load: number } }[] = [
  { of: 'M', rows: 10_000, goals: { check: 3_000, load: 20_000 } },
  { of: 'L', rows: 100_000 },
]

const names = ['Ромашка', 'Вектор', 'Прогресс', 'Заря', 'Орион', 'Север', 'Кристалл', 'Гранит']

/** Check digits of an ИНН of ten digits. */
const innOf = (n: number): string => {
  const digits = String(770_000_000 + n)
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return `${digits}${(sum % 11) % 10}`
}

const two = (n: number) => String(n % 100).padStart(2, '0')

/** As a company's export: two phones in a cell, an address, and in every hundredth row a mistake. */
const file = (count: number): string => {
  const rows = ['Наименование;ИНН;Телефон;E-mail;Юридический адрес;Контактное лицо;Комментарий']
  for (let n = 0; n < count; n++) {
    const phone = `+7 (9${two(Math.floor(n / 1e6) + 1)}) ${String(n % 1000).padStart(3, '0')}-${two(Math.floor(n / 1e5))}-${two(Math.floor(n / 1000))}`
    const phones = n % 3 === 0 ? `${phone}, 8 495 ${String(1_000_000 + n)}` : phone
    const inn = n % 100 === 99 ? '7707083894' : innOf(n)
    rows.push(
      `ООО «${names[n % names.length]} ${n}»;${inn};${phones};office${n}@firm${n % 5000}.test;"${100_000 + n}, Москва, ул. Ленина, ${n % 200}";;Заявка с выставки ${n % 12}`,
    )
  }
  return rows.join('\r\n')
}

/** More than this and a person sees that the page waits, ms. */
const longTask = 50

export const importBench = (most: Size, tell: Tell): Promise<void> =>
  withBrowser(async (browser) => {
    const context = await browser.newContext()
    const entry = fileURLToPath(new URL('../pages/import.ts', import.meta.url))
    await servePage(context, await buildPage(entry))
    const page = await context.newPage()
    // Nothing listens there: every request is answered from the built page.
    await page.goto('http://localhost:9/test-page/')
    await page.waitForFunction(() => 'importBench' in window)
    for (const { of, rows, goals } of files) {
      if (atMost(of, most) !== of) continue
      const result = await page.evaluate((csv) => window.importBench.run(csv), file(rows))
      const raw = await page.evaluate((count) => window.importBench.raw(count), rows)
      if (result.rows !== rows - rows / 100 || result.again?.counts.same !== result.rows)
        throw new Error(`import: ${JSON.stringify(result)}`)
      const { reading, checking, checkingAgain, loading, blocked } = result
      const met = (taken: number, goal: number | undefined) =>
        goal === undefined ? { goal: '' } : { goal: `< ${seconds(goal)}`, met: taken < goal }
      const what = `import of ${thousands(rows)} rows`
      tell({
        what: `${what}: read and checked`,
        measured: seconds(reading + checking),
        beside: `read ${seconds(reading)}; checked against the loaded base ${seconds(checkingAgain)}`,
        ...met(reading + checking, goals?.check),
      })
      tell({
        what: `${what}: loaded`,
        measured: seconds(loading),
        beside: `raw Dexie ${seconds(raw)}`,
        ratio: loading / raw,
        ...met(loading, goals?.load),
      })
      tell({
        what: `${what}: longest time the page's thread was not free`,
        measured: milliseconds(blocked),
        beside: '',
        goal: `< ${longTask} ms`,
        met: blocked < longTask,
      })
    }
  })
